"""A folder of YAML files to a Library, every problem with its file, line and column."""

import hashlib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from planner.case.lexicon import LexiconEntry
from planner.library.antithrombotic import Antithrombotic, Editions
from planner.library.baseline import Baseline
from planner.library.block import Aftercare, Block, DepthRules
from planner.library.cards import Cards
from planner.library.coverage import Coverage
from planner.library.discharge import DischargeRules, NaloxoneRules
from planner.library.drug import Drug, DrugClass, HomeRules
from planner.library.entry import Entry
from planner.library.library import Library, Opioids, Regional
from planner.library.morphine import Equivalents, FactorTable, Morphine, ToleranceFile
from planner.library.patient import HandoutFile
from planner.library.protocol import Protocol
from planner.library.schedule import ScheduleWords
from planner.library.words import SourceEntry, Vocabulary
from planner.reading.located import Located, read_yaml
from planner.reading.problems import InputError, Place, Problem, nearest

NOT_PROTOCOLS = (
    "drugs",
    "classes",
    "blocks",
    "sources",
    "pathways",
    "examples",
    "antithrombotics",
    "regional",
    "opioids",
    "releases",
)
_SENTENCES = {
    "missing": "The key {key} is missing.",
    "float_parsing": "A number was expected.",
    "int_parsing": "A whole number was expected.",
    "bool_parsing": "yes or no was expected.",
    "string_type": "Text was expected.",
    "list_type": "A list was expected.",
    "dict_type": "Keys and values were expected here.",
    "model_type": "Keys and values were expected here.",
    "too_short": "This list needs more entries.",
}


class _Medicines(Entry):
    source: str
    medicines: dict[str, LexiconEntry]
    allergy_names: dict[str, list[str]] = {}


class _Reader:
    """Reads files and gathers problems instead of stopping at the first.

    A file of `overlay` stands in for the file of the same place below `folder`, or is added to it.
    Places are named as if all files were below `folder`.
    """

    def __init__(self, folder: Path, overlay: Path | None = None):
        self.folder = folder
        self.overlay = overlay
        self.opened: set[Path] = set()
        self.problems: list[Problem] = []
        self.files: dict[tuple[str, str], tuple[Located, Any]] = {}
        self.digest = hashlib.sha256()

    def paths(self, *parts: str) -> list[Path]:
        found = (path for place in self._places(*parts) for path in place.glob("*.yaml"))
        return [self.folder.joinpath(*parts, name) for name in sorted({path.name for path in found})]

    def folders(self) -> list[str]:
        """Names of all folders at the top."""
        return sorted({path.name for place in self._places() for path in place.iterdir() if path.is_dir()})

    def actual(self, path: Path) -> Path:
        """Where the file named `path` really is."""
        own = self.overlay and self.overlay / path.relative_to(self.folder)
        return own if own and own.is_file() else path

    def unread(self) -> list[Path]:
        """YAML files of the overlay that no part of a library is read from."""
        if self.overlay is None:
            return []
        found = {path for ending in ("*.yaml", "*.yml") for path in self.overlay.rglob(ending)}
        cases = self.overlay / "examples"
        return sorted(path for path in found - self.opened if not path.is_relative_to(cases))

    def _places(self, *parts: str) -> list[Path]:
        tops = [self.folder] if self.overlay is None else [self.folder, self.overlay]
        return [place for top in tops if (place := top.joinpath(*parts)).is_dir()]

    def read(self, path: Path, model: Any, kind: str, name: str | None = None) -> Any:
        """One file as `model`, or None with its problems noted."""
        name_here, actual = path.relative_to(self.folder).as_posix(), self.actual(path)
        source = name_here if actual == path else str(actual)
        self.opened.add(actual)
        try:
            content = actual.read_bytes()
            located = read_yaml(content.decode("utf-8"), source)
        except InputError as error:
            self.problems += error.problems
            return None
        except (OSError, UnicodeDecodeError) as error:
            self.problems.append(
                Problem(Place(source), f"This file cannot be read: {error}.", mend="save it as UTF-8 text")
            )
            return None
        self.digest.update(name_here.encode() + b"\0" + content + b"\0")
        try:
            entry = TypeAdapter(model).validate_python(located.value)
        except ValidationError as error:
            self.problems += translate(error, located, model)
            return None
        self.files[kind, name or path.stem] = (located, entry)
        return entry


def read_library(folder: Path, overlay: Path | None = None) -> tuple[Library | None, list[Problem]]:
    """What could be read of a library, with the files of `overlay` over it, and every problem of form."""
    if not (folder / "vocabulary.yaml").is_file():
        return None, [
            Problem(
                Place(str(folder)),
                "No protocol library is here: vocabulary.yaml is missing.",
                mend="name the folder that holds protocols, drugs and sources",
            )
        ]
    reader = _Reader(folder, overlay)
    vocabulary = reader.read(folder / "vocabulary.yaml", Vocabulary, "vocabulary")
    sources = _merged(reader, "sources", dict[str, SourceEntry])
    drugs = _by_name(reader, "drugs", Drug, "drug")
    classes = _by_name(reader, "classes", DrugClass, "drug_class")
    blocks = _by_name(reader, "blocks", Block, "block")
    regional = Regional(
        depth_rules=_whole(reader, "regional/by-depth.yaml", list[DepthRules], "depth") or [],
        aftercare=_whole(reader, "regional/aftercare.yaml", Aftercare, "aftercare"),
        cards=_whole(reader, "regional/cards.yaml", Cards, "cards"),
        coverage=_whole(reader, "regional/coverage.yaml", Coverage, "coverage"),
        antithrombotics=_by_name(reader, "antithrombotics", Antithrombotic, "antithrombotic", skip="editions"),
        editions=_whole(reader, "antithrombotics/editions.yaml", Editions, "editions"),
    )
    opioids = Opioids(
        morphine=Morphine(
            tables=_by_name(reader, "opioids/mme", FactorTable, "edition"),
            equivalents=_whole(reader, "opioids/equivalents.yaml", Equivalents, "equivalents"),
            tolerance=_whole(reader, "opioids/tolerance.yaml", ToleranceFile, "tolerance"),
        ),
        baseline=_whole(reader, "opioids/baseline.yaml", Baseline, "baseline"),
        discharge=_whole(reader, "opioids/discharge.yaml", DischargeRules, "discharge"),
        naloxone=_whole(reader, "opioids/naloxone.yaml", NaloxoneRules, "naloxone"),
    )
    home = _whole(reader, "home-medicines.yaml", HomeRules, "home")
    medicines = reader.read(folder / "medicines.yaml", _Medicines, "medicines")
    handout = _whole(reader, "handout.yaml", HandoutFile, "handout")
    schedule = _whole(reader, "schedule.yaml", ScheduleWords, "schedule")
    pathways = {
        path.stem: entry for path in reader.paths("pathways") if (entry := reader.read(path, Protocol, "pathway"))
    }
    protocols = _protocols(reader)
    reader.problems += _not_read(reader)
    if None in (vocabulary, medicines) or not (regional.whole and opioids.whole):
        return None, reader.problems
    return Library(
        vocabulary,
        sources,
        drugs,
        classes,
        blocks,
        regional,
        opioids,
        home.home_medicines if home else [],
        medicines.medicines,
        medicines.allergy_names,
        handout or HandoutFile(),
        schedule or ScheduleWords(),
        pathways,
        protocols,
        reader.digest.hexdigest(),
        reader.files,
    ), reader.problems


def _whole(reader: _Reader, name: str, model: Any, kind: str) -> Any:
    """A file every library has, or None with its absence noted."""
    path = reader.folder / name
    if not reader.actual(path).is_file():
        reader.problems.append(Problem(Place(name), "This file is missing.", mend="add it"))
        return None
    return reader.read(path, model, kind)


def _merged(reader: _Reader, folder: str, model: Any) -> dict:
    merged: dict = {}
    for path in reader.paths(folder):
        for key, entry in (reader.read(path, model, folder) or {}).items():
            if key in merged:
                located = reader.files[folder, path.stem][0]
                reader.problems.append(
                    Problem(located.place((key,)), f"The source {key} stands twice.", mend="keep one of them")
                )
            merged[key] = entry
    return merged


def _by_name(reader: _Reader, folder: str, model: type[BaseModel], key: str, skip: str = "") -> dict:
    entries: dict = {}
    for path in reader.paths(folder):
        if path.stem == skip:
            continue
        entry = reader.read(path, model, folder)
        if entry is None:
            continue
        name = getattr(entry, key)
        if name.replace(" ", "-") != path.stem:
            located = reader.files[folder, path.stem][0]
            reader.problems.append(
                Problem(
                    located.place((key,)),
                    f"The file is named {path.stem} and holds {name}.",
                    name,
                    f"rename the file to {name.replace(' ', '-')}.yaml",
                )
            )
        entries[name] = entry
        reader.files[folder, name] = reader.files[folder, path.stem]
    return entries


def _protocols(reader: _Reader) -> dict[str, Protocol]:
    protocols: dict[str, Protocol] = {}
    for folder in reader.folders():
        if folder in NOT_PROTOCOLS or folder.startswith(("_", ".")):
            continue
        for path in reader.paths(folder):
            if path.stem in protocols:
                reader.problems.append(
                    Problem(Place(f"{folder}/{path.name}"), f"Two protocols are named {path.stem}.", mend="rename one")
                )
            if entry := reader.read(path, Protocol, "protocol"):
                protocols[path.stem] = entry
    return protocols


def _not_read(reader: _Reader) -> list[Problem]:
    """Own files whose name or folder is not one of a library would be passed over in silence."""
    known = [path.relative_to(reader.folder).as_posix() for path in reader.folder.rglob("*.yaml")]
    return [
        Problem(Place(str(path)), "No part of a library is read from this file.", mend=_mend_of_unread(name, known))
        for path in reader.unread()
        for name in [path.relative_to(reader.overlay).as_posix()]
    ]


def _mend_of_unread(name: str, known: list[str]) -> str:
    if name in known:
        return "take it away: it tells the edition of a whole library"
    return nearest(name, known) or "put it into the folder of its kind, as NAME.yaml"


def translate(error: ValidationError, located: Located, model: Any) -> list[Problem]:
    """Pydantic's errors in plain sentences, each at its line and column."""
    problems = []
    for fault in error.errors():
        path = tuple(step for step in fault["loc"] if not _internal(step))
        key = str(path[-1]) if path else ""
        if fault["type"] == "extra_forbidden":
            message, mend = f"The key {key} is not known here.", nearest(key, _keys(model)) or "remove it"
        elif fault["type"] == "value_error":
            message, mend = f"{_sentence(str(fault['ctx']['error']))}", ""
        elif fault["type"] == "literal_error":
            message = f"One of these was expected: {fault['ctx']['expected']}."
            mend = nearest(str(fault["input"]), fault["ctx"]["expected"].replace("'", "").split(", "))
        else:
            message, mend = _SENTENCES.get(fault["type"], _sentence(fault["msg"])).format(key=key), ""
        value = fault["input"] if isinstance(fault["input"], str) else ""
        problems.append(Problem(located.place(path), message, value, mend))
    return problems


def _internal(step: Any) -> bool:
    """Steps pydantic adds for validators and unions, which are not keys of the file."""
    return isinstance(step, str) and (step.startswith("function-") or "[" in step)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def _keys(model: Any) -> list[str]:
    """Every key that some part of this kind of file may have, to suggest the nearest."""
    keys: set[str] = set()
    schema = TypeAdapter(model).json_schema()
    for part in [schema, *schema.get("$defs", {}).values()]:
        keys |= set(part.get("properties", {}))
    return sorted(keys)

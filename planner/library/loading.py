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
from planner.library.library import Library, Regional
from planner.library.morphine import Equivalents, FactorTable, Morphine, ToleranceFile
from planner.library.patient import HandoutFile
from planner.library.protocol import Protocol
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
    """Reads files and gathers problems instead of stopping at the first."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.problems: list[Problem] = []
        self.files: dict[tuple[str, str], tuple[Located, Any]] = {}
        self.digest = hashlib.sha256()

    def paths(self, *parts: str) -> list[Path]:
        place = self.folder.joinpath(*parts)
        return sorted(place.glob("*.yaml")) if place.is_dir() else []

    def read(self, path: Path, model: Any, kind: str, name: str | None = None) -> Any:
        """One file as `model`, or None with its problems noted."""
        source = path.relative_to(self.folder).as_posix()
        try:
            content = path.read_bytes()
            located = read_yaml(content.decode("utf-8"), source)
        except InputError as error:
            self.problems += error.problems
            return None
        except (OSError, UnicodeDecodeError) as error:
            self.problems.append(
                Problem(Place(source), f"This file cannot be read: {error}.", mend="save it as UTF-8 text")
            )
            return None
        self.digest.update(source.encode() + b"\0" + content + b"\0")
        try:
            entry = TypeAdapter(model).validate_python(located.value)
        except ValidationError as error:
            self.problems += translate(error, located, model)
            return None
        self.files[kind, name or path.stem] = (located, entry)
        return entry


def read_library(folder: Path) -> tuple[Library | None, list[Problem]]:
    """What could be read of a library, and every problem of form."""
    if not (folder / "vocabulary.yaml").is_file():
        return None, [
            Problem(
                Place(str(folder)),
                "No protocol library is here: vocabulary.yaml is missing.",
                mend="name the folder that holds protocols, drugs and sources",
            )
        ]
    reader = _Reader(folder)
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
    morphine = Morphine(
        tables=_by_name(reader, "opioids/mme", FactorTable, "edition"),
        equivalents=_whole(reader, "opioids/equivalents.yaml", Equivalents, "equivalents"),
        tolerance=_whole(reader, "opioids/tolerance.yaml", ToleranceFile, "tolerance"),
    )
    baseline = _whole(reader, "opioids/baseline.yaml", Baseline, "baseline")
    home = _whole(reader, "home-medicines.yaml", HomeRules, "home")
    medicines = reader.read(folder / "medicines.yaml", _Medicines, "medicines")
    handout = _whole(reader, "handout.yaml", HandoutFile, "handout")
    discharge = _whole(reader, "opioids/discharge.yaml", DischargeRules, "discharge")
    naloxone = _whole(reader, "opioids/naloxone.yaml", NaloxoneRules, "naloxone")
    pathways = {
        path.stem: entry for path in reader.paths("pathways") if (entry := reader.read(path, Protocol, "pathway"))
    }
    protocols = _protocols(reader)
    if None in (vocabulary, medicines, baseline, discharge, naloxone) or not (regional.whole and morphine.whole):
        return None, reader.problems
    return Library(
        vocabulary,
        sources,
        drugs,
        classes,
        blocks,
        regional,
        morphine,
        baseline,
        home.home_medicines if home else [],
        medicines.medicines,
        medicines.allergy_names,
        handout or HandoutFile(),
        pathways,
        protocols,
        reader.digest.hexdigest(),
        reader.files,
        discharge=discharge,
        naloxone=naloxone,
    ), reader.problems


def _whole(reader: _Reader, name: str, model: Any, kind: str) -> Any:
    """A file every library has, or None with its absence noted."""
    path = reader.folder / name
    if not path.is_file():
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
    for folder in sorted(path for path in reader.folder.iterdir() if path.is_dir()):
        if folder.name in NOT_PROTOCOLS or folder.name.startswith(("_", ".")):
            continue
        for path in reader.paths(folder.name):
            if path.stem in protocols:
                reader.problems.append(
                    Problem(
                        Place(f"{folder.name}/{path.name}"), f"Two protocols are named {path.stem}.", mend="rename one"
                    )
                )
            if entry := reader.read(path, Protocol, "protocol"):
                protocols[path.stem] = entry
    return protocols


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

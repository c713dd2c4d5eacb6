"""Opioid files: an edition in use, one edition a table, steps without gaps, opioids and conditions that are known."""

from collections.abc import Iterator

from planner.library.checks.drugs import check_steps
from planner.library.checks.walk import files, problem
from planner.library.library import Library
from planner.library.morphine import Equivalents, FactorTable, ToleranceFile
from planner.reading.located import Located, Path
from planner.reading.problems import Problem, nearest


def check_morphine(library: Library) -> list[Problem]:
    """Problems of the conversion tables, of the choice among them and of the definition of tolerance."""
    found: list[Problem] = []
    for _, located, table in files(library, "opioids/mme"):
        found += _check_table(table, located, library)
    for _, located, entry in files(library, "equivalents"):
        found += _check_equivalents(entry, located, library)
    for _, located, entry in files(library, "tolerance"):
        found += _check_tolerance(entry, located, library)
    return found


def _check_table(table: FactorTable, located: Located, library: Library) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for position, row in enumerate(table.factors):
        path = ("factors", position)
        yield from _check_opioid(row.drug, (*path, "drug"), located, library)
        if row.source != table.source:
            yield problem(
                located,
                (*path, "source"),
                f"{row.drug} has another source than its table: a table holds one edition.",
                f"write {', '.join(table.source)}, or move the row to the table of its edition",
                ", ".join(row.source),
            )
        if (row.drug, row.route) in seen:
            yield problem(located, (*path, "drug"), f"{row.drug} by this route stands twice.", "keep one row", row.drug)
        seen.add((row.drug, row.route))
        if (row.unit == "mcg/h") != (row.route == "transdermal"):
            yield problem(
                located,
                (*path, "unit"),
                "A patch has mcg/h, everything else mg.",
                "mend the unit or the route",
                row.unit,
            )
        if row.steps:
            yield from check_steps(row.steps, path, located)


def _check_equivalents(entry: Equivalents, located: Located, library: Library) -> Iterator[Problem]:
    tables = library.opioids.morphine.tables
    table = tables.get(entry.use)
    if table is None or table.purpose != "clinical":
        clinical = [name for name, one in tables.items() if one.purpose == "clinical"]
        message = "There is no edition" if table is None else "Only a clinical edition can be in use, unlike"
        mend = nearest(entry.use, clinical) or f"name one of {', '.join(clinical)}"
        yield problem(located, ("use",), f"{message} {entry.use}.", mend, entry.use)
    for key in ("no_factor", "as_treatment"):
        for position, rule in enumerate(getattr(entry, key)):
            yield from _check_opioid(rule.match, (key, position, "match"), located, library)
    for position, rule in enumerate(entry.as_treatment):
        if rule.condition not in library.vocabulary.conditions:
            yield problem(
                located,
                ("as_treatment", position, "condition"),
                f"The condition {rule.condition} is not known.",
                nearest(rule.condition, library.vocabulary.conditions) or "use a condition of vocabulary.yaml",
                rule.condition,
            )
    for position, patch in enumerate(entry.patches):
        yield from _check_opioid(patch.drug, ("patches", position, "drug"), located, library)


def _check_tolerance(entry: ToleranceFile, located: Located, library: Library) -> Iterator[Problem]:
    units = {
        (row.drug, row.route): row.unit for table in library.opioids.morphine.tables.values() for row in table.factors
    }
    for position, row in enumerate(entry.drugs):
        path = ("drugs", position)
        yield from _check_opioid(row.drug, (*path, "drug"), located, library)
        if units.get((row.drug, row.route), row.unit) != row.unit:
            yield problem(located, (*path, "unit"), f"{row.drug} has another unit in mme/.", "use the same", row.unit)
    for position, rule in enumerate(entry.undecided):
        yield from _check_opioid(rule.match, ("undecided", position, "match"), located, library)


def _check_opioid(name: str, path: Path, located: Located, library: Library) -> Iterator[Problem]:
    """A row for a misspelled drug would never be found, and for anything but an opioid never be used."""
    opioids = [one for one, entry in library.lexicon_entries.items() if "opioid" in entry.classes]
    known = {*opioids, *(drug_class for one in opioids for drug_class in library.lexicon_entries[one].classes)}
    if name not in known:
        yield problem(
            located,
            path,
            f"{name} is no opioid that is known.",
            nearest(name, known) or "add it to medicines.yaml",
            name,
        )

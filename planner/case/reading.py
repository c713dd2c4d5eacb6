"""A case from a file or from options: every problem found, each at its place."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError

from planner.case.consistency import conflicts
from planner.case.fields import LIST_FIELDS, Case
from planner.case.messages import problems_of, shown
from planner.case.words import OPEN_REST, CaseWords, as_entries, fold
from planner.reading.located import Located, read_yaml
from planner.reading.problems import InputError, Place, Problem, nearest

_DOCUMENT = re.compile(r"---(\s|$)")
# JSON writes a character beyond U+FFFF as two escapes, which YAML does not know.
_ESCAPED_PAIR = re.compile(r"(?<!\\)((?:\\\\)*)(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})")


def read_case(text: str, source: str, words: CaseWords, today: date | None = None) -> Case:
    """The case in the text of a YAML or JSON file.

    `source` names the file in errors, `words` is what the vocabulary supplies, and `today`
    (by default the date of the computer) tells whether a date of birth lies in the future.
    Raises InputError with every problem: line, column, field, value and mend.
    """
    located = _located(text, source)
    if located.value is None:
        raise InputError(
            [Problem(Place(source), "There is nothing in this case.", mend="write one fact a line, as in: age: 67")]
        )
    if not isinstance(located.value, dict):
        raise InputError(
            [
                Problem(
                    located.place(()),
                    "A case is names with values, and this is none.",
                    shown(located.value),
                    "write one fact a line, as in: age: 67",
                )
            ]
        )
    return _case(located, words, today or date.today())


def case_from_options(
    options: Mapping[str, Any], words: CaseWords, source: str = "options", today: date | None = None
) -> Case:
    """The case in a mapping of field names to text or lists; text of a list is split at `;`.

    Raises InputError with every problem: `source`, field, value and mend.
    """
    return _case(Located(source, dict(options)), words, today or date.today())


def _located(text: str, source: str) -> Located:
    """The file as values with places. JSON is read as YAML, which gives its lines too."""
    if text.lstrip().startswith("{"):
        text = _ESCAPED_PAIR.sub(_joined_pair, text)
    try:
        return read_yaml(text, source)
    except InputError:
        second = _second_document(text)
        if second is None:
            raise
        raise InputError(
            [Problem(Place(source, second, 1), "A second case starts here.", mend="keep one case a file")]
        ) from None


def _joined_pair(found: re.Match) -> str:
    halves = found[2].encode().decode("unicode_escape")
    return found[1] + halves.encode("utf-16", "surrogatepass").decode("utf-16")


def _second_document(text: str) -> int | None:
    """The line where a second YAML document starts, if there is one."""
    begun = False
    for number, line in enumerate(text.splitlines(), 1):
        if _DOCUMENT.match(line):
            if begun:
                return number
        else:
            begun |= bool(line.strip()) and not line.lstrip().startswith("#")
    return None


def _case(located: Located, words: CaseWords, today: date) -> Case:
    """The checked case. Facts that are sound by themselves are compared even where others are not."""
    problems: list[Problem] = []
    facts = {
        name: _facts_of_list(name, value, located, words, problems) if name in LIST_FIELDS else value
        for name, value in located.value.items()
    }
    unsound = {problem.place.path.split("[")[0] for problem in problems}
    try:
        case = Case.model_validate(facts)
    except ValidationError as error:
        problems += problems_of(error, located)
        unsound |= {str(fault["loc"][0]) for fault in error.errors()}
        case = Case.model_validate({name: value for name, value in facts.items() if name not in unsound})
    for field, message, value, mend in conflicts(case, today):
        # A refused age or date of birth was reported already; it is not a missing one.
        if field != "age" or not unsound & {"age", "birth_date"}:
            problems.append(Problem(located.place((field,)), message, shown(value), mend))
    if problems:
        raise InputError(problems)
    return case


def _facts_of_list(name: str, value: Any, located: Located, words: CaseWords, problems: list[Problem]) -> Any:
    """A list field with its none words read and its terms spelled as the vocabulary does."""
    entries = as_entries(value)
    if not isinstance(entries, list):
        return entries
    said_none = [entry for entry in entries if words.says_none(entry)]
    if said_none and len(entries) > len(said_none):
        problems.append(
            Problem(
                located.place((name,)),
                f"The list says {said_none[0]} and also names entries.",
                mend=f"remove {said_none[0]}, or everything else",
            )
        )
        return None
    if said_none:
        return []
    if name == "conditions":
        return _conditions(entries, located, words, problems)
    if name == "declines":
        return _terms(name, entries, words.folded_declines, located, problems)
    return entries


def _terms(name: str, entries: list, known: Mapping[str, str], located: Located, problems: list[Problem]) -> list:
    """`entries` as the vocabulary spells them, each once. An unknown term is a problem."""
    found: dict[str, None] = {}
    for index, entry in enumerate(entries):
        term = known.get(fold(entry)) if isinstance(entry, str) else None
        if term:
            found[term] = None
        elif isinstance(entry, str):
            problems.append(
                Problem(
                    located.place((name, index)),
                    f"This is not a known word for {name}.",
                    shown(entry),
                    nearest(fold(entry), known.values()) or "use a word of the vocabulary, one an entry",
                )
            )
        else:
            return entries
    return list(found)


def _conditions(entries: list, located: Located, words: CaseWords, problems: list[Problem]) -> list:
    """Condition terms; `term?` stays marked as asked about and still unknown, and `others?` leaves the rest open."""
    known = words.folded_conditions
    asked = {f"{folded}?": f"{term}?" for folded, term in known.items()}
    asked |= {f"{folded}_?": f"{term}?" for folded, term in known.items()}
    found = _terms("conditions", entries, known | asked | {OPEN_REST: OPEN_REST}, located, problems)
    for term in found:
        if f"{term}?" in found:
            problems.append(
                Problem(
                    located.place(("conditions",)),
                    f"{term} is listed as yes and as unknown.",
                    f"{term}; {term}?",
                    "keep one of them",
                )
            )
    return found

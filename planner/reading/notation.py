"""Ways of writing doses that have killed: the table of what no text may hold.

The table follows the Joint Commission "Do Not Use" list and the ISMP list of error-prone
abbreviations. Words to patients hold no Latin and no signs for words either.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

_UNIT = r"(?:mg|mcg|g|kg|mL|L|mEq|mmol|units?|tablets?|capsules?|hours?|minutes?|days?|%)"
_DOSE = r"(?:mg|mcg|g|mL|mEq|mmol|units?)"


@dataclass(frozen=True)
class Rule:
    """One banned way of writing: what it is, how it was misread, and what to write."""

    name: str
    pattern: re.Pattern[str]
    why: str
    mend: str


def _rule(name: str, pattern: str, why: str, mend: str) -> Rule:
    return Rule(name, re.compile(pattern), why, mend)


RULES = (
    _rule("trailing zero", rf"(?<![\d.])\d+\.\d*0(?=\s*{_UNIT}(?!\w))", "1.0 is read as 10", "write 1 mg, not 1.0 mg"),
    _rule("no leading zero", r"(?<![\w./])\.\d", "the point is missed: .5 is read as 5", "write 0.5"),
    _rule("no space before unit", r"\d(?:mg|mcg|g|mL|mEq|mmol|units?)\b", "the m is read as zeros", "write 10 mg"),
    _rule(
        "name joined to dose",
        rf"[A-Za-z]{{3,}}\d[\d,.]*\s*{_DOSE}\b",
        "the last letter is read as a digit",
        "write a space between name and dose",
    ),
    _rule("no comma", rf"(?<![\d,.])\d{{4,}}(?:\.\d+)?\s*{_DOSE}\b", "zeros are miscounted", "write 1,000"),
    _rule("microgram sign", r"[\u00b5\u03bc]g\b|\d\s*ug\b", "read as mg", "write mcg"),
    _rule("U", r"\d\s*[Uu]\b", "read as 0 or 4", "write unit or units"),
    _rule("IU", r"\bIU\b", "read as IV or 10", "write international units"),
    _rule("cc", r"\bcc\b", "read as units", "write mL"),
    _rule("small l", r"\d\s*(?:ml|l)\b", "l is read as 1", "write mL or L"),
    _rule("M, MM, K", r"\d\s?(?:MM|M|K)\b", "thousand and million are confused", "write thousand or million"),
    _rule("ng", r"\d\s*ng\b", "read as mg", "write nanogram"),
    _rule("QD", r"\b[Qq]\.?\s?1?[Dd]\b|\bo\.d\.", "read as four times a day", "write daily"),
    _rule("QOD", r"\b[Qq]\.?[Oo]\.?[Dd]\b", "read as daily or four times a day", "write every other day"),
    _rule("QHS", r"\b[Qq]\.?[Hh]\.?[Ss]\b|\b[Qq][Nn]\b", "read as every hour", "write at bedtime"),
    _rule(
        "q with a clock time", r"\b[Qq]\s?\d+\s?[AaPp]\.?[Mm]\b", "read as every so many hours", "write daily at 6 PM"
    ),
    _rule("HS, BT", r"\b(?:HS|hs|BT)\b", "half-strength and bedtime are confused", "write at bedtime or half-strength"),
    _rule(
        "MS, MgSO4",
        r"\bMS(?:O4)?\b|\bMgSO4\b",
        "morphine and magnesium are confused",
        "write morphine sulfate or magnesium sulfate",
    ),
    _rule("ear and eye letters", r"\b(?:AD|AS|AU|OD|OS|OU)\b", "ear and eye are confused", "write right ear, left eye"),
    _rule("IN, IJ", r"\b(?:IN|IJ)\b", "read as IM or IV", "write intranasal or injection"),
    _rule("per os", r"\b[Pp]er os\b", "os is read as left eye", "write by mouth"),
    _rule("SC, SQ", r"\b(?:SC|SQ)\b|\b[Ss]ub[ -]?[Qq]\b", "read as SL or as 5 every", "write subcutaneously"),
    _rule("D/C", r"\b[Dd]/[Cc]\b", "discharge and discontinue are confused", "write the word"),
    _rule("TIW, BIW", r"\b(?:TIW|BIW|tiw|biw)\b", "read as times a day", "write 3 times weekly"),
    _rule("SSI, UD, OJ", r"\b(?:SSI|ss|UD|OJ)\b", "each has two readings", "write the words"),
    _rule(
        "more or less sign",
        r"[<>\u2264\u2265]",
        "read the wrong way round, or as 4",
        "write more than, less than, at least",
    ),
    _rule(
        "slash",
        rf"\b{_DOSE}\s*/\s*(?:(?:kg|h|hr|hour|d|day|min|minute|mL|dose)\b|\d)",
        "the slash is read as 1",
        "write per, or and",
    ),
    _rule("and sign, at sign, plus", r"[@&]|\w\s*\+\s*\w", "read as 2 or 4", "write and, or at"),
    _rule("degree sign", r"\d\s*\u00b0(?!\s*[CF]\b)", "read as 0", "write degrees or hours"),
    _rule("x3d", r"\b[Xx]\s?\d+\s?d\b", "read as doses", "write for 3 days"),
    _rule("crossed zero", r"[\u00d8\u03a6]", "read as 4, 6, 8 or 9", "write 0 or zero"),
    _rule(
        "fraction",
        r"[\u00bc\u00bd\u00be]|\b\d/\d\s+(?:tab|tablet|patch)",
        "read as a whole number",
        "write half tablet",
    ),
    _rule(
        "dash in a range",
        rf"\d\s?[-\u2013]\s?\d[\d,.]*\s*(?:{_DOSE}|tablets?)\b",
        "the dash is read as a digit or minus",
        "write 5 to 10 mg",
    ),
    _rule("period after unit", r"\d\s(?:mg|mcg|mL)\.(?=\s*[a-z,;)])", "the period is read as 1", "write no period"),
    _rule("apothecary units", r"\b(?:dram|minim)s?\b", "read as other units", "write the metric amount"),
    _rule(
        "short drug name",
        r"\b(?:APAP|HCT|HCTZ|MTX|PCA|TAC)\b|\bnitro drip\b|\bIV vanc\b",
        "one short form stands for several drugs",
        "write the full name",
    ),
    _rule("ratio strength", r"\b1:\d{1,3},?000\b", "ratios were given ten times over", "write mg per mL"),
)

# What a clinician may read and a patient may not.
FOR_PATIENTS = (
    _rule(
        "Latin",
        r"(?i)\b(?:b\.?i\.?d|t\.?i\.?d|q\.?i\.?d|p\.?r\.?n|n\.?p\.?o|p\.o\.|ad lib|stat|e\.g|i\.e|etc|vs)\b",
        "patients do not know it",
        "write it in everyday words",
    ),
    _rule("sign for a word", r"[#%*=~^\\|]|\d\s*/\s*\d|\w\s*/\s*[A-Za-z]", "signs are misread", "write it in words"),
    _rule("dash in a range", r"\d\s?[-\u2013]\s?\d", "the dash is read as minus", "write 5 to 10"),
    _rule(
        "spoon or other measure",
        r"(?i)\b(?:tea|table)spoons?\b|\btsp\b|\btbsp\b|\b\d+ oz\b",
        "spoons differ",
        "write mL",
    ),
)


def findings(text: str) -> list[tuple[Rule, str]]:
    """Each rule that one line of text breaks, with the words that break it."""
    return list(_findings(text))


@lru_cache(maxsize=4096)
def _findings(text: str) -> tuple[tuple[Rule, str], ...]:
    """Kept, as most lines of a document stand in the next one too."""
    return tuple((rule, match[0]) for rule in RULES for match in [rule.pattern.search(text)] if match)


def findings_for_patients(text: str) -> list[tuple[Rule, str]]:
    """Each rule that one line to a patient breaks, with the words that break it."""
    return [(rule, match[0]) for rule in (*RULES, *FOR_PATIENTS) for match in [rule.pattern.search(text)] if match]

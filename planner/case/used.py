"""Doses taken in the last 24 hours, as a chart writes them: "oxycodone 5 mg x 3", "3 x Percocet 5/325".

A dose that can be told from the text is taken out of it; any other stays in the name, for the
reader of medicines.
"""

import re
from typing import Any

from planner.case.values import unfit

_COUNT_LAST = re.compile(r"(.*\S)\s*(?:\bx|\u00d7)\s*(\d[\d.]*)(?:\s*(?:doses?|times))?", re.IGNORECASE)
_COUNT_FIRST = re.compile(r"(\d[\d.]*)\s*[x\u00d7]\s*(.*\S)", re.IGNORECASE)
_DOSE = re.compile(r"(?<![\d./-])(\d[\d.]*)\s*(mg|mcg)\b(?!\s*/)", re.IGNORECASE)
_NO_OPIOID = re.compile(r"no opioids?", re.IGNORECASE)
_MG_IN = {"mg": 1.0, "mcg": 0.001}


def read_used(entry: Any) -> Any:
    """Text as drug, dose in mg and count; anything else as it is. Raises the error of an unfit value.

    "no opioid" is an opioid taken no times.
    """
    if not isinstance(entry, str):
        return entry
    text = entry.strip()
    if _NO_OPIOID.fullmatch(text):
        return {"drug": "opioid", "count": 0}
    last, first = _COUNT_LAST.fullmatch(text), _COUNT_FIRST.fullmatch(text)
    medicine, count = (last[1], last[2]) if last else (first[2], first[1]) if first else (text, None)
    if count is None or not any(letter.isdigit() for letter in medicine):
        raise unfit(
            "This does not name a medicine, its dose and how many were taken.", "write it as: oxycodone 5 mg x 4"
        )
    return {**_dose_apart(medicine), "count": count}


def _dose_apart(medicine: str) -> dict[str, Any]:
    """A single dose apart from the name; with any further number the text stays whole."""
    dose = _DOSE.search(medicine)
    name = f"{medicine[: dose.start()]} {medicine[dose.end() :]}" if dose else ""
    if not name.strip() or any(letter.isdigit() for letter in name):
        return {"drug": medicine}
    return {"drug": " ".join(name.split()), "dose_mg": float(dose[1]) * _MG_IN[dose[2].lower()]}

"""Good plans to look at: every example case, and patients who go home, have a catheter, or take much at home."""

from datetime import datetime
from functools import cache

from planner import api
from planner.plan.models import Plan
from planner.reading.resources import protocols_folder

NOW = datetime(2026, 12, 14, 18, 0)
_HEALTHY = {
    "sex": "female",
    "age": "58",
    "weight_kg": "74",
    "height_cm": "166",
    "creatinine_mg_dl": "0.7",
    "platelets_k": "240",
    "inr": "1.0",
    "qtc_ms": "418",
    "asa_class": "2",
    "stop_bang": "1",
    "frailty": "2",
    "smoker": "no",
    "side": "left",
    "setting": "inpatient",
    "anesthesia": "general",
    "surgery_at": "2026-12-15T07:30",
    "conditions": "none",
    "medications": "none",
    "allergies": "none",
    "declines": "none",
}
_OTHERS = {
    "goes-home": {
        "procedure": "tka",
        "used_last_24h": "oxycodone 5 mg x 4",
        "discharge_at": "2026-12-17T11:00",
    },
    "goes-home-at-70": {
        "procedure": "tha",
        "age": "70",
        "used_last_24h": "oxycodone 2.5 mg x 3",
        "discharge_at": "2026-12-18T10:00",
    },
    "goes-home-with-opioid": {
        "procedure": "tlif",
        "side": "",
        "medications": "oxycodone ER 20 mg every 12 hours",
        "opioid_days": "200",
        "used_last_24h": "oxycodone ER 20 mg x 2; oxycodone 5 mg x 5",
        "discharge_at": "2026-12-18T10:00",
    },
    "epidural": {"procedure": "open colectomy", "side": ""},
    "gabapentin": {"procedure": "tka", "medications": "gabapentin 300 mg three times daily"},
    "clopidogrel": {"procedure": "tha", "medications": "clopidogrel 75 mg daily, last 2026-12-01"},
}


@cache
def library():
    return api.open_library()


@cache
def good_plans() -> dict[str, Plan]:
    """Each plan by its name. Shared: change a deep copy only."""
    shipped = library()
    cases = [
        (path.stem, api.read_case_file(str(path), shipped, NOW))
        for path in sorted((protocols_folder() / "examples").glob("*.yaml"))
    ]
    cases += [
        (name, api.read_case_options({k: v for k, v in (_HEALTHY | facts).items() if v}, shipped, NOW))
        for name, facts in _OTHERS.items()
    ]
    return {name: plan for (name, _), plan in zip(cases, api.make_plans(cases, shipped, NOW), strict=True)}

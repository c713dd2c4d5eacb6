"""Promises of every prescription to take home, tried on made-up patients and limits."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from planner.case.reading import case_from_options
from planner.clinical.compose import compose
from planner.clinical.discharge.equivalents import mme_per_mg
from planner.library.site import OpioidLimit, Site
from tests.shipped import shipped_library

LIBRARY = shipped_library()
NOW = datetime(2026, 12, 15, 6)
SURGERY = datetime(2026, 12, 15, 7, 30)
USED = st.lists(
    st.builds(
        "{} x {}".format,
        st.sampled_from(
            ["oxycodone 5 mg", "oxycodone 2.5 mg", "hydromorphone 2 mg", "Percocet 5/325", "tramadol 50 mg"]
        ),
        st.integers(0, 8),
    ),
    max_size=3,
)
PARTS = st.fixed_dictionaries(
    {},
    optional={"days": st.integers(1, 14), "mme_per_day": st.integers(5, 120), "mme_total": st.integers(5, 400)},
).filter(bool)
LIMITS = st.lists(PARTS.map(lambda parts: OpioidLimit(name="law", **parts)), max_size=2)
HOME = {"": 0.0, "oxycodone ER 20 mg every 12 hours": 60.0}


def plan_for(used, limits, age, procedure, hours, home):
    facts = {
        "procedure": procedure,
        "age": age,
        "sex": "female",
        "weight_kg": 70,
        "height_cm": 168,
        "creatinine_mg_dl": 0.7,
        "surgery_at": SURGERY.isoformat(),
        "discharge_at": (SURGERY + timedelta(hours=hours)).isoformat(),
        "conditions": "none",
        "allergies": "none",
        "medications": home or "none",
        "used_last_24h": "; ".join((["oxycodone ER 20 mg x 2"] if home else []) + used) or "none",
    }
    case = case_from_options(facts, LIBRARY.case_words, today=NOW.date())
    return compose(case, LIBRARY, NOW, site=Site(opioid_limits=limits))


@given(
    USED,
    LIMITS,
    st.sampled_from([45, 75]),
    st.sampled_from(["TKA", "THA", "TLIF", "open colectomy"]),
    st.sampled_from([5, 24, 26, 50, 100]),
    st.sampled_from(sorted(HOME)),
)
def test_a_prescription_is_its_taper_and_keeps_every_limit(used, limits, age, procedure, hours, home):
    plan = plan_for(used, limits, age, procedure, hours, home)
    found = plan.discharge_opioid
    if found is None:
        assert any(left.id == "discharge-opioid" and left.because for left in plan.omitted)
        return
    tablets = [day.tablets for day in found.days]
    assert tablets == sorted(tablets, reverse=True) and tablets[-1] == 0 and 0 not in tablets[:-1]
    assert all((2 * count).is_integer() for count in tablets)
    assert sum(tablets) == found.tablets and found.tablets == int(found.tablets) > 0
    first = date.fromisoformat(found.days[0].date)
    assert [day.date for day in found.days] == [(first + timedelta(days=at)).isoformat() for at in range(len(tablets))]
    factor = mme_per_mg(found.drug, LIBRARY) * found.strength_mg
    assert all(abs(day.mme - day.tablets * factor) < 0.01 for day in found.days)
    assert abs(found.mme_total - found.tablets * factor) < 0.01
    for limit in limits:
        assert limit.days is None or len(tablets) - 1 <= limit.days
        assert limit.mme_per_day is None or tablets[0] * factor + HOME[home] <= limit.mme_per_day + 1e-6
        assert limit.mme_total is None or found.mme_total <= limit.mme_total + 1e-6
    if not home:
        published = LIBRARY.complete[plan.protocol.id].discharge_opioid
        assert found.tablets <= published.at_most * (0.5 if hours <= 24 else 1)
    assert plan.naloxone is not None
    assert set(found.sources) <= set(plan.sources)


@given(LIMITS, st.sampled_from(["TKA", "open colectomy"]), st.sampled_from([26, 50]))
def test_none_used_is_none_to_take_home(limits, procedure, hours):
    plan = plan_for(["ibuprofen 400 mg x 3"], limits, 50, procedure, hours, "")
    assert plan.discharge_opioid is None
    assert plan.naloxone.verdict == "not_needed"


@given(USED.filter(bool), st.integers(1, 300))
def test_a_tighter_limit_never_gives_more(used, total):
    free = plan_for(used, [], 45, "TKA", 50, "").discharge_opioid
    bound = plan_for(used, [OpioidLimit(name="law", mme_total=total)], 45, "TKA", 50, "").discharge_opioid
    assert (bound.tablets if bound else 0) <= (free.tablets if free else 0)

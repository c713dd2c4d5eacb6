"""Promises about local anesthetic: for any parts, and for any blocks of the catalog in any patient.

What the limits are is written here a second time and by other means, so that both must agree.
"""

import math
from datetime import datetime
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from planner.case.reading import case_from_options
from planner.clinical.compose import compose
from planner.clinical.regional.budget import Part, allocate, exact, first_that_fits, rounded_up
from tests.cases.test_cases import ANY_OPERATION, asking_for
from tests.shipped import shipped_library

NOW = datetime(2026, 12, 15, 6, 0)
LIBRARY = shipped_library()
# A plan takes a few milliseconds, and there are many blocks to put together.
MANY = settings(max_examples=2 * settings.default.max_examples)
ROUNDED = 1e-4

# --- any parts ---
# Of each limit (at once, in a day, an hour) a mL takes some part of 178, 675 or 20 mg, as in a patient, or nothing.
SHARE = st.builds(Fraction, st.integers(0, 4), st.sampled_from([20, 178, 675, 1000]))
BASE = st.builds(Fraction, st.integers(0, 2), st.sampled_from([20, 178, 675]))
PART = st.builds(
    lambda low, more, per_ml, base: Part(low, low + more, per_ml, base),
    st.integers(0, 10),
    st.integers(0, 20),
    st.tuples(SHARE, SHARE, SHARE),
    st.tuples(BASE, BASE, BASE),
)
PARTS = st.lists(PART, min_size=1, max_size=6)
OPTIONS = st.lists(st.lists(PART, min_size=1, max_size=2).map(tuple), min_size=1, max_size=3)


def used(parts, volumes):
    """The share of each limit that the volumes take."""
    limits = range(len(parts[0].per_ml))
    return [
        sum(part.base[at] + volume * part.per_ml[at] for part, volume in zip(parts, volumes, strict=True))
        for at in limits
    ]


def fits(parts, volumes):
    return all(share <= 1 for share in used(parts, volumes))


def with_more_room(parts, times):
    """The same parts where every limit is `times` as large."""
    return [
        Part(
            part.low,
            part.high,
            tuple(share / more for share, more in zip(part.per_ml, times, strict=True)),
            tuple(share / more for share, more in zip(part.base, times, strict=True)),
        )
        for part in parts
    ]


@given(PARTS)
def test_parts_stay_within_every_limit_and_within_their_range(parts):
    volumes = allocate(parts)
    lows = [part.low for part in parts]
    if volumes is None:
        assert not fits(parts, lows)
        return
    assert fits(parts, lows)
    assert fits(parts, volumes)
    for part, volume in zip(parts, volumes, strict=True):
        assert part.low <= volume <= part.high
        assert volume == int(volume)


@given(PARTS)
def test_a_part_has_all_that_fits_beside_the_earlier_ones_and_the_least_of_the_later_ones(parts):
    volumes = allocate(parts)
    assume(volumes is not None)
    for at, part in enumerate(parts):
        if volumes[at] < part.high:
            later = [other.low for other in parts[at + 1 :]]
            assert not fits(parts, [*volumes[:at], volumes[at] + 1, *later])


@given(PARTS, st.tuples(*[st.integers(10, 30)] * 3))
def test_more_room_never_gives_an_earlier_part_less(parts, tenths):
    """What is gained first is not lost before: lists compare by their first difference."""
    volumes = allocate(parts)
    roomier = allocate(with_more_room(parts, [Fraction(times, 10) for times in tenths]))
    if volumes is not None:
        assert roomier is not None
        assert roomier >= volumes


@given(PARTS)
def test_a_part_that_is_dropped_never_leaves_the_others_less(parts):
    volumes = allocate(parts)
    assume(volumes is not None and len(parts) > 1)
    assert allocate(parts[:-1]) >= volumes[:-1]
    assert allocate(parts[1:]) >= volumes[1:]


@given(st.lists(OPTIONS, min_size=1, max_size=3))
def test_the_first_way_of_the_earlier_blocks_is_taken_where_all_find_room(blocks):
    def finds_room(chosen):
        parts = [part for block, at in zip(blocks, chosen, strict=True) for part in block[at]]
        return fits(parts, [part.low for part in parts])

    every_way = product(*(range(len(block)) for block in blocks))
    assert first_that_fits(blocks) == next(filter(finds_room, every_way), None)


def test_no_parts_take_nothing():
    assert allocate([]) == []
    assert first_that_fits([]) == ()


@given(st.fractions(0, 2))
def test_a_share_is_never_shown_as_less(share):
    assert share - Fraction(1, 10**9) <= Fraction(rounded_up(share)) < share + Fraction(1, 10_000) + Fraction(1, 10**9)


@given(st.integers(0, 10**6))
def test_a_number_is_taken_as_it_is_written(thousandths):
    assert exact(thousandths / 1000) == Fraction(thousandths, 1000)


# --- any blocks in any patient ---
HEART = {"heart_failure", "heart_block", "coronary_artery_disease", "recent_mi"}
LIVER = {"cirrhosis", "severe_liver_disease"}
KIDNEY = {"dialysis", "acute_kidney_injury"}
OTHER = ["diabetes", "severe_copd", "sleep_apnea", "peripheral_neuropathy", "multiple_sclerosis"]
TERMS = sorted(HEART | LIVER | KIDNEY | {"pregnancy"}) + OTHER
# The trunk: at most 200 mg of ropivacaine, and this many mg per kg.
PLANES = {
    "erector-spinae-lumbar": 2.5,
    "erector-spinae-thoracic": 2.5,
    "parasternal": 2.5,
    "pecs": 2.5,
    "quadratus-lumborum": 2.5,
    "rectus-sheath-bilateral": 2,
    "serratus-anterior": 2.5,
    "tap-bilateral": 2,
    "tap-subcostal": 2,
}
FIXED = {("liposomal bupivacaine", "infiltration"): 266, ("liposomal bupivacaine", "nerve"): 133}


def _ways_to_ask(with_catheter):
    """Every block, once injected or through a catheter, with every drug that its file lists and on every side."""
    for name, block in sorted(LIBRARY.blocks.items()):
        if with_catheter and not block.infusions or not with_catheter and block.technique in ("catheter", "epidural"):
            continue
        added = with_catheter and block.technique not in ("catheter", "epidural")
        rows = block.infusions if with_catheter else block.choices
        for drug in [None, *dict.fromkeys(row.drug for row in rows)]:
            near_the_spine = block.technique in ("spinal", "epidural")
            for sides in ["midline"] if near_the_spine else [None, "both", "midline"]:
                asked = {"block": f"{name}/catheter" if added else name, "drug": drug, "sides": sides}
                yield {key: value for key, value in asked.items() if value}


SINGLE, CATHETER = list(_ways_to_ask(False)), list(_ways_to_ask(True))
ASKED = st.lists(
    st.one_of(st.sampled_from(SINGLE), st.sampled_from(CATHETER)),
    min_size=1,
    max_size=4,
    unique_by=lambda wanted: wanted["block"],
)
KNOWN = {
    "age": st.integers(18, 100),
    "sex": st.sampled_from(["female", "male"]),
    "weight_kg": st.one_of(st.integers(30, 250), st.integers(300, 2500).map(lambda tenths: tenths / 10)),
    "height_cm": st.integers(120, 210),
    "creatinine_mg_dl": st.sampled_from([0.3, 0.5, 0.8, 1.1, 1.6, 2.5, 6.0]),
    "frailty": st.integers(1, 8),
    "side": st.sampled_from(["left", "right", "both"]),
    "conditions": st.lists(st.sampled_from(TERMS), max_size=3, unique=True),
    "child_pugh": st.sampled_from(["A", "B", "C"]),
}
KNOWN_FACTS = st.fixed_dictionaries(KNOWN)
MAY_BE_UNKNOWN = ["creatinine_mg_dl", "frailty", "side", "conditions"]
# One in three patients lacks a fact. What hangs on it is then as small as it could be.
FACTS = st.builds(
    lambda facts, missing: {**facts, missing: None} if missing else facts,
    KNOWN_FACTS,
    st.sampled_from([None] * 2 * len(MAY_BE_UNKNOWN) + MAY_BE_UNKNOWN),
)


def case_of(facts, **more):
    """The case, without what cannot be true together."""
    given_facts = {**facts, "surgery_at": "2026-12-15T07:30", "setting": "inpatient", "anesthesia": "general", **more}
    if facts["sex"] == "male" and facts["conditions"]:
        given_facts["conditions"] = [term for term in facts["conditions"] if term != "pregnancy"]
    # A class of cirrhosis says that there is cirrhosis.
    if "cirrhosis" not in (facts["conditions"] or ()):
        given_facts["child_pugh"] = None
    if facts["weight_kg"] and facts["height_cm"]:
        assume(10 <= facts["weight_kg"] / (facts["height_cm"] / 100) ** 2 <= 100)
    known = {name: value for name, value in given_facts.items() if value is not None}
    return case_from_options(known, LIBRARY.case_words, today=NOW.date())


def plan_for(asked, facts):
    """The plan for these blocks alone, and the facts with what follows from them."""
    case = case_of(facts, procedure=ANY_OPERATION, platelets_k=250, inr=1.0, medications=[], allergies=[])
    plan = compose(case, asking_for(LIBRARY, asked), NOW)
    return plan, {**facts, "conditions": case.conditions, "kidney": plan.factors["kidney"]}


def known_weight(facts):
    """The lower of actual and ideal weight, rounded down to a tenth."""
    inches = facts["height_cm"] / 2.54
    ideal = (45.5 if facts["sex"] == "female" else 50) + 2.3 * (inches - 60)
    return math.floor(min(facts["weight_kg"], ideal) * 10 + 1e-6) / 10


def has_any(facts, terms):
    return facts["conditions"] is None or bool(terms & set(facts["conditions"]))


def may_be_pregnant(facts):
    return facts["sex"] != "male" and has_any(facts, {"pregnancy"})


def percent_at_once(facts):
    if facts["age"] > 70 or has_any(facts, HEART | LIVER | KIDNEY) or may_be_pregnant(facts):
        return 80
    kidney = facts["kidney"]
    return 80 if kidney is None or kidney < 30 else 90 if kidney < 60 else 100


def percent_of_rate(facts):
    kidney = facts["kidney"]
    percents = [
        50 if has_any(facts, HEART | LIVER) else 100,
        60 if facts["age"] > 70 else 100,
        80 if kidney is None or kidney < 60 or has_any(facts, KIDNEY) or may_be_pregnant(facts) else 100,
    ]
    return min(percents)


def whole(amount, percent):
    return math.floor(Fraction(str(amount)) * percent / 100)


def most_at_once(part, facts):
    """The most mg of the drug of one part at once."""
    block = part.block.removesuffix("-catheter")
    if part.drug == "liposomal bupivacaine":
        return FIXED[part.drug, "infiltration" if block == "wound-infiltration" else "nerve"]
    weight = Fraction(str(known_weight(facts)))
    per_kg, cap = {"ropivacaine": (3, 225), "bupivacaine": (2, 150), "lidocaine": (Fraction(9, 2), 300)}[part.drug]
    if part.drug == "ropivacaine" and block.startswith("periarticular"):
        cap = 300
    if part.drug == "ropivacaine" and block in PLANES and part.how == "single":
        per_kg, cap = Fraction(PLANES[block]), 200
    if part.drug == "lidocaine" and block.endswith("-epidural"):
        per_kg, cap = 7, 500
    return math.floor(min(per_kg * weight, cap) * percent_at_once(facts) / 100)


def most_in_a_day(drug, facts):
    limit = {"ropivacaine": 675, "bupivacaine": 400}.get(drug)
    return limit and whole(limit, percent_of_rate(facts))


def most_in_an_hour(drug, technique, facts):
    percent = percent_of_rate(facts)
    if drug == "bupivacaine":
        return min(whole(16, percent), whole(Fraction(str(known_weight(facts))) / 4, percent))
    if technique == "epidural":
        return whole(28, percent)
    light_or_frail = facts["weight_kg"] < 60 or facts["frailty"] is None or facts["frailty"] >= 5
    return min(whole(20, percent), 12) if light_or_frail else whole(20, percent)


def infusions(plan):
    return [block for block in plan.blocks if block.infusion]


def sides_of(block):
    return max(1, len(block.sides))


def file_of(block):
    return LIBRARY.blocks.get(block.id) or LIBRARY.blocks[block.id.removesuffix("-catheter")]


SHORT = {"sex": "female", "weight_kg": 40, "height_cm": 120, "creatinine_mg_dl": 0.3, "frailty": 2, "side": "both"}
CALM = {**SHORT, "age": 50, "conditions": [], "child_pugh": None}
FOUR = [{"block": name} for name in ("femoral/catheter", "sciatic-subgluteal", "adductor-canal", "periarticular-knee")]


@MANY
@given(ASKED, FACTS)
@example(FOUR, CALM)
@example([{"block": "digital"}, {"block": "femoral"}], CALM)
def test_shares_never_pass_one_and_add_up(asked, facts):
    plan, _ = plan_for(asked, facts)
    found = plan.local_anesthetic
    if found is None:
        return
    assert 0 < found.fraction_of_maximum <= 1
    assert found.fraction_of_24h is None or 0 < found.fraction_of_24h <= 1
    assert (found.fraction_of_24h is not None) == bool(infusions(plan))
    parts = found.components
    rounding = ROUNDED * (len(parts) + 1)
    assert sum(part.fraction for part in parts) == pytest.approx(found.fraction_of_maximum, abs=rounding)
    assert found.fraction_left == pytest.approx(
        1 - max(found.fraction_of_maximum, found.fraction_of_24h or 0), abs=rounding
    )
    for part in parts:
        assert part.dose_mg / part.maximum_mg == pytest.approx(part.fraction, abs=2 * ROUNDED)
        assert part.dose_24h_mg == pytest.approx(part.dose_mg * (24 if part.how == "infusion" else 1))
        if part.maximum_24h_mg:
            assert part.dose_24h_mg / part.maximum_24h_mg == pytest.approx(part.fraction_24h, abs=2 * ROUNDED)
    if found.fraction_of_24h is not None:
        in_a_day = sum(part.fraction_24h or 0 for part in parts)
        assert in_a_day == pytest.approx(found.fraction_of_24h, abs=rounding)


@MANY
@given(ASKED, FACTS)
@example(FOUR, CALM)
def test_the_limits_are_those_of_this_patient(asked, facts):
    plan, facts = plan_for(asked, facts)
    found = plan.local_anesthetic
    if found is None:
        return
    at_once = sum(part.dose_mg / most_at_once(part, facts) for part in found.components)
    assert at_once <= 1 + 1e-9
    in_a_day = [
        part.dose_24h_mg / limit for part in found.components if (limit := most_in_a_day(part.drug, facts)) is not None
    ]
    if infusions(plan):
        assert sum(in_a_day) <= 1 + 1e-9
    an_hour = sum(
        block.infusion.mg_per_hour / most_in_an_hour(block.infusion.drug, block.technique, facts)
        for block in infusions(plan)
    )
    assert an_hour <= 1 + 1e-9


@MANY
@given(ASKED, FACTS)
@example(FOUR, CALM)
def test_volumes_are_whole_and_within_the_block_file(asked, facts):
    plan, _ = plan_for(asked, facts)
    for block in plan.blocks:
        if block.volume_ml is None:
            continue
        each = block.volume_ml / sides_of(block)
        assert each == int(each)
        rows = [
            row
            for row in file_of(block).choices
            if row.drug == block.drug and row.concentration and row.concentration.value == block.concentration_percent
        ]
        assert any(row.volume.low <= each <= row.volume.high for row in rows), block.text
        assert block.dose_mg == pytest.approx(block.volume_ml * block.concentration_percent * 10)


@MANY
@given(ASKED, FACTS)
@example(FOUR, CALM)
def test_rates_are_whole_and_within_the_block_file(asked, facts):
    plan, _ = plan_for(asked, facts)
    for block in infusions(plan):
        runs = block.infusion
        rows = [
            row
            for row in file_of(block).infusions
            if (row.drug, row.concentration.value) == (runs.drug, runs.concentration_percent)
        ]
        assert runs.ml_per_hour == int(runs.ml_per_hour)
        assert any(row.rate.low <= runs.lowest_ml_per_hour <= runs.ml_per_hour <= row.rate.high for row in rows)
        bolus_an_hour = 0
        if runs.bolus_ml:
            assert any(runs.bolus_ml in (row.bolus.low, row.bolus.high) for row in rows if row.bolus)
            assert any(runs.lockout_minutes == row.lockout.high * 60 for row in rows if row.lockout)
            bolus_an_hour = runs.bolus_ml * 60 / runs.lockout_minutes
        mg = sides_of(block) * (runs.ml_per_hour + bolus_an_hour) * runs.concentration_percent * 10
        assert runs.mg_per_hour == pytest.approx(mg, abs=0.01)
        assert runs.mg_in_24h == pytest.approx(24 * mg, abs=0.1)
        if file_of(block).choices:
            assert block.drug == runs.drug


@MANY
@given(ASKED, KNOWN_FACTS)
@example(FOUR, CALM)
def test_no_milliliter_is_held_back(asked, facts):
    """Where less than the upper end of the block file is given, one mL more would pass a limit."""
    plan, facts = plan_for(asked, facts)
    found = plan.local_anesthetic
    if found is None:
        return
    at_once = sum(Fraction(str(part.dose_mg)) / most_at_once(part, facts) for part in found.components)
    in_a_day = sum(
        Fraction(str(part.dose_24h_mg)) / limit
        for part in found.components
        if (limit := most_in_a_day(part.drug, facts)) is not None
    )
    an_hour = sum(
        Fraction(str(block.infusion.mg_per_hour)) / most_in_an_hour(block.infusion.drug, block.technique, facts)
        for block in infusions(plan)
    )
    for part in found.components:
        block = next(block for block in plan.blocks if block.id == part.block)
        given_now = block.infusion if part.how == "infusion" else block
        highest = _upper_end(block, part, given_now)
        volume = given_now.ml_per_hour if part.how == "infusion" else (block.volume_ml or 0) / sides_of(block)
        if highest is None or volume >= highest:
            continue
        mg = Fraction(str(given_now.concentration_percent)) * 10 * sides_of(block)
        by_day = most_in_a_day(part.drug, facts)
        hours = 24 if part.how == "infusion" else 1
        more = [at_once + mg / most_at_once(part, facts), in_a_day + (mg * hours / by_day if by_day else 0)]
        if part.how == "infusion":
            more.append(an_hour + mg / most_in_an_hour(part.drug, block.technique, facts))
        assert max(more) > 1 - Fraction(1, 10**6), block.text


def _upper_end(block, part, given_now):
    """The least upper end of the rows that may have been used; None for a fixed or test dose."""
    file = file_of(block)
    if part.how == "infusion":
        rows = [(row, row.rate) for row in file.infusions]
    elif part.drug != block.drug or block.volume_ml is None:
        return None
    else:
        rows = [(row, row.volume) for row in file.choices if row.volume]
    ends = [
        math.floor(span.high)
        for row, span in rows
        if row.drug == part.drug and row.concentration.value == given_now.concentration_percent
    ]
    return min(ends)


@given(ASKED, KNOWN_FACTS, st.sampled_from(["weight_kg", "height_cm", "sex"]))
def test_no_volume_stands_without_the_facts_behind_the_weight(asked, facts, missing):
    facts = {**facts, missing: None, "conditions": [term for term in facts["conditions"] if term != "pregnancy"]}
    plan, _ = plan_for(asked, facts)
    for block in plan.blocks:
        assert block.volume_ml is None, block.text
        assert block.infusion is None, block.text
        assert block.test_dose is None, block.text
        if any(row.volume for row in file_of(block).choices if row.drug == block.drug) and block.dose_mg is None:
            assert block.verdict == "confirm", block.text
            assert any(missing in entry.factors for entry in block.confirmations), block.text
    assert plan.local_anesthetic is None or all(
        part.drug == "liposomal bupivacaine" for part in plan.local_anesthetic.components
    )


@given(ASKED, FACTS)
def test_a_dose_into_the_spinal_fluid_is_no_part_of_the_sum(asked, facts):
    plan, _ = plan_for([{"block": "spinal", "sides": "midline"}, *asked], facts)
    without, _ = plan_for(asked, facts)
    assume(not any(wanted["block"].startswith(("spinal", "intrathecal")) for wanted in asked))
    assume(not any(wanted.get("drug") == "liposomal bupivacaine" for wanted in asked))
    counted = plan.local_anesthetic
    assert (counted and counted.components) == (without.local_anesthetic and without.local_anesthetic.components)


@given(ASKED, KNOWN_FACTS)
def test_no_infusion_in_severe_liver_disease(asked, facts):
    plan, _ = plan_for(asked, {**facts, "conditions": ["severe_liver_disease"]})
    assert not infusions(plan)
    plan, _ = plan_for(asked, {**facts, "conditions": ["cirrhosis"], "child_pugh": "C"})
    assert not infusions(plan)


@given(ASKED, KNOWN_FACTS)
def test_a_block_is_given_or_left_out_with_a_reason(asked, facts):
    plan, _ = plan_for(asked, facts)
    done = {block.id for block in plan.blocks}
    left = {omitted.id for omitted in plan.omitted if omitted.because}
    for wanted in asked:
        name, _, way = wanted["block"].partition("/")
        assert (f"{name}-{way}" if way else name) in done | left


@given(
    st.sampled_from(["open colectomy", "laparoscopic colectomy"]),
    KNOWN_FACTS,
    st.lists(st.sampled_from(["block", "neuraxial"]), unique=True),
    st.booleans(),
)
def test_lidocaine_into_a_vein_and_a_block_are_never_planned_together(procedure, facts, declines, infected):
    conditions = [*facts["conditions"], *(["infection_at_site"] if infected else [])]
    plan = compose(case_of({**facts, "conditions": conditions}, procedure=procedure, declines=declines), LIBRARY, NOW)
    into_a_vein = [order for order in plan.orders if order.drug == "lidocaine" and order.route == "iv"]
    assert not (into_a_vein and plan.blocks)
    if plan.local_anesthetic:
        assert plan.local_anesthetic.fraction_of_maximum <= 1

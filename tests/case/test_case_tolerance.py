"""Opioid tolerant: both sides of every figure of the definition, and what is not known."""

import pytest

CONDITIONS = {"conditions": ()}


@pytest.fixture
def tolerance_of(factors_of):
    """Tolerance of a patient without other conditions who takes `medicines` for `days`."""

    def decide(*medicines, days=30, **facts):
        return factors_of(medications=medicines, opioid_days=days, **{**CONDITIONS, **facts}).opioids.tolerance

    return decide


@pytest.mark.parametrize(
    "below, enough",
    [
        ("morphine ER 59 mg daily", "morphine ER 60 mg daily"),
        ("fentanyl patch 24 mcg/h every 72 hours", "fentanyl patch 25 mcg/h every 72 hours"),
        ("fentanyl patch 25 mcg/h every 4 days", "fentanyl patch 25 mcg/h every 3 days"),
        ("oxycodone 29 mg daily", "oxycodone 30 mg daily"),
        ("hydromorphone 7 mg daily", "hydromorphone 8 mg daily"),
        ("oxymorphone 24 mg daily", "oxymorphone 25 mg daily"),
        ("hydrocodone ER 59 mg daily", "hydrocodone ER 60 mg daily"),
        ("tapentadol 149 mg daily", "tapentadol 150 mg daily"),
        ("tramadol 299 mg daily", "tramadol 300 mg daily"),
        ("methadone 12.7 mg daily", "methadone 12.8 mg daily"),
    ],
)
def test_both_sides_of_the_least_daily_dose(below, enough, tolerance_of):
    assert (tolerance_of(below).tolerant, tolerance_of(below).reason) == (False, "below")
    assert (tolerance_of(enough).tolerant, tolerance_of(enough).reason) == (True, "reached")


def test_a_drug_with_a_figure_of_its_own_is_not_held_against_mme(tolerance_of):
    # 24 mg of oxymorphone is 72 MME, and 30 mg of oxycodone 45 MME.
    assert tolerance_of("oxymorphone 24 mg daily").tolerant is False
    assert tolerance_of("oxycodone 30 mg daily").tolerant is True


@pytest.mark.parametrize(
    "medicines, tolerant",
    [
        (("oxycodone ER 15 mg daily", "oxycodone 15 mg daily"), True),
        (("oxycodone ER 15 mg daily", "oxycodone 14 mg daily"), False),
        (("oxycodone 20 mg daily", "hydrocodone 30 mg daily"), True),
        (("oxycodone 20 mg daily", "hydrocodone 29 mg daily"), False),
        (("fentanyl patch 12 mcg/h every 72 hours", "morphine 32 mg daily"), True),
        (("fentanyl patch 12 mcg/h every 72 hours", "morphine 31 mg daily"), False),
    ],
)
def test_several_opioids_add_up(medicines, tolerant, tolerance_of):
    assert tolerance_of(*medicines).tolerant is tolerant


@pytest.mark.parametrize(
    "days, tolerant, reason, missing",
    [
        (7, True, "reached", ()),
        (8, True, "reached", ()),
        (6, False, "too_short", ()),
        (6.9, False, "too_short", ()),
        (0, False, "too_short", ()),
        (None, None, "days_unknown", ("opioid_days",)),
    ],
)
def test_a_dose_that_is_enough_must_have_been_taken_for_a_week(days, tolerant, reason, missing, tolerance_of):
    found = tolerance_of("oxycodone ER 30 mg q12h", days=days)
    assert (found.tolerant, found.reason, found.missing) == (tolerant, reason, missing)


def test_a_dose_that_is_too_small_needs_no_days(tolerance_of):
    assert tolerance_of("oxycodone 5 mg bid", days=None).tolerant is False


@pytest.mark.parametrize(
    "medicines, tolerant, reason",
    [
        (("oxycodone 5 mg q4h prn",), None, "as_needed_only"),
        (("oxycodone 5 mg q6h prn",), False, "below"),
        (("oxycodone ER 10 mg q12h", "oxycodone 5 mg q6h prn"), None, "as_needed_only"),
        (("oxycodone ER 15 mg q12h", "oxycodone 5 mg q6h prn"), True, "reached"),
        (("oxycodone ER 15 mg q12h", "oxycodone 5 mg prn"), True, "reached"),
        (("oxycodone ER 10 mg q12h", "oxycodone 5 mg prn"), None, "unclear"),
    ],
)
def test_as_needed_doses_may_not_have_been_taken(medicines, tolerant, reason, tolerance_of):
    found = tolerance_of(*medicines)
    assert (found.tolerant, found.reason) == (tolerant, reason)
    assert bool(found.missing) is (tolerant is None)


@pytest.mark.parametrize(
    "medicines, days, tolerant",
    [
        (("Suboxone 8-2 mg film daily",), 400, None),
        (("Suboxone 8-2 mg film daily", "oxycodone 30 mg daily"), 400, None),
        (("Butrans 10 mcg/hr weekly",), 3, None),
        (("meperidine 50 mg q4h",), 400, None),
        (("little white pill",), 400, None),
        (("little white pill",), None, None),
        (("little white pill", "oxycodone 30 mg daily"), 400, True),
        (("oxycodone 5 mg prn",), 6, False),
        (("lisinopril 10 mg daily",), None, False),
        (("naltrexone 50 mg daily",), None, False),
        ((), None, False),
    ],
)
def test_what_is_not_known_is_neither_yes_nor_no(medicines, days, tolerant, tolerance_of):
    found = tolerance_of(*medicines, days=days)
    assert found.tolerant is tolerant
    assert bool(found.missing) is (tolerant is None)


@pytest.mark.parametrize("conditions, tolerant", [((), True), (("opioid_use_disorder",), None), (None, None)])
def test_methadone_is_held_against_the_definition_only_where_it_has_a_number(conditions, tolerant, tolerance_of):
    assert tolerance_of("methadone 30 mg daily", conditions=conditions).tolerant is tolerant


def test_unknown_medicines_leave_tolerance_unknown(factors_of):
    factors = factors_of()
    assert (factors.opioid_tolerant, factors.words["opioid_tolerant"]) == (None, None)
    assert factors.missing_fields("opioid_tolerant") == ["medications"]


@pytest.mark.parametrize("days, asked, word", [(None, ["opioid_days"], None), (7, [], "yes"), (6, [], "no")])
def test_tolerance_can_be_asked_as_a_word(days, asked, word, factors_of):
    factors = factors_of(medications=("oxycodone ER 30 mg q12h",), opioid_days=days)
    assert factors.words["opioid_tolerant"] == word
    assert factors.missing_fields("opioid_tolerant") == asked

"""Home medicines on the scale of morphine: what charts write, the daily dose, MME a day, or why there is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.case.medicines import read_medicine
from planner.case.morphine import equivalent, on_scale
from planner.case.opioid_use import total
from planner.case.terms import Terms

# text: daily dose of the opioid in mg (of a patch in mcg/h), MME a day by CDC 2022
COMPUTED = [
    ("Percocet 5/325 mg 1-2 tablets every 4-6 hours as needed", 60, 90),
    ("oxyCODONE 10 mg tablet q3h PRN", 80, 120),
    ("Norco 10-325 1 tab q6h prn max 4/day", 40, 40),
    ("Norco 10-325 1-2 tabs q4h prn max 6 tabs/day", 60, 60),
    ("MS Contin 30 mg BID", 60, 60),
    ("OxyContin 20 mg q12h", 40, 60),
    ("Duragesic 50 mcg/hr patch q72h", 50, 120),
    ("hydromorphone 2 mg 1-2 tabs po q4-6h prn pain", 24, 120),
    ("Dilaudid 4 mg tab q4h prn", 24, 120),
    ("tramadol 50 mg 2 tabs TID", 300, 60),
    ("Ultram 50 mg 1-2 tablets every 6 hours as needed", 400, 80),
    ("Tylenol #3 1-2 tabs q4h", 360, 54),
    ("methadone 10 mg three times daily", 30, 141),
    ("methadone 5 mg q8h", 15, 70.5),
    ("morphine ER 15 mg capsule every 8 hours", 45, 45),
    ("Nucynta 75 mg q6h", 300, 120),
    ("Nucynta ER 100 mg every 12 hours", 200, 80),
    (
        "hydrocodone-acetaminophen 7.5-325 mg per tablet, take 1 tablet by mouth every 6 hours as needed for pain",
        30,
        30,
    ),
    ("hydrocodone/acetaminophen 5/325 four times a day", 20, 20),
    ("oxycodone ER 10 mg twice a day", 20, 30),
    ("oxycodone ER 60 mg tablet, dose 10 mg q12h", 20, 30),
    ("oxyCODONE 30 mg tablet, dose: 15 mg, every 6 hours", 60, 90),
    ("fentanyl patch 25 mcg/h every 72 hours", 25, 60),
    ("fentanyl 25 mcg/hr patch, apply 1 patch every 72 hours, dispense 10 patches", 25, 60),
    ("fentanyl 25 mcg/hr patch every 72 hours, qty 5", 25, 60),
    ("fentanyl 25 mcg/hr patch every 72 hours #10", 25, 60),
    ("fentanyl 25 mcg/hr, apply 2 patches every 72 hours", 50, 120),
    ("fentanyl 12 mcg/hr patch, wears 2 patches, changed every 3 days", 24, 57.6),
    ("fentanyl 75 mcg/h patch every 10 days", 22.5, 54),
    ("fentanyl patch 50 mcg/h every 48 hours", 50, 120),
    ("fentanyl transdermal 100 mcg/hour q 3 days", 100, 240),
    ("fentanyl patch 25 mcg/h weekly", 75 / 7, 180 / 7),
    ("oxymorphone 10 mg q6h", 40, 120),
    ("Opana ER 20 mg bid", 40, 120),
    ("codeine 30 mg q6h prn", 120, 18),
    ("acetaminophen-codeine 300-30 mg 1 tab q6h", 120, 18),
    ("Hysingla ER 40 mg daily", 40, 40),
    ("Zohydro ER 20 mg every twelve hours", 40, 40),
    ("oxycodone 5 mg/5 mL, 10 mL q4h prn", 60, 90),
    ("oxycodone 20 mg/mL 0.5 mL q4h", 60, 90),
    ("morphine 10 mg/5 mL oral solution, 5 mL every 4 hours", 60, 60),
    ("oxycodone 5-10 mg every 4 to 6 hours prn", 60, 90),
    ("Take 1 Norco 10/325 every 6 hours", 40, 40),
    ("oxycodone 5 mg up to 4 times a day", 20, 30),
    ("oxycodone IR 15 mg one tablet four times daily", 60, 90),
    ("Roxicodone 15 mg 1/2 tab q6h", 30, 45),
    ("oxycodone 10 mg 1/2 to 1 tablet every 6 hours as needed", 40, 60),
    ("oxycodone 5 mg 1 to 2 tablets every 6 hours as needed for severe pain", 40, 60),
    (
        "oxyCODONE (ROXICODONE) 5 mg immediate release tablet Take 1 tablet (5 mg total) by mouth every "
        "4 (four) hours as needed for severe pain",
        30,
        45,
    ),
    ("Percodan 4.8355/325 q6h", 19.342, 29.013),
    ("Vicoprofen 7.5/200 q6h", 30, 30),
    ("Vicodin ES 1 tab q6h", 30, 30),
    ("Ultracet 37.5/325 2 tablets q6h", 300, 60),
    ("Targiniq 20/10 mg every 12 hours", 40, 60),
    ("oxycodone 10 mg in the morning and at bedtime", 20, 30),
    ("oxycodone 10 mg at 8 am, 2 pm and 8 pm", 30, 45),
    ("tramadol ER 200 mg once daily", 200, 40),
    ("tramadol 50 mg twice a week", 100 / 7, 20 / 7),
    ("morphine sulfate ER 30 mg q8h", 90, 90),
    ("morphine IR 15 mg every 6 hourly", 60, 60),
    ("hydromorphone 8 mg daily", 8, 40),
    ("1 Percocet 10-325 mg po qid", 40, 60),
    ("oxycodone 5 mg 2 tabs q6h x 5 days", 40, 60),
    ("oxycodone 2 x 5 mg q6h", 40, 60),
    ("oxycodone 5 mg four times daily, max daily amount: 20 mg", 20, 30),
    (
        "oxycodone-acetaminophen (PERCOCET) 10-325 MG per tablet; Take 1 tablet by mouth every 4 (four) hours as "
        "needed. Max daily amount: 5 tablets",
        50,
        75,
    ),
    (
        "oxyCODONE-acetaminophen (PERCOCET) 5-325 mg tablet Take 1-2 tablets by mouth every 6 (six) hours as needed "
        "for moderate pain (4-6) or severe pain (7-10)",
        40,
        60,
    ),
    (
        "morphine (MS CONTIN) 15 MG 12 hr tablet Take 1 tablet (15 mg total) by mouth 2 (two) times daily",
        30,
        30,
    ),
    ("fentaNYL (DURAGESIC) 25 mcg/hr Place 1 patch onto the skin every third day", 25, 60),
    ("fentanyl 50 mcg/hr 72 hr patch, 1 patch every 72 hr", 50, 120),
    ("hydrocodone ER 20 mg 24 hr capsule, 1 capsule every 24 hr", 20, 20),
    ("1-2 Norco 5/325 every 6 hours prn", 40, 40),
]
# text: a piece of the reason
NOT_COMPUTED = [
    ("oxycodone", "dose is not written"),
    ("oxycodone 5 mg", "how often"),
    ("oxycodone 5 mg as needed", "how often"),
    ("tramadol 50 mg 2 per week", "not clear (2)"),
    ("oxycodone 5 mg q4h, max dose 30 mg", "dose is not written or not clear"),
    ("oxycodone 0 mg q6h", "dose is not written or not clear"),
    ("fentanyl patch 0 mcg/h every 72 hours", "dose is not written or not clear"),
    ("oxycodone q6h", "dose is not written"),
    ("oxycodone 5 mg q4h tid", "how often it is taken is not written or not clear (q4h; tid)"),
    ("oxycodone ER 60 mg tablet, 10 mg q12h", "dose is not written or not clear (60 mg; 10 mg)"),
    ("hydromorphone 2 mg tablet, take 4 mg q4h", "dose is not written or not clear (2 mg; 4 mg)"),
    ("hydromorphone 1 mg IV q3h", "no factor for hydromorphone by this route"),
    ("morphine 2 mg subcutaneous q4h", "no factor for morphine by this route"),
    ("morphine 10 mg/mL injection 1 mL q4h", "no factor for morphine by this route"),
    ("inject morphine 10 mg q4h", "no factor for morphine by this route"),
    ("morphine 5 mg/day intrathecal pump", "no factor for morphine by this route"),
    ("morphine pump 5 mg daily", "no factor for morphine by this route"),
    ("hydromorphone PCA 0.2 mg q10min", "no factor for hydromorphone by this route"),
    ("morphine 20 mg/mL 0.5 mL SL q4h", "no factor for morphine by this route"),
    ("morphine suppository 10 mg q6h", "no factor for morphine by this route"),
    ("Suboxone 8-2 mg film daily", "partial agonist"),
    ("Butrans 10 mcg/hr weekly", "partial agonist"),
    ("buprenorphine 8 mg SL bid", "partial agonist"),
    ("Belbuca 300 mcg every 12 hours", "partial agonist"),
    ("Sublocade 300 mg monthly", "partial agonist"),
    ("Actiq 400 mcg q4h prn", "no factor for fentanyl by this route"),
    ("fentanyl buccal 100 mcg q4h prn", "no factor for fentanyl by this route"),
    ("fentanyl nasal spray 100 mcg q2h prn", "no factor for fentanyl by this route"),
    ("fentanyl 25 mcg patch every 72 hours", "dose is not written or not clear"),
    ("fentanyl patch 25 mcg/h", "how often"),
    ("fentanyl 25 mcg/hr 2 patches every 72 hours", "dose is not written or not clear (2 patches)"),
    ("fentanyl 25 mcg/hr 10 patches q72h", "dose is not written or not clear (10 patches)"),
    ("levorphanol 2 mg q8h", "CDC 2022 has no factor for levorphanol"),
    ("meperidine 50 mg q4h", "no factor for meperidine"),
    ("pentazocine-naloxone 50-0.5 mg q4h", "no factor for pentazocine"),
    ("Trezix 320.5/30/16 mg 2 capsules q4h", "no factor for dihydrocodeine"),
    ("opium tincture 0.6 mL qid", "no factor for opium"),
    ("butorphanol nasal spray 1 mg q4h", "no factor for butorphanol"),
    ("kratom 5 g daily", "no factor for kratom"),
    ("Robitussin AC 10 mL q4h", "dose is not written"),
    ("oxycodone 10 mg q6h, stopped 2026-11-01", "stopped or held"),
    ("oxycodone 10 mg q6h, held", "stopped or held"),
    ("oxycodone taper 10 mg q6h", "not clear"),
    ("oxycodone 5/325 q6h", "not understood as one medicine"),
    ("oxycodone 5 mg q6h and gabapentin 300 mg tid", "not understood as one medicine"),
    ("oxicodone 5 mg q6h", "may be an opioid: did you mean"),
    ("little white pill", "not recognized, may be an opioid"),
    ("not taking oxycodone", "may be an opioid"),
]
PIECES = [
    "5 mg",
    "5-10 mg",
    "0 mg",
    "10 mg/5 mL",
    "5 mL",
    "1-2 tablets",
    "1/2",
    "5/325",
    "q6h",
    "every 4-6 hours",
    "daily",
    "prn",
    "max 4/day",
    "25 mcg/h",
    "patch",
    "2 patches",
    "stopped",
    "fentanyl",
    "Suboxone",
    "acetaminophen",
    "iv",
    "dose 10 mg",
]
NO_OPIOIDS = [
    "lisinopril 10 mg daily",
    "acetaminophen 500 mg 2 tabs TID",
    "naltrexone 50 mg daily",
    "Vivitrol 380 mg every 4 weeks",
    "Narcan nasal spray 4 mg as needed",
    "methylnaltrexone 450 mg daily",
]


@pytest.fixture
def computed(library):
    """One chart line on the scale of an edition, without a patient unless conditions are given."""

    def compute(text, edition="cdc-2022", terms=None):
        medicine = read_medicine(text, library.lexicon)
        return equivalent(medicine, library.opioids.morphine.scale(edition), library.lexicon, terms)

    return compute


@pytest.mark.parametrize("text, per_day, mme", COMPUTED, ids=[line[0] for line in COMPUTED])
def test_a_chart_line_in_mme_a_day(text, per_day, mme, computed):
    found = computed(text)
    assert found.because == ""
    assert sum(part.per_day for part in found.daily) == pytest.approx(per_day)
    assert found.mme == pytest.approx(mme)


@pytest.mark.parametrize("text, because", NOT_COMPUTED, ids=[line[0] for line in NOT_COMPUTED])
def test_what_cannot_be_computed_is_never_zero(text, because, computed):
    found = computed(text)
    assert found.mme is None
    assert because in found.because


@pytest.mark.parametrize("text", NO_OPIOIDS)
def test_a_medicine_without_an_opioid_counts_nothing(text, computed):
    found = computed(text)
    assert (found.opioid, found.mme, found.daily) == (False, 0, ())


@pytest.mark.parametrize(
    "text, mme_2016, mme_2022",
    [
        ("hydromorphone 2 mg q6h", 32, 40),
        ("methadone 10 mg bid", 80, 94),
        ("methadone 10.5 mg bid", 168, 98.7),
        ("methadone 20 mg bid", 320, 188),
        ("methadone 20.5 mg bid", 410, 192.7),
        ("methadone 30 mg bid", 600, 282),
        ("methadone 30.5 mg bid", 732, 286.7),
        ("methadone 50 mg bid", 1200, 470),
        ("oxycodone 5 mg q6h", 30, 30),
    ],
)
def test_an_edition_has_its_own_factors(text, mme_2016, mme_2022, computed):
    assert computed(text, "cdc-2016").mme == pytest.approx(mme_2016)
    assert computed(text, "cdc-2022").mme == pytest.approx(mme_2022)


@pytest.mark.parametrize("text", ["tramadol 50 mg q6h", "tapentadol 50 mg q6h"])
def test_a_factor_of_another_edition_is_not_borrowed(text, computed):
    assert "CDC 2016 has no factor" in computed(text, "cdc-2016").because


def patient(present=(), asked=(), listed=True):
    return Terms(frozenset(present), frozenset(), frozenset(asked), listed)


@pytest.mark.parametrize(
    "terms, mme, missing",
    [
        (patient(), 141, ()),
        (patient(present=["opioid_use_disorder"]), None, ()),
        (patient(asked=["opioid_use_disorder"]), None, ("conditions.opioid_use_disorder",)),
        (patient(listed=False), None, ("conditions.opioid_use_disorder",)),
    ],
)
def test_methadone_counts_only_where_it_is_known_not_to_treat_opioid_use_disorder(terms, mme, missing, computed):
    found = computed("methadone 10 mg three times daily", terms=terms)
    assert found.mme == (mme if mme is None else pytest.approx(mme))
    assert (found.missing, found.unless) == (missing, None)
    assert bool(found.because) is (mme is None)


def test_without_a_patient_methadone_has_its_number_and_the_condition_that_would_void_it(computed):
    found = computed("methadone 10 mg three times daily")
    assert (found.mme, found.unless) == (pytest.approx(141), "opioid_use_disorder")
    assert computed("oxycodone 5 mg q6h").unless is None


def test_opioid_use_disorder_leaves_other_opioids_as_they_are(computed):
    assert computed("oxycodone 5 mg q6h", terms=patient(present=["opioid_use_disorder"])).mme == 30


@pytest.mark.parametrize(
    "texts, mme, known",
    [
        (["oxycodone ER 30 mg q12h", "oxycodone 5 mg q6h"], 120, 120),
        (["oxycodone ER 30 mg q12h", "Suboxone 8-2 mg film daily"], None, 90),
        (["oxycodone ER 30 mg q12h", "little white pill"], None, 90),
        (["oxycodone ER 30 mg q12h", "naltrexone 50 mg daily"], 90, 90),
        (["oxycodone 5 mg prn"], None, 0),
        ([], 0, 0),
    ],
)
def test_a_sum_is_known_only_where_every_part_is(texts, mme, known, computed):
    assert total(tuple(map(computed, texts))) == (mme, known)


def test_a_factor_by_steps_goes_by_the_daily_dose_of_all_medicines(library):
    texts = ["methadone 15 mg in the morning", "methadone 10 mg at bedtime"]
    medicines = [read_medicine(text, library.lexicon) for text in texts]
    read = on_scale(medicines, library.opioids.morphine.scale("cdc-2016"), library.lexicon)
    assert total(read) == (25 * 8, 25 * 8)


@given(st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join))
def test_an_opioid_is_never_zero_and_never_endless(library, pieces):
    for scale in map(library.opioids.morphine.scale, library.opioids.morphine.tables):
        found = equivalent(read_medicine(f"oxycodone {pieces}", library.lexicon), scale, library.lexicon)
        assert found.mme is None or 0 < found.mme < 1e9
        assert (found.mme is None) is bool(found.because)

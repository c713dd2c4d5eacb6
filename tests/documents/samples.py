"""Four plans as the composer could make them. The patients are invented; the years of sources may be wrong."""

import re
from datetime import datetime, timedelta
from typing import Any

from planner.plan.models import (
    Alert,
    Care,
    DischargeOpioid,
    Milestone,
    Missing,
    Naloxone,
    Omitted,
    Order,
    Plan,
    ProtocolIdentity,
    Provenance,
    Source,
)
from planner.plan.parts import Adjustment, Confirmation, Quantity, Statement
from planner.plan.regional import (
    AntithromboticTime,
    Block,
    BlockAdvice,
    Infusion,
    LipidDoses,
    LocalAnesthetic,
    LocalAnestheticPart,
    Maximum,
    TimelineSpan,
    TimeOutLine,
    ToxicityCard,
    WearOff,
)

TALL_MAN = {
    "oxycodone": "oxyCODONE",
    "hydromorphone": "HYDROmorphone",
    "bupropion": "buPROPion",
    "cefazolin": "ceFAZolin",
    "fentanyl": "fentaNYL",
    "epinephrine": "EPINEPHrine",
    "metformin": "metFORMIN",
}

# key | year | doi or url | how it was checked | title
SOURCE_TABLE = """
prospect-tka | 2022 | 10.1097/EJA.0000000000001691 | read | PROSPECT guideline for total knee arthroplasty: a review
eras-joint | 2020 | 10.1080/17453674.2019.1683790 | read | Perioperative care in total hip and knee replacement: ERAS
ofirmev-label | 2018 | https://dailymed.nlm.nih.gov/ | read | Acetaminophen injection, US prescribing information
celebrex-label | 2021 | https://dailymed.nlm.nih.gov/ | read | Celecoxib capsules, US prescribing information
kdigo | 2024 | 10.1016/j.kint.2023.10.018 | read | KDIGO guideline for chronic kidney disease
asra-anticoagulation | 2025 | 10.1136/rapm-2024-105766 | second-hand | Regional anesthesia with antithrombotics (ASRA)
esaic-esra | 2022 | 10.1097/EJA.0000000000001600 | second-hand | ESAIC and ESRA guideline: regional anesthesia on antithrombotics
asra-last | 2018 | 10.1097/AAP.0000000000000720 | read | The Third ASRA Practice Advisory on systemic toxicity
ponv-fourth | 2020 | 10.1213/ANE.0000000000004833 | read | Fourth Consensus Guidelines for nausea & vomiting
cdc-opioid | 2022 | 10.15585/mmwr.rr7103a1 | read | CDC Clinical Practice Guideline for Prescribing Opioids for Pain
oxycodone-label | 2023 | https://dailymed.nlm.nih.gov/ | read | Oxycodone tablets, US prescribing information
hydromorphone-label | 2023 | https://dailymed.nlm.nih.gov/ | second-hand | Hydromorphone injection, US information
ropivacaine-label | 2022 | https://dailymed.nlm.nih.gov/ | read | Ropivacaine injection, US prescribing information
beers | 2023 | 10.1111/jgs.18372 | read | American Geriatrics Society 2023 updated AGS Beers Criteria
asa-fasting | 2017 | 10.1097/ALN.0000000000001452 | read | Practice Guidelines for Preoperative Fasting
asa-fasting-2023 | 2023 | 10.1097/ALN.0000000000004381 | second-hand | Preoperative Fasting: Carbohydrate-containing Liquids
ashp-antibiotics | 2013 | 10.2146/ajhp120568 | read | Clinical practice guidelines for antimicrobial prophylaxis
ash-vte | 2019 | 10.1182/bloodadvances.2019000975 | second-hand | Guidelines for prevention of thromboembolism in surgery
fda-naloxone | 2020 | https://www.fda.gov/drugs | read | FDA Drug Safety Communication: naloxone with opioids
bree-opioids | 2018 | https://www.breecollaborative.org/ | second-hand | Prescribing opioids for postoperative pain
apta-tka | 2020 | 10.1093/ptj/pzaa099 | read | Physical therapist management of total knee arthroplasty
cryo-review | 2023 | 10.1002/14651858.CD007911.pub3 | second-hand | Cryotherapy following total knee replacement
senna-practice | | | unverified | Bowel regimen with opioids: usual practice
gabapentin-fda | 2019 | https://www.fda.gov/drugs | read | FDA Drug Safety Communication: gabapentinoids
goals-practice | | | unverified | Knee milestones: usual practice of rehabilitation services
lipid-checklist | 2020 | 10.1136/rapm-2020-101986 | read | Checklist for local anesthetic toxicity: 2020 version
block-leaflet | | https://www.alberta.ca/ | second-hand | Care after a nerve block: leaflet for patients
needle-practice | | | unverified | Usual practice of block teams
txa-guide | 2018 | 10.1016/j.arth.2018.08.002 | read | Tranexamic acid use in total joint arthroplasty
"""  # noqa: E501

# id (drug and phase) | kind | route and dose | details | why [sources]
HEALTHY_ORDERS = """
acetaminophen-preop | non_opioid | oral 1000 mg | timing=1 hour before surgery; start=2026-12-15T06:30; dose_form=2 tablets of 500 mg | basic analgesic [prospect-tka]
celecoxib-preop | non_opioid | oral 400 mg | timing=1 hour before surgery; start=2026-12-15T06:30; dose_form=2 capsules of 200 mg | eGFR 82; no ulcer, no heart disease [prospect-tka celebrex-label]
dexamethasone-intraop | adjuvant | iv 8 mg | timing=after induction | pain and nausea; no diabetes [prospect-tka ponv-fourth]
tranexamic acid-intraop | adjuvant | iv 1000 mg | over=10 minutes; timing=before incision | less bleeding [txa-guide]
ondansetron-intraop | antiemetic | iv 4 mg | timing=end of surgery | Apfel score 3: second of two agents [ponv-fourth]
fentanyl-intraop | opioid | iv 50 mcg | need=tourniquet pain; every=0.25; limit=200 | as little as needed [eras-joint]
hydromorphone-pacu | opioid | iv 0.2 mg | need=pain 7 to 10; every=0.1666667; limit=2; note=Hold when sedated (POSS 3 or more) or breathing less than 10 per minute. | rescue only [hydromorphone-label]
droperidol-pacu | antiemetic | iv 0.625 mg | need=nausea; limit=1.25 | another class than those given [ponv-fourth]
acetaminophen-ward | non_opioid | oral 1000 mg | every=6; limit=4000; days=3; start=2026-12-15T12:30; dose_form=2 tablets of 500 mg | weight over 50 kg, no liver disease [prospect-tka ofirmev-label]
celecoxib-ward | non_opioid | oral 200 mg | every=12; limit=400; days=5; start=2026-12-15T18:30 | eGFR 82 [celebrex-label]
oxycodone-ward | opioid | oral 5 mg | need=pain 4 to 10 that stops movement; every=4; limit=30; start=2026-12-15T19:00; changed=dose, 10 mg, 5 mg, opioid-naive, cdc-opioid | opioid-naive; first tablet before the block wears off [oxycodone-label cdc-opioid]
ondansetron-ward | antiemetic | iv 4 mg | need=nausea; every=8; limit=12 | Apfel score 3 [ponv-fourth]
senna-ward | bowel | oral 17.2 mg | every=24; timing=at bedtime; limit=34.4 | with the first opioid [senna-practice]
polyethylene glycol-ward | bowel | oral 17 g | need=no stool for 2 days; every=24 | second step [senna-practice]
pantoprazole-ward | gastroprotection | oral 40 mg | every=24; days=5 | celecoxib with aspirin [celebrex-label]
aspirin-ward | thromboprophylaxis | oral 81 mg | every=12; limit=162; days=35 | usual risk of clots [ash-vte]
amlodipine-ward | home_medication | oral 5 mg | every=24 |
atorvastatin-ward | home_medication | oral 20 mg | every=24 |
acetaminophen-home | non_opioid | oral 1000 mg | every=8; limit=3000; days=14; dose_form=2 tablets of 500 mg | basic analgesic, home limit [prospect-tka ofirmev-label]
celecoxib-home | non_opioid | oral 200 mg | every=12; limit=400; days=10 | eGFR 82 [celebrex-label]
oxycodone-home | opioid | oral 5 mg | need=pain that stops movement or sleep; every=6; limit=20; days=5 | falling dose [bree-opioids]
senna-home | bowel | oral 17.2 mg | every=24; timing=at bedtime | while taking oxycodone [senna-practice]
amlodipine-home | home_medication | oral 5 mg | every=24 |
atorvastatin-home | home_medication | oral 20 mg | every=24 |
"""  # noqa: E501

HARD_ORDERS = """
acetaminophen-preop | non_opioid | oral 650 mg | timing=1 hour before surgery; dose_form=2 tablets of 325 mg; changed=dose, 1,000 mg, 650 mg, weight 48 kg, ofirmev-label | basic analgesic [prospect-tka]
dexamethasone-intraop | adjuvant | iv 8 mg | timing=after induction | pain and nausea [ponv-fourth]
ondansetron-intraop | antiemetic | iv 4 mg | timing=end of surgery | second agent [ponv-fourth]
hydromorphone-pacu | opioid | iv 0.1 mg | need=pain 7 to 10; every=0.25; limit=1; changed=dose, 0.2 mg, 0.1 mg, age 84 with eGFR 19, beers | not morphine [hydromorphone-label]
acetaminophen-ward | non_opioid | oral 650 mg | every=6; limit=2600; dose_form=2 tablets of 325 mg; changed=dose, 1,000 mg, 650 mg, weight 48 kg, ofirmev-label | basic analgesic [prospect-tka]
hydromorphone-ward | opioid | oral 1 mg | need=pain 4 to 10 that stops movement; every=6; limit=4; changed=drug, oxycodone, hydromorphone, eGFR 19, kdigo; note=Continuous oximetry for the first 24 hours. | safer than morphine in kidney failure [kdigo]
senna-ward | bowel | oral 8.6 mg | every=24; timing=at bedtime | with the first opioid [senna-practice]
apixaban-ward | thromboprophylaxis | oral 2.5 mg | every=12; timing=from 12 hours after the operation | restart [ash-vte]
amlodipine-ward | home_medication | oral 5 mg | every=24 |
atorvastatin-ward | home_medication | oral 20 mg | every=24 |
levothyroxine-ward | home_medication | oral 50 mcg | every=24 |
metoprolol-ward | home_medication | oral 25 mg | every=12 |
bupropion-ward | home_medication | oral 150 mg | every=24 |
"""  # noqa: E501

# id | phase | topic | text | who | source
CARE_TABLE = """
education | before_admission | education | Explain the goal: move, not no pain. Give the handout | nurse | eras-joint
exercise | before_admission | exercise | Quadriceps exercises daily; crutch training | physical therapist | apta-tka
smoking | before_admission | smoking and alcohol | Stop 4 weeks before | | eras-joint
fasting | preop | fasting | No solid food after 23:30; clear fluids until 05:30 | | asa-fasting
carbohydrate | preop | carbohydrate-drink | 50 g carbohydrate in 400 mL, finished by 05:30 | | asa-fasting-2023
antibiotic | intraop | antibiotic | Cefazolin 2 g IV within 60 minutes before incision; local policy decides | | ashp-antibiotics
warming | intraop | temperature | Forced air warming; keep above 36 °C | anesthesia | eras-joint
drains | intraop | drains and catheter | No drain; no urinary catheter for a short operation | surgeon | eras-joint
compression | ward | thromboprophylaxis | Compression on both legs until walking | | ash-vte
cold | ward | cold | Cold pack 20 minutes, 4 times a day, cloth between | nurse | cryo-review
walking | ward | mobilization | Stand on the day of surgery, knee guarded while the block works | physical therapist | apta-tka
food | ward | food and drink | Normal food and drink on the day of surgery; stop IV fluid | nurse | eras-joint
monitoring | ward | monitoring | Pain, function and sedation before and 1 hour after each opioid | nurse | cdc-opioid
call | home | follow-up | Call on day 3: pain, bowels, tablets left | nurse | bree-opioids
"""  # noqa: E501

# id | phase | days | dates | text | who | source
MILESTONE_TABLE = """
walk | ward | 0 0 | 2026-12-15 2026-12-15 | Stand and walk with support | physical therapist | apta-tka
leg | ward | 1 1 | 2026-12-16 2026-12-16 | Raise the straight leg; walk to the bathroom | physical therapist | apta-tka
stairs | discharge | 1 3 | 2026-12-16 2026-12-18 | Stairs with a rail; bend to 70 degrees | physical therapist | apta-tka
wound | home | 10 14 | 2026-12-25 2026-12-29 | Wound check; clips out | surgeon | apta-tka
bend | home | 14 21 | 2026-12-29 2027-01-05 | Bend to 90 degrees | physical therapist | goals-practice
opioid | home | 7 14 | 2026-12-22 2026-12-29 | No opioid needed; call if still needed | patient | apta-tka
driving | home | 28 42 | 2027-01-12 2027-01-26 | Driving: off opioids, firm brake | patient | goals-practice
review | home | 42 42 | 2027-01-26 2027-01-26 | Review: walk without a stick, bend 110 degrees | surgeon | goals-practice
"""  # noqa: E501

# id | title | because | facts | origin | sources
OMITTED_TABLE = """
gabapentin | gabapentin | sedation without better pain relief | | protocol | prospect-tka gabapentin-fda
femoral | Femoral nerve block | adductor canal block chosen; less weakness | | choice | prospect-tka
ketorolac | ketorolac | celecoxib chosen; one NSAID only | | choice | celebrex-label
scopolamine | scopolamine patch | confusion in older adults | age 64 | patient | beers
morphine | intrathecal morphine | itching and late slow breathing | | protocol | prospect-tka
epidural | Epidural | delays walking | | protocol | prospect-tka
"""
HARD_OMITTED_TABLE = """
celecoxib | celecoxib and every NSAID | kidney failure with an anticoagulant | eGFR 19.2, apixaban | patient | kdigo
spinal | Spinal anesthesia | time since apixaban is not known | | patient | asra-anticoagulation
gabapentin | gabapentin | falls and sedation | age 84, eGFR 19.2 | patient | beers gabapentin-fda
femoral | Femoral nerve block | adductor canal block chosen; less weakness | | choice | prospect-tka
"""

# lane | kind | label | start | sure until | end; each moment is in December 2026
TIMELINE_TABLE = """
phases | phase | day of surgery: room, recovery, ward, Tue 15-Dec | 15T07:30 | | 16T00:00
phases | phase | day 1, Wed 16-Dec | 16T00:00 | | 17T00:00
phases | phase | day 2, Thu 17-Dec | 17T00:00 | | 18T00:00
phases | phase | day 3, Fri 18-Dec | 18T00:00 | | 18T07:30
night | night | night | 15T22:00 | | 16T06:00
night | night | night | 16T22:00 | | 17T06:00
night | night | night | 17T22:00 | | 18T06:00
"""
HEALTHY_SPANS = """
adductor-canal | block | Adductor canal block | 15T07:30 | 15T21:30 | 16T03:30
periarticular-knee | block | Knee infiltration by the surgeon | 15T07:30 | 15T13:30 | 15T19:30
"""
HARD_SPANS = """
adductor-canal | block | Adductor canal block | 15T07:30 | 15T21:30 | 16T03:30
gaps | gap | no block and no scheduled dose that is settled | 15T07:30 | | 18T07:30
"""
CATHETER_SPANS = """
adductor-catheter | infusion | Adductor canal catheter | 15T07:30 | 17T07:30 | 18T07:30
"""

# text | fact | source
TIME_OUT_TABLE = """
Confirm patient, procedure and consent | | needle-practice
Check that side and site are marked | side | needle-practice
Ask about allergies | allergies | needle-practice
Check antithrombotics and the time of the last dose | antithrombotics | asra-anticoagulation
Confirm the weight that doses rest on | weight | asra-last
Add up the local anesthetic in mg: all sites, both sides, infiltration and catheters | total | asra-last
Have ready: IV access, monitors, oxygen, lipid emulsion 20 percent, trained helper | | lipid-checklist
Aspirate, inject 3 to 5 mL at a time; stop for pain or no visible spread | | asra-last
Observe with monitors for at least 30 minutes | | asra-last
"""

# part of the emergency card | text | source
TOXICITY_TABLE = """
signs | Brain: metal taste, ringing ears, confusion, twitching; then seizure, coma | asra-last
signs | Heart: slow or fast pulse, wide QRS, arrest | asra-last
steps | Stop the injection or infusion of local anesthetic | lipid-checklist
steps | Call for help and lipid emulsion 20 percent | lipid-checklist
steps | Manage the airway first, with 100 percent oxygen | asra-last
steps | Treat a seizure with a benzodiazepine first | asra-last
steps | In cardiac arrest start CPR and be ready to go on for more than 1 hour | asra-last
avoid | Vasopressin, calcium channel blockers, beta blockers | asra-last
avoid | Propofol in place of lipid emulsion | asra-last
after | Observe for at least 2 hours after signs of the brain, 4 to 6 hours after signs of the heart | lipid-checklist
after | Admit to a monitored bed after a cardiac arrest | lipid-checklist
after | Give no more local anesthetic for 24 hours | needle-practice
after | Report the event and tell the family | needle-practice
"""

# audience | about | text | source
ADVICE_TABLE = """
staff | moderate risk of falling | First time out of bed with staff | needle-practice
staff | moderate risk of falling | Test straight-leg raise before the patient stands | apta-tka
patient | numb leg | Do not walk alone until the leg is strong | block-leaflet
patient | before the block ends | At bedtime put the next ordered dose and water at the bedside | block-leaflet
patient | before the block ends | Take the scheduled tablets before the block ends | block-leaflet
patient | every block | Call if you are still numb 48 hours after the block | block-leaflet
"""

HEALTHY_CASE = {
    "mrn": "0048213",
    "name": "EXAMPLE, Ada",
    "birth_date": "1962-03-14",
    "sex": "female",
    "weight_kg": 72.0,
    "height_cm": 164.0,
    "procedure": "TKA",
    "side": "left",
    "surgery_at": "2026-12-15T07:30",
    "setting": "inpatient",
    "anesthesia": "spinal",
    "surgeon": "Dr. Rivera",
    "location": "OR 3",
    "creatinine_mg_dl": 0.8,
    "conditions": ["ponv_history"],
    "medications": ["amlodipine 5 mg daily", "atorvastatin 20 mg at bedtime"],
    "allergies": ["penicillin (rash)"],
    "asa_class": 2,
}
HEALTHY_FACTORS = {
    "age": 64,
    "bmi": 26.77,
    "egfr": 82.4,
    "crcl": 79.0,
    "home_mme": 0.0,
    "opioid_tolerant": False,
    "drug_classes": ["calcium-channel-blocker", "statin"],
}
HARD_CASE = HEALTHY_CASE | {
    "name": "O'BRIEN-LINDQVIST, Wilhelmina",
    "mrn": "77120934",
    "birth_date": "1942-05-02",
    "side": "right",
    "weight_kg": 48.0,
    "height_cm": None,
    "conditions": None,
    "creatinine_mg_dl": 2.4,
    "allergies": None,
    "asa_class": None,
    "anesthesia": None,
    "surgeon": None,
    "medications": [{"drug": "apixaban", "text": "apixaban 2.5 BID", "last_taken_at": None}, "Lantus 10U qhs"],
}
HARD_FACTORS = {
    "age": 84,
    "bmi": None,
    "egfr": 19.2,
    "crcl": 13.2,
    "home_mme": None,
    "drug_classes": ["anticoagulant", "doac"],
    "hours_since.apixaban": None,
}


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split(" |")] for line in table.strip().split("\n")]


def mg(value: float) -> Quantity:
    return Quantity(value=value, unit="mg")


def says(text: str, *sources: str) -> Statement:
    return Statement(text=text, sources=list(sources))


def asks(factor: str, ask: str, if_yes: str = "", if_no: str = "", *sources: str) -> Confirmation:
    factors = [factor] if factor else []
    return Confirmation(factors=factors, ask=ask, if_yes=if_yes, if_no=if_no, sources=list(sources))


def order(id: str, phase: str, kind: str, drug: str, route: str | None, dose: Any, **more: Any) -> Order:
    size = mg(dose) if isinstance(dose, int | float) else dose
    verdict = more.pop("verdict", "give")
    return Order(id=id, phase=phase, kind=kind, drug=drug, route=route, dose=size, text="", verdict=verdict, **more)


def orders(table: str) -> list[Order]:
    return [_order(*row) for row in rows(table)]


def _order(id: str, kind: str, dose: str, details: str, why: str) -> Order:
    drug, phase = id.rsplit("-", 1)
    route, value, unit = dose.split()
    more: dict[str, Any] = {}
    for key, text in (pair.strip().split("=", 1) for pair in details.split(";")):
        more |= _detail(key, text, unit)
    reason = re.fullmatch(r"(.*) \[(.*)\]", why)
    if reason:
        more["reasons"] = [says(reason[1], *reason[2].split())]
    return order(id.replace(" ", "-"), phase, kind, drug, route, Quantity(value=float(value), unit=unit), **more)


def _detail(key: str, text: str, unit: str) -> dict[str, Any]:
    if key == "every":
        return {"interval_h": float(text)}
    if key == "limit":
        return {"max_24h": Quantity(value=float(text), unit=unit)}
    if key == "days":
        return {"duration_days": float(text)}
    if key == "need":
        return {"as_needed": True, "indication": text}
    if key == "note":
        return {"instructions": [says(text, "cdc-opioid")]}
    if key == "changed":
        part, before, after, because, source = text.split(", ")
        change = Adjustment(part=part, from_text=before, to_text=after, because=because, sources=[source])
        return {"adjustments": [change]}
    return {key: text}


def care(id: str, phase: str, topic: str, text: str, who: str = "", source: str = "", **more: Any) -> Care:
    return Care(id=id, phase=phase, topic=topic, text=text, who=who or None, sources=[source] if source else [], **more)


def _milestone(id: str, phase: str, days: str, dates: str, text: str, who: str, source: str) -> Milestone:
    (first, last), (begin, end) = days.split(), dates.split()
    span = {"from_day": int(first), "to_day": int(last), "date": begin, "to_date": end}
    return Milestone(id=id, phase=phase, text=text, who=who, sources=[source], **span)


def _omitted(id: str, title: str, because: str, facts: str, origin: str, sources: str) -> Omitted:
    listed = facts.split(", ") if facts else []
    return Omitted(id=id, title=title, because=because, facts=listed, origin=origin, sources=sources.split())


def _source(year: str, link: str, checked: str, title: str) -> Source:
    place = {"url": link} if link.startswith("http") else {"doi": link or None}
    return Source(title=title, year=int(year) if year else None, checked=checked, **place)


SOURCES = {key: _source(*rest) for key, *rest in rows(SOURCE_TABLE)}


def plan(**parts: Any) -> Plan:
    """A plan of the knee protocol with this sample's sources and time."""
    identity = ProtocolIdentity(
        id="knee/total-knee-arthroplasty",
        title="Total knee arthroplasty",
        version="2026.1",
        reviewed="2026-11-22",
        approval="draft",
    )
    made = Provenance(
        planner="planner 1.0", library="sha256:" + "5b1f0c27d2a94c8a" * 4, generated_at="2026-12-14T18:05:00"
    )
    return Plan(protocol=identity, sources=SOURCES, provenance=made, **parts)


def timeline(spans: str, *doses: TimelineSpan) -> list[TimelineSpan]:
    """Days and nights of the three days after surgery, these spans, and doses."""
    return [_span(*row) for row in rows(TIMELINE_TABLE + spans.lstrip())] + list(doses)


def _span(lane: str, kind: str, label: str, start: str, sure: str, end: str) -> TimelineSpan:
    return TimelineSpan(
        lane=lane, kind=kind, label=label, start=at(start), sure_until=at(sure) if sure else None, end=at(end)
    )


def at(text: str) -> str:
    """`15T07:30` as an ISO date-time of the month of surgery."""
    return f"2026-12-{text}"


def doses(order_id: str, first: str, count: int = 1, every_h: float = 0) -> list[TimelineSpan]:
    start = datetime.fromisoformat(at(first))
    times = [(start + timedelta(hours=every_h * number)).isoformat(timespec="minutes") for number in range(count)]
    label = order_id.rsplit("-", 1)[0]
    return [TimelineSpan(lane=order_id, kind="dose", label=label, start=time, end=time) for time in times]


def _round_the_clock() -> list[TimelineSpan]:
    return [
        *doses("acetaminophen-preop", "15T06:30"),
        *doses("acetaminophen-ward", "15T12:30", 12, every_h=6),
        *doses("celecoxib-preop", "15T06:30"),
        *doses("celecoxib-ward", "15T18:30", 6, every_h=12),
    ]


def _wear_off(block: str, first: str, last: str, text: str, night: bool = False, oral_by: str | None = None) -> WearOff:
    return WearOff(
        block=block,
        from_at=at(first),
        to_at=at(last),
        at_night=night,
        oral_by=at(oral_by) if oral_by else None,
        text=text,
        sources=["needle-practice"],
    )


def time_out(**facts: str | None) -> list[TimeOutLine]:
    """The list before the needle; a fact that is None is not known."""
    return [
        TimeOutLine(
            text=text,
            fact=(facts[fact] or "not known") if fact else "",
            known=not fact or facts[fact] is not None,
            sources=[source],
        )
        for text, fact, source in rows(TIME_OUT_TABLE)
    ]


def toxicity_card(**lipid: Any) -> ToxicityCard:
    """The emergency card with these doses of lipid emulsion."""
    parts: dict[str, list[Statement]] = {}
    for part, text, source in rows(TOXICITY_TABLE):
        parts.setdefault(part, []).append(says(text, source))
    doses = LipidDoses(
        repeat=says("Still unstable: repeat the same bolus once or twice", "lipid-checklist"),
        goes_on=says("Continue the infusion for at least 15 minutes after the patient is stable", "lipid-checklist"),
        sources=["lipid-checklist"],
        **lipid,
    )
    epinephrine = says("epinephrine 10 to 70\u00a0mcg IV for each dose (at most 1 mcg per kg each)", "lipid-checklist")
    return ToxicityCard(
        title="Local anesthetic systemic toxicity (LAST)", lipid=doses, epinephrine=epinephrine, **parts
    )


def _heavy_card() -> ToxicityCard:
    return toxicity_card(
        bolus_ml=100,
        infusion_ml=250,
        at_most_ml=864,
        bolus="100\u00a0mL over 2 to 3 minutes",
        infusion="about 250\u00a0mL over 15 to 20 minutes",
        at_most="864\u00a0mL in all (12 mL per kg, lower of actual and ideal weight)",
        basis="Fixed amounts: the actual weight, 72\u00a0kg, is over 70\u00a0kg",
    )


def _light_card() -> ToxicityCard:
    return toxicity_card(
        bolus_ml=72,
        infusion_ml_per_minute=12,
        at_most_ml=576,
        bolus="72\u00a0mL (1.5 mL per kg) over 2 to 3 minutes",
        infusion="12\u00a0mL per minute (0.25 mL per kg per minute)",
        at_most="576\u00a0mL in all (12 mL per kg, lower of actual and ideal weight)",
        basis="By 48\u00a0kg: lower of actual and ideal weight",
    )


def _card_without_weight() -> ToxicityCard:
    return toxicity_card(
        bolus="over 70\u00a0kg: 100\u00a0mL; else 1.5 mL per kg, over 2 to 3 minutes",
        infusion="over 70\u00a0kg: about 250\u00a0mL over 15 to 20 minutes; else 0.25 mL per kg per minute",
        at_most="12 mL per kg; weight not known",
        basis="Weight not known: weigh or estimate now, and work out the mL",
    )


def block_advice(*blocks: str) -> list[BlockAdvice]:
    found: dict[tuple[str, str], list[Statement]] = {}
    for audience, about, text, source in rows(ADVICE_TABLE):
        found.setdefault((audience, about), []).append(says(text, source))
    return [
        BlockAdvice(audience=audience, about=about, blocks=list(blocks), advice=advice)
        for (audience, about), advice in found.items()
    ]


def needle(**more: Any) -> AntithromboticTime:
    """Apixaban at a high dose, whose interval has passed before an operation on Tue 15-Dec 07:30."""
    parts = {
        "drug": "apixaban",
        "text": "apixaban 5 mg twice daily",
        "dose_class": "high",
        "dose_text": "5 or 10 mg twice daily",
        "edition": "ASRA 2025, fifth edition",
        "verdict": "passed",
        "last_dose_at": at("11T20:00"),
        "counted_from": at("11T20:00"),
        "interval": "72\u00a0hours",
        "interval_h": 72,
        "hours_elapsed": 83.5,
        "earliest_at": at("14T20:00"),
        "because": "not before Mon 14-Dec-2026 20:00; passed at the start of surgery",
        "stands_in": "A drug level under 30 nanogram per mL may replace the time",
        "catheter": "no catheter under this dose",
        "catheter_out": "72\u00a0hours",
        "next_after_needle": "24\u00a0hours",
        "next_after_needle_at": at("16T07:30"),
        "next_after_catheter": "6\u00a0hours",
        "other_editions": [says("ESAIC and ESRA 2022: up to 72\u00a0hours", "esaic-esra")],
        "notes": ["No heparin bridging", "A normal PT does not rule out drug effect", "Ask hematology"],
        "sources": ["asra-anticoagulation"],
    }
    return AntithromboticTime(**(parts | more))


def _unknown_needle() -> AntithromboticTime:
    """The same drug at a low dose, with no time of the last dose."""
    return needle(
        text="apixaban 2.5 BID",
        dose_class="low",
        dose_text="2.5 mg twice daily",
        verdict="unknown",
        last_dose_at=None,
        counted_from=None,
        interval="36\u00a0hours",
        interval_h=36,
        hours_elapsed=None,
        earliest_at=None,
        because="not offered: time of the last dose of apixaban not known. When was it? Needed: 36 hours",
        other_editions=[],
    )


def _early_needle() -> AntithromboticTime:
    """Clopidogrel, two days before the operation."""
    return needle(
        drug="clopidogrel",
        text="clopidogrel 75 mg daily",
        dose_class=None,
        dose_text="",
        verdict="too_early",
        last_dose_at=at("13"),
        counted_from=at("14T00:00"),
        interval="5 to 7 days",
        interval_h=168,
        hours_elapsed=31.5,
        earliest_at=at("21T00:00"),
        because="not before Mon 21-Dec-2026 00:00: 31.5 hours at the start of surgery",
        stands_in=None,
        catheter="a catheter may lie",
        catheter_out="at once",
        next_after_needle="at once",
        next_after_needle_at=at("15T07:30"),
        next_after_catheter=None,
        other_editions=[],
        notes=[],
    )


def healthy() -> Plan:
    """An ordinary knee: nothing to ask, one dose changed."""
    supply = DischargeOpioid(
        drug="oxycodone",
        strength_mg=5,
        tablets=10,
        mme_total=75,
        days=[],
        text="oxycodone 5 mg tablets, falling to none by Tue 22-Dec-2026",
        sources=["bree-opioids", "cdc-opioid"],
    )
    count_all = "count every product, 4,000 mg in 24 hours in all"
    half = "the discharge supply is half of the usual box"
    return plan(
        status="ready",
        case=HEALTHY_CASE,
        factors=HEALTHY_FACTORS,
        orders=orders(HEALTHY_ORDERS),
        blocks=[_adductor(), _infiltration()],
        care=[care(*row) for row in rows(CARE_TABLE)],
        milestones=[_milestone(*row) for row in rows(MILESTONE_TABLE)],
        omitted=[_omitted(*row) for row in rows(OMITTED_TABLE)],
        local_anesthetic=_budget(),
        block_advice=block_advice("adductor-canal"),
        time_out=time_out(
            side="left",
            allergies="penicillin (rash)",
            antithrombotics="none at home",
            weight="72\u00a0kg",
            total="ropivacaine 200\u00a0mg",
        ),
        toxicity_card=_heavy_card(),
        timeline=timeline(HEALTHY_SPANS, *_round_the_clock()),
        wear_off=[
            _wear_off(
                "adductor-canal",
                "15T21:30",
                "16T03:30",
                "may wear off Tue 15-Dec 21:30 to Wed 16-Dec 03:30, at night. "
                "Acetaminophen of Tue 15-Dec 18:30 still works then: give it on time; "
                "next acetaminophen Wed 16-Dec 00:30, not earlier",
                night=True,
            ),
            _wear_off(
                "periarticular-knee",
                "15T13:30",
                "15T19:30",
                "may wear off Tue 15-Dec 13:30 to 19:30. "
                "Acetaminophen of Tue 15-Dec 12:30 still works then: give it on time; "
                "next acetaminophen Tue 15-Dec 18:30, not earlier",
            ),
        ],
        alerts=[
            Alert(severity="caution", about="Acetaminophen", text=count_all, sources=["ofirmev-label"]),
            Alert(severity="info", about="Opioids", text=half, sources=["bree-opioids"]),
        ],
        discharge_opioid=supply,
        naloxone=Naloxone(verdict="not_needed", because="less than 50 MME per day", sources=["fda-naloxone"]),
    )


def _adductor(**more: Any) -> Block:
    parts = {
        "concentration_percent": 0.5,
        "volume_ml": 20,
        "dose_mg": 100,
        "sides": ["left"],
        "expected_h": (14, 20),
        "verdict": "give",
        "reasons": [says("first choice in this operation", "prospect-tka")],
        "before": [says("Record strength and feeling of the leg", "needle-practice")],
        "after": [says("Check strength and feeling every 4 hours", "needle-practice")],
        "instructions": [says("Time-out for side. Aspirate every 5 mL.", "asra-last")],
    }
    return Block(
        id="adductor-canal",
        phase="intraop",
        title="Adductor canal block",
        technique="single-shot",
        depth="superficial",
        drug="ropivacaine",
        motor_effect="quadriceps mostly spared",
        fall_risk="moderate",
        region="leg",
        onset="20 to 40 minutes",
        alternatives=["femoral"],
        text="",
        sources=["ropivacaine-label"],
        **(parts | more),
    )


def _infiltration() -> Block:
    less = Adjustment(
        part="volume", from_text="100 mL", to_text="50 mL", because="room left by the block", sources=["asra-last"]
    )
    return Block(
        id="periarticular-knee",
        phase="intraop",
        title="Knee infiltration by the surgeon",
        technique="infiltration",
        depth="infiltration",
        drug="ropivacaine",
        concentration_percent=0.2,
        volume_ml=50,
        dose_mg=100,
        sides=["left"],
        expected_h=(6, 12),
        fall_risk="low",
        region="leg",
        verdict="give",
        text="",
        reasons=[says("with the block", "prospect-tka")],
        adjustments=[less],
        sources=["ropivacaine-label"],
    )


def _budget() -> LocalAnesthetic:
    parts = [
        LocalAnestheticPart(
            block=block,
            drug="ropivacaine",
            dose_mg=100,
            maximum_mg=216,
            fraction=0.463,
            dose_24h_mg=100,
            maximum_24h_mg=800,
            fraction_24h=0.125,
        )
        for block in ("adductor-canal", "periarticular-knee")
    ]
    return LocalAnesthetic(
        fraction_of_maximum=0.9259,
        fraction_left=0.0741,
        weight_kg=72,
        weight_basis="actual weight",
        components=parts,
        maxima=[_maximum(216, "3 mg per kg of 72 kg = 216 mg")],
        sources=["asra-last", "ropivacaine-label"],
    )


def _maximum(mg: float, text: str) -> Maximum:
    return Maximum(drug="ropivacaine", maximum_mg=mg, text=text, sources=["ropivacaine-label"])


def catheter() -> Plan:
    """The ordinary knee with a catheter in place of the injection: local anesthetic counts at once and in 24 hours."""
    runs = Infusion(
        drug="ropivacaine",
        concentration_percent=0.2,
        lowest_ml_per_hour=4,
        ml_per_hour=8,
        bolus_ml=5,
        lockout_minutes=60,
        mg_per_hour=26,
        mg_in_24h=624,
        hours=(48, 72),
        text="ropivacaine 0.2 %, 4 to 8 mL per hour, bolus 5 mL at most once in 60 minutes "
        "(at most 26 mg per hour in all), 48 to 72 hours",
    )
    block = _adductor(volume_ml=10, dose_mg=50, expected_h=None, infusion=runs).model_copy(
        update={"id": "adductor-catheter", "title": "Adductor canal catheter", "technique": "catheter"}
    )
    first = {"block": block.id, "drug": "ropivacaine", "maximum_mg": 216, "maximum_24h_mg": 800}
    parts = [
        LocalAnestheticPart(**first, dose_mg=50, fraction=0.2315, dose_24h_mg=50, fraction_24h=0.0625),
        LocalAnestheticPart(**first, how="infusion", dose_mg=26, fraction=0.1204, dose_24h_mg=624, fraction_24h=0.78),
    ]
    total = _budget().model_copy(
        update={
            "fraction_of_maximum": 0.3519,
            "fraction_of_24h": 0.8425,
            "fraction_left": 0.1575,
            "components": parts,
            "maxima": [_maximum(216, "3 mg per kg of 72 kg = 216 mg"), _maximum(800, "at most 800 mg in 24 hours")],
        }
    )
    return healthy().model_copy(
        update={
            "blocks": [block],
            "local_anesthetic": total,
            "block_advice": block_advice(block.id),
            "timeline": timeline(CATHETER_SPANS, *_round_the_clock()),
            "wear_off": [],
        }
    )


HARD_QUESTIONS = {
    "dexamethasone-intraop": [asks("conditions.diabetes", "Diabetes?", "give 4 mg and check glucose", "give 8 mg")],
    "ondansetron-intraop": [
        asks("qtc_ms", "ECG: QTc over 500 ms?", "leave out", "give", "ponv-fourth"),
        asks("conditions.long_qt", "Congenital long QT?", "leave out"),
    ],
    "acetaminophen-ward": [
        asks(f"conditions.{term}", ask, "at most 2,000 mg in 24 hours")
        for term, ask in (
            ("cirrhosis", "Cirrhosis or severe liver disease?"),
            ("alcohol_use_disorder", "Heavy alcohol use?"),
            ("malnutrition", "Malnutrition or low intake?"),
        )
    ],
    "apixaban-ward": [asks("", "Surgeon agrees to restart apixaban on day 1?", "", "ask again daily", "ash-vte")],
}
OPIOID_QUESTIONS = {
    "sleep_apnea": "Sleep apnea? If not known: STOP-Bang score",
    "severe_copd": "Severe COPD?",
    "home_oxygen": "Oxygen at home?",
    "opioid_use_disorder": "Opioid use disorder?",
    "delirium_history": "Delirium before?",
    "dementia": "Dementia?",
    "epilepsy": "Epilepsy or seizures?",
    "raised_intracranial_pressure": "Raised intracranial pressure?",
    "bowel_obstruction": "Bowel or gastric outlet obstruction?",
    "urinary_retention": "Urinary retention?",
}


def hard() -> Plan:
    """Kidney failure, apixaban, and a history nobody wrote down."""
    opioid = [
        asks(
            f"conditions.{term}",
            ask,
            "halve the dose; oximetry" if at < 4 else "ask the pain service",
            "",
            "cdc-opioid",
        )
        for at, (term, ask) in enumerate(OPIOID_QUESTIONS.items())
    ]
    questions = HARD_QUESTIONS | {"hydromorphone-pacu": opioid, "hydromorphone-ward": opioid}
    planned = orders(HARD_ORDERS)
    for line in planned:
        line.confirmations = questions.get(line.id, [])
        line.verdict = "confirm" if line.confirmations else "give"
    site = [
        asks(
            "conditions.infection_at_site",
            "Infection at the needle site, or an abscess on its path?",
            "leave out",
            "give",
        ),
        asks("conditions.peripheral_neuropathy", "Peripheral neuropathy?", "discuss, document, less volume"),
    ]
    return plan(
        status="confirm",
        case=HARD_CASE,
        factors=HARD_FACTORS,
        orders=planned,
        blocks=[_adductor(sides=["right"], verdict="confirm", confirmations=site, earliest_at="2026-12-15T20:00")],
        antithrombotics=[_unknown_needle()],
        block_advice=block_advice("adductor-canal"),
        time_out=time_out(
            side="right",
            allergies=None,
            antithrombotics="apixaban, ask the time",
            weight="48\u00a0kg",
            total="ropivacaine 100\u00a0mg",
        ),
        toxicity_card=_light_card(),
        timeline=timeline(HARD_SPANS),
        wear_off=[
            _wear_off(
                "adductor-canal",
                "15T21:30",
                "16T03:30",
                "may wear off Tue 15-Dec 21:30 to Wed 16-Dec 03:30, at night. "
                "Give oral pain medicine by Tue 15-Dec 15:30, 6 hours before the earliest end",
                night=True,
                oral_by="15T15:30",
            )
        ],
        care=[care(*row) for row in rows(CARE_TABLE)[3:]],
        milestones=[_milestone(*row) for row in rows(MILESTONE_TABLE)],
        omitted=[_omitted(*row) for row in rows(HARD_OMITTED_TABLE)],
        missing=[
            Missing(factor="qtc_ms", text="ECG: QTc over 500 ms?", needed_for=["ondansetron-intraop"]),
            Missing(factor="frailty", text="Clinical Frailty Scale?"),
            Missing(factor="hours_since.apixaban", text="Last dose of apixaban?", needed_for=["spinal"]),
        ],
        alerts=[
            _caution(
                "Apixaban", "last dose not known: no spinal or deep block before 72 hours", "asra-anticoagulation"
            ),
            _caution("No NSAID", "eGFR 19.2 with apixaban", "kdigo"),
            _caution("Medicine not recognized", "'Lantus 10U qhs' stands as written; check it by hand"),
        ],
        naloxone=Naloxone(verdict="give", because="age 84 with kidney failure and an opioid", sources=["fda-naloxone"]),
    )


def _caution(about: str, text: str, *sources: str) -> Alert:
    return Alert(severity="caution", about=about, text=text, sources=list(sources))


def stopped() -> Plan:
    """An operation that must not go on as booked, and a patient with no name, number or weight."""
    stent = "taken 2 days ago with a drug-eluting stent of 5 weeks: the operation waits for cardiology"
    case = HEALTHY_CASE | {"name": None, "mrn": None, "weight_kg": None, "birth_date": None}
    factors = HEALTHY_FACTORS | {"age": None, "bmi": None, "egfr": None, "crcl": None}
    reasons = [
        Alert(severity="stop", about="Local anesthetic", text="the weight is not known", sources=["asra-last"]),
        Alert(severity="stop", about="Clopidogrel", text=stent, sources=["asra-anticoagulation"]),
    ]
    return healthy().model_copy(
        update={
            "status": "stop",
            "case": case,
            "factors": factors,
            "alerts": reasons,
            "antithrombotics": [_early_needle()],
            "local_anesthetic": None,
            "time_out": time_out(
                side="left", allergies="penicillin (rash)", antithrombotics="clopidogrel", weight=None, total=None
            ),
            "toxicity_card": _card_without_weight(),
        }
    )

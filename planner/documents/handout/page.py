"""The handout as a page sees it. All choosing and grouping is done here; the template only lays out."""

from dataclasses import dataclass

from planner.documents.handout.calendar import Calendar, calendar
from planner.documents.handout.medicines import COLUMNS, MedicineRow, medicine_rows
from planner.documents.languages import Spoken
from planner.documents.record import plan_digest, short_id
from planner.plan.handout import DailyAmount, OwnMedicine, PatientMilestone, PatientText, Phone
from planner.plan.models import Plan

_SHORT_TOPICS = (
    "cold",
    "elevation",
    "breathing",
    "exercise",
    "moving",
    "sleep",
    "relaxation",
    "eating",
    "bowels",
    "wound",
    "driving",
    "work",
)


@dataclass(frozen=True)
class Who:
    name: str | None
    birth_date: str | None
    age: int | None
    record_number: str | None
    operation: PatientText
    side: str | None
    surgery_date: str | None
    home_date: str | None


@dataclass(frozen=True)
class OwnMedicines:
    """Medicines from before: those that go on, those a person decides about, those that wait for a day."""

    go_on: tuple[OwnMedicine, ...]
    ask: tuple[OwnMedicine, ...]
    wait: tuple[OwnMedicine, ...]
    known: bool


@dataclass(frozen=True)
class Standing:
    """What the foot of the page says of the handout itself."""

    hospital: str | None
    protocol: str
    version: str
    approved: bool
    plan_id: str
    made: str
    reviewed: str | None


@dataclass(frozen=True)
class HandoutPage:
    who: Who
    settle: tuple[str, ...]
    goal: tuple[PatientText, ...]
    expect: tuple[PatientText, ...]
    columns: tuple[str, ...]
    medicines: tuple[MedicineRow, ...]
    when_needed: tuple[MedicineRow, ...]
    acetaminophen: DailyAmount | None
    opioid: str
    calendar: Calendar | None
    signed: bool
    opioid_advice: tuple[PatientText, ...]
    avoid: tuple[PatientText, ...]
    own: OwnMedicines
    block: tuple[PatientText, ...]
    topics: tuple[tuple[str, tuple[PatientText, ...]], ...]
    milestones: tuple[PatientMilestone, ...]
    call: tuple[PatientText, ...]
    emergency: tuple[PatientText, ...]
    overdose: tuple[PatientText, ...]
    naloxone: tuple[PatientText, ...]
    storage: tuple[PatientText, ...]
    phones: tuple[Phone, ...]
    teach_back: tuple[PatientText, ...]
    standing: Standing


def handout_page(plan: Plan, patient: Spoken) -> HandoutPage:
    """The view of a plan's handout, in a language of its own or with the notice that it is not."""
    handout = plan.handout
    by_topic = {advice.topic: tuple(advice.lines) for advice in handout.advice}
    rows = medicine_rows(plan)
    scheduled = tuple(row for row in rows if not row.as_needed)
    return HandoutPage(
        who=_who(plan),
        settle=_settle(plan, patient),
        goal=by_topic.get("goal", ()),
        expect=by_topic.get("expect", ()),
        columns=COLUMNS,
        medicines=scheduled,
        when_needed=tuple(row for row in rows if row.as_needed),
        acetaminophen=handout.acetaminophen,
        opioid=handout.opioid,
        calendar=calendar(plan.discharge_opioid) if handout.opioid == "prescribed" else None,
        signed=handout.signed,
        opioid_advice=by_topic.get("opioid", ()),
        avoid=by_topic.get("avoid", ()),
        own=_own(plan),
        block=by_topic.get("block", ()),
        topics=tuple((topic, by_topic[topic]) for topic in _SHORT_TOPICS if topic in by_topic),
        milestones=tuple(handout.milestones),
        call=tuple(handout.call),
        emergency=tuple(handout.emergency),
        overdose=by_topic.get("overdose", ()),
        naloxone=by_topic.get("naloxone", ()),
        storage=by_topic.get("storage", ()),
        phones=tuple(plan.site.phones) if plan.site else (),
        teach_back=by_topic.get("teach_back", ()),
        standing=_standing(plan, patient.code),
    )


def _who(plan: Plan) -> Who:
    case = plan.case
    return Who(
        name=case.get("name"),
        birth_date=case.get("birth_date"),
        age=plan.factors.get("age"),
        record_number=case.get("mrn"),
        operation=plan.handout.operation,
        side=case.get("side"),
        surgery_date=case.get("surgery_at"),
        home_date=case.get("discharge_at"),
    )


def _own(plan: Plan) -> OwnMedicines:
    own = plan.handout.own
    by_take = {take: tuple(one for one in own or () if one.take == take) for take in ("yes", "ask", "no")}
    return OwnMedicines(by_take["yes"], by_take["ask"], by_take["no"], known=own is not None)


def _settle(plan: Plan, patient: Spoken) -> tuple[str, ...]:
    """What a nurse settles first: of the plan, and of this page."""
    notice = [patient.notice] if patient.notice else []
    day = ["Day of going home: not known; the dates below are left open"] if not plan.case.get("discharge_at") else []
    return (*notice, *(statement.text for statement in plan.handout.settle), *day)


def _standing(plan: Plan, language: str) -> Standing:
    return Standing(
        hospital=plan.site.hospital if plan.site else None,
        protocol=plan.protocol.title,
        version=plan.protocol.version,
        approved=plan.protocol.approval.startswith("approved"),
        plan_id=short_id(plan_digest(plan)),
        made=plan.provenance.generated_at,
        reviewed=plan.handout.reviewed.get(language),
    )

"""Errors to plant in good plans. Each plant yields plans that are wrong in one way, and what the audit may call it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from planner.plan.models import Alert, HomeIngredient, HomeMedicine, KnownAllergy, Order, Plan
from planner.plan.parts import Quantity
from planner.plan.regional import AntithromboticTime, Block

Planted = Iterator[tuple[str, Plan]]
"""(what was done, the wrong plan)"""
PLANTS: list[tuple[str, frozenset[str], Callable[[Plan], Planted]]] = []


def plants(name: str, *kinds: str):
    """Register a plant: its name, and the kinds of finding that are right for it."""

    def register(made: Callable[[Plan], Planted]):
        PLANTS.append((name, frozenset(kinds), made))
        return made

    return register


def own(plan: Plan, *, phases: tuple[str, ...] = ()) -> list[int]:
    """Where the plan's own orders stand, of some phases."""
    return [
        at
        for at, order in enumerate(plan.orders)
        if order.kind != "home_medication" and (not phases or order.phase in phases)
    ]


def changed(plan: Plan, at: int, **values) -> Plan:
    """A copy with some fields of one order changed."""
    copy = plan.model_copy(deep=True)
    copy.orders[at] = copy.orders[at].model_copy(update=values)
    return copy


def with_block(plan: Plan, at: int, **values) -> Plan:
    copy = plan.model_copy(deep=True)
    copy.blocks[at] = copy.blocks[at].model_copy(update=values)
    return copy


def times(quantity: Quantity, factor: float) -> Quantity:
    return Quantity(value=quantity.value * factor, unit=quantity.unit)


@plants("ten times the dose", "dose", "daily-total")
def _(plan: Plan) -> Planted:
    for at in own(plan):
        order = plan.orders[at]
        if order.dose and order.kind != "fluid_nutrition":
            yield order.id, changed(plan, at, dose=times(order.dose, 10))


@plants("milligrams written as grams", "dose", "daily-total")
def _(plan: Plan) -> Planted:
    for at in own(plan):
        order = plan.orders[at]
        if order.dose and order.dose.unit == "mg":
            yield order.id, changed(plan, at, dose=Quantity(value=order.dose.value, unit="g"))


@plants("a rate too high", "rate")
def _(plan: Plan) -> Planted:
    for at in own(plan):
        if rate := plan.orders[at].rate:
            for factor in (1.5, 10):
                yield f"{plan.orders[at].id}, {factor} times", changed(plan, at, rate=times(rate, factor))


@plants("a third of the interval", "interval", "daily-total")
def _(plan: Plan) -> Planted:
    for at in own(plan):
        order = plan.orders[at]
        if order.interval_h and order.dose:
            yield order.id, changed(plan, at, interval_h=order.interval_h / 3)


@plants("three times the limit of the day", "daily-total")
def _(plan: Plan) -> Planted:
    for at in own(plan):
        order = plan.orders[at]
        if order.max_24h and order.kind != "antidote":
            yield order.id, changed(plan, at, max_24h=times(order.max_24h, 3))


@plants("acetaminophen from home on top", "daily-total")
def _(plan: Plan) -> Planted:
    if any(plan.orders[at].drug == "acetaminophen" for at in own(plan, phases=("ward",))):
        copy = plan.model_copy(deep=True)
        part = HomeIngredient(drug="acetaminophen", dose_mg=1000)
        medicine = HomeMedicine(
            text="acetaminophen 1,000 mg four times daily",
            drug="acetaminophen",
            ingredients=[part],
            times_per_day=4,
            classes=["acetaminophen"],
            action="continue",
        )
        copy.home_medicines = [*(copy.home_medicines or ()), medicine]
        yield "home", copy


@plants("a course of 60 days", "course")
def _(plan: Plan) -> Planted:
    for at in own(plan):
        if plan.orders[at].duration_days and plan.orders[at].drug in ("celecoxib", "acetaminophen"):
            yield plan.orders[at].id, changed(plan, at, duration_days=60)


@plants("a second NSAID", "two-of-a-class")
def _(plan: Plan) -> Planted:
    for at in own(plan, phases=("ward", "discharge")):
        order = plan.orders[at]
        if order.drug == "celecoxib":
            copy = plan.model_copy(deep=True)
            second = {"id": "ibuprofen-ward", "drug": "ibuprofen", "regimen": "oral-scheduled"}
            copy.orders.append(order.model_copy(update=second))
            yield order.id, copy


@plants("an NSAID from home beside", "two-of-a-class", "contraindication")
def _(plan: Plan) -> Planted:
    if any(plan.orders[at].drug == "celecoxib" for at in own(plan)):
        copy = plan.model_copy(deep=True)
        medicine = HomeMedicine(text="naproxen 500 mg", drug="naproxen", classes=["nsaid"], action="continue")
        copy.home_medicines = [*(copy.home_medicines or ()), medicine]
        yield "home", copy


@plants("one order twice", "duplicate")
def _(plan: Plan) -> Planted:
    for at in own(plan):
        order = plan.orders[at]
        if order.dose:
            copy = plan.model_copy(deep=True)
            copy.orders.append(order.model_copy(update={"id": f"{order.id}-again"}))
            yield order.id, copy


@plants("a gabapentinoid beside the opioid, and no warning", "sedatives")
def _(plan: Plan) -> Planted:
    silent = {"cautions": [], "confirmations": []}
    wards = own(plan, phases=("ward",))
    if any(plan.orders[at].kind == "opioid" for at in wards):
        copy = plan.model_copy(deep=True)
        for at in wards:
            copy.orders[at] = copy.orders[at].model_copy(update=silent)
        classes = ["cns-depressant", "gabapentinoid"]
        home = HomeMedicine(text="pregabalin 75 mg", drug="pregabalin", classes=classes, action="continue")
        copy.home_medicines = [*(copy.home_medicines or ()), home]
        yield "ward", copy


@plants("an allergy to the drug", "allergy")
def _(plan: Plan) -> Planted:
    for at in own(plan):
        drug = plan.orders[at].drug
        copy = plan.model_copy(deep=True)
        allergy = KnownAllergy(text=drug, covers=[drug], sort="allergy", recognized=True)
        copy.allergies = [*(copy.allergies or ()), allergy]
        yield drug, copy


@plants("an allergy to the local anesthetic", "allergy")
def _(plan: Plan) -> Planted:
    for block in plan.blocks:
        copy = plan.model_copy(deep=True)
        covers = ["amide-local-anesthetic", block.drug]
        copy.allergies = [KnownAllergy(text="local anesthetics", covers=covers, sort="allergy", recognized=True)]
        yield block.id, copy


@plants("an allergy to the opioid to take home", "allergy")
def _(plan: Plan) -> Planted:
    if plan.discharge_opioid:
        copy = plan.model_copy(deep=True)
        copy.discharge_opioid.drug = "codeine"
        copy.allergies = [KnownAllergy(text="codeine", covers=["codeine"], sort="allergy", recognized=True)]
        yield "codeine", copy


@plants("an opioid to take home that a disease rules out", "contraindication")
def _(plan: Plan) -> Planted:
    if plan.discharge_opioid:
        copy = plan.model_copy(deep=True)
        copy.orders = [order for order in copy.orders if order.kind != "opioid"]
        copy.case["conditions"] = ["bowel_obstruction"]
        yield "bowel obstruction", copy


_RULED_OUT = {
    "celecoxib": ("heart_failure", "dialysis", "cabg", "recent_mi", "sepsis"),
    "acetaminophen": ("severe_liver_disease",),
    "oxycodone": ("bowel_obstruction", "respiratory_depression"),
    "hydromorphone": ("bowel_obstruction", "respiratory_depression"),
}


@plants("a disease that rules the drug out", "contraindication")
def _(plan: Plan) -> Planted:
    for drug in dict.fromkeys(plan.orders[at].drug for at in own(plan)):
        for term in _RULED_OUT.get(drug, ()):
            copy = plan.model_copy(deep=True)
            copy.case["conditions"] = [*(copy.case.get("conditions") or ()), term]
            yield f"{drug}, {term}", copy


@plants("kidney function under the limit", "contraindication")
def _(plan: Plan) -> Planted:
    if any(plan.orders[at].drug == "celecoxib" for at in own(plan)):
        copy = plan.model_copy(deep=True)
        copy.factors["kidney"] = 29.9
        copy.factors.pop("kidney_range", None)
        yield "celecoxib", copy


@plants("a question that is no longer asked", "not-confirmed")
def _(plan: Plan) -> Planted:
    for at in own(plan):
        order = plan.orders[at]
        if order.verdict == "confirm" and order.confirmations and order.drug not in ("pantoprazole", "senna"):
            yield order.id, changed(plan, at, verdict="give")


def needle(block: Block, **values) -> AntithromboticTime:
    common = {
        "drug": "apixaban",
        "text": "apixaban 5 mg",
        "edition": "x",
        "because": "too early",
        "verdict": "too_early",
    }
    return AntithromboticTime(**(common | values))


@plants("a deep needle that does not wait", "needle-time")
def _(plan: Plan) -> Planted:
    for at, block in enumerate(plan.blocks):
        if block.depth not in ("neuraxial", "deep"):
            continue
        for verdict in ("too_early", "unknown", "avoid"):
            copy = with_block(plan, at, verdict="give", confirmations=[])
            copy.antithrombotics = [needle(block, verdict=verdict)]
            yield f"{block.id}, {verdict}", copy
        copy = with_block(plan, at, verdict="give", confirmations=[])
        later = (datetime.fromisoformat(plan.case["surgery_at"]) + timedelta(hours=9)).isoformat()
        copy.antithrombotics = [needle(block, verdict="passed", earliest_at=later)]
        yield f"{block.id}, earliest later", copy


@plants("an interval that has not passed", "needle-time")
def _(plan: Plan) -> Planted:
    for at, row in enumerate(plan.antithrombotics):
        copy = plan.model_copy(deep=True)
        copy.antithrombotics[at] = row.model_copy(update={"verdict": "passed", "interval_h": 72, "hours_elapsed": 71.5})
        yield row.drug, copy


@plants("three times the local anesthetic", "local-anesthetic")
def _(plan: Plan) -> Planted:
    for at, block in enumerate(plan.blocks):
        if block.dose_mg and block.volume_ml and block.technique != "spinal":
            yield block.id, with_block(plan, at, dose_mg=block.dose_mg * 3, volume_ml=block.volume_ml * 3)


@plants("a volume that is not the dose", "local-anesthetic")
def _(plan: Plan) -> Planted:
    for at, block in enumerate(plan.blocks):
        if block.dose_mg and block.volume_ml and block.concentration_percent and block.technique != "spinal":
            yield block.id, with_block(plan, at, volume_ml=block.volume_ml + 10)


@plants("an infusion that gives more than it says", "local-anesthetic")
def _(plan: Plan) -> Planted:
    for at, block in enumerate(plan.blocks):
        if block.infusion:
            more = block.infusion.model_copy(update={"ml_per_hour": block.infusion.ml_per_hour * 2})
            yield block.id, with_block(plan, at, infusion=more)


@plants("local anesthetic that is not counted", "local-anesthetic")
def _(plan: Plan) -> Planted:
    if plan.local_anesthetic and plan.local_anesthetic.components:
        copy = plan.model_copy(deep=True)
        copy.local_anesthetic.components.pop()
        yield "components", copy


@plants("a daily opioid from home that is forgotten", "opioid-baseline")
def _(plan: Plan) -> Planted:
    for at, medicine in enumerate(plan.home_medicines or ()):
        if "opioid" in medicine.classes and not medicine.as_needed and medicine.action == "continue":
            for action in (None, "stop", "hold"):
                copy = plan.model_copy(deep=True)
                copy.home_medicines[at] = medicine.model_copy(update={"action": action})
                copy.alerts = []
                yield f"{medicine.text}, {action}", copy


@plants("wrong morphine equivalents at home", "morphine-equivalent")
def _(plan: Plan) -> Planted:
    if plan.home_opioids and plan.home_opioids.mme_per_day:
        copy = plan.model_copy(deep=True)
        copy.home_opioids.mme_per_day = plan.home_opioids.mme_per_day / 2
        yield "home", copy


def with_taper(plan: Plan, **values) -> Plan:
    copy = plan.model_copy(deep=True)
    copy.discharge_opioid = copy.discharge_opioid.model_copy(update=values)
    return copy


@plants("a taper that is wrong", "taper")
def _(plan: Plan) -> Planted:
    opioid = plan.discharge_opioid
    if opioid is None or len(opioid.days) < 2:
        return
    yield "more tablets than days use", with_taper(plan, tablets=opioid.tablets + 4)
    yield "less tablets than days use", with_taper(plan, tablets=opioid.tablets - 1)
    yield "a day left out", with_taper(plan, days=[opioid.days[0], *opioid.days[2:]])
    last = opioid.days[-1].model_copy(update={"tablets": opioid.days[0].tablets + 1})
    yield "rises at the end", with_taper(plan, days=[*opioid.days[:-1], last])
    if opioid.days[1].date:
        late = opioid.days[1].model_copy(update={"date": "2027-01-30"})
        yield "a wrong date", with_taper(plan, days=[opioid.days[0], late, *opioid.days[2:]])


@plants("wrong morphine equivalents to take home", "morphine-equivalent")
def _(plan: Plan) -> Planted:
    opioid = plan.discharge_opioid
    if opioid is None:
        return
    yield "in all", with_taper(plan, mme_total=opioid.mme_total + 5)
    for at, day in enumerate(opioid.days):
        days = [*opioid.days]
        days[at] = day.model_copy(update={"mme": day.mme * 2 + 1})
        yield f"day {day.day}", with_taper(plan, days=days)


@plants("a prescription too strong", "dose", "daily-total", "taper")
def _(plan: Plan) -> Planted:
    opioid = plan.discharge_opioid
    if opioid:
        days = [day.model_copy(update={"tablets": day.tablets * 20}) for day in opioid.days]
        yield "twenty times", with_taper(plan, days=days, tablets=opioid.tablets * 20)


@plants("no naloxone though a reason stands", "naloxone")
def _(plan: Plan) -> Planted:
    if plan.discharge_opioid and plan.naloxone:
        copy = plan.model_copy(deep=True)
        copy.naloxone = None
        yield "none", copy
        copy = plan.model_copy(deep=True)
        copy.naloxone = copy.naloxone.model_copy(update={"verdict": "not_needed"})
        copy.factors["age"] = 80
        yield "not needed at 80", copy


@plants("a gap in scheduled cover", "gap")
def _(plan: Plan) -> Planted:
    for at in own(plan, phases=("ward",)):
        order = plan.orders[at]
        if order.start and order.interval_h and not order.as_needed and "first dose" in (order.timing or ""):
            start = datetime.fromisoformat(order.start) + timedelta(hours=9)
            yield order.id, changed(plan, at, start=start.isoformat(timespec="minutes"))


@plants("a date out of order", "date")
def _(plan: Plan) -> Planted:
    for at in own(plan):
        order = plan.orders[at]
        if order.start and order.phase == "preop" and "T" in order.start:
            yield order.id, changed(plan, at, start="2026-12-30T08:00")
        if order.start and order.phase == "ward" and "T" in order.start:
            yield order.id, changed(plan, at, start="2026-12-01T08:00")
        if order.last_day:
            yield f"{order.id}, last day", changed(plan, at, last_day="2026-12-01")
    for at, milestone in enumerate(plan.milestones[:3]):
        copy = plan.model_copy(deep=True)
        copy.milestones[at] = milestone.model_copy(update={"from_day": milestone.to_day + 1})
        yield milestone.id, copy
        if milestone.date:
            copy = plan.model_copy(deep=True)
            copy.milestones[at] = milestone.model_copy(update={"date": "2026-01-01"})
            yield f"{milestone.id}, date", copy
    for at, span in enumerate(plan.timeline[:3]):
        if span.start < span.end:
            copy = plan.model_copy(deep=True)
            copy.timeline[at] = span.model_copy(update={"start": span.end, "end": span.start})
            yield span.lane, copy


@plants("a part that is left open", "incomplete")
def _(plan: Plan) -> Planted:
    for at in own(plan):
        order = plan.orders[at]
        if order.dose and order.verdict == "give":
            yield f"{order.id}, dose", changed(plan, at, dose=None)
        yield f"{order.id}, route", changed(plan, at, route=None)
        if order.interval_h and order.phase not in ("preop", "intraop") and not order.timing:
            yield f"{order.id}, interval", changed(plan, at, interval_h=None)
        if order.max_24h:
            yield f"{order.id}, limit", changed(plan, at, max_24h=None)
        if order.as_needed:
            yield f"{order.id}, indication", changed(plan, at, indication=None)


@plants("no such drug or way of giving", "incomplete")
def _(plan: Plan) -> Planted:
    for at in own(plan):
        yield f"{plan.orders[at].id}, drug", changed(plan, at, drug="unobtainium")
        yield f"{plan.orders[at].id}, regimen", changed(plan, at, regimen="by-the-handful")


@plants("no reason or no source", "no-reason")
def _(plan: Plan) -> Planted:
    for at in own(plan):
        yield f"{plan.orders[at].id}, source", changed(plan, at, sources=[])
        yield f"{plan.orders[at].id}, reason", changed(plan, at, reasons=[], purpose=None)
        yield f"{plan.orders[at].id}, unlisted", changed(plan, at, sources=["made-up-2026"])
    for at, omitted in enumerate(plan.omitted[:3]):
        copy = plan.model_copy(deep=True)
        copy.omitted[at] = omitted.model_copy(update={"because": ""})
        yield omitted.id, copy


@plants("a status that hides something", "status", "not-confirmed")
def _(plan: Plan) -> Planted:
    copy = plan.model_copy(deep=True)
    copy.status = "confirm"
    copy.alerts = [Alert(severity="stop", about="x", text="a stop"), *copy.alerts]
    yield "stop", copy
    if plan.status == "confirm" and (plan.missing or any(_waits(order) for order in plan.orders)):
        copy = plan.model_copy(deep=True)
        copy.status = "ready"
        yield "ready", copy


def _waits(order: Order) -> bool:
    return order.verdict == "confirm"


@plants("a weight of nothing", "unchecked", "dose", "daily-total")
def _(plan: Plan) -> Planted:
    if any(block.dose_mg and block.technique != "spinal" for block in plan.blocks):
        copy = plan.model_copy(deep=True)
        copy.factors |= {"weight_kg": 0, "ideal_weight_kg": 0}
        yield "0 kg", copy


@plants("a date that is none", "unchecked", "date")
def _(plan: Plan) -> Planted:
    if plan.discharge_opioid:
        day = plan.discharge_opioid.days[1].model_copy(update={"date": "some day"})
        yield "no date", with_taper(plan, days=[plan.discharge_opioid.days[0], day, *plan.discharge_opioid.days[2:]])
    for at, span in enumerate(plan.timeline[:2]):
        copy = plan.model_copy(deep=True)
        copy.timeline[at] = span.model_copy(update={"end": "later"})
        yield span.lane, copy

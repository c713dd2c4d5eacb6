"""The step of the plan that decides about the opioid to take home and naloxone, and says so."""

from dataclasses import replace

from planner.clinical.discharge.home_part import HomePart, home_part
from planner.clinical.discharge.ladder import ladder
from planner.clinical.discharge.naloxone import plan_naloxone
from planner.clinical.discharge.stay import stay_of
from planner.clinical.discharge.supply import NoSupply, Supply
from planner.clinical.discharge.tablets import in_tablets, why_another
from planner.clinical.discharge.unit import Unit, unit_of, ward_opioid
from planner.clinical.work import Work
from planner.library.protocol import Protocol
from planner.library.site import Site
from planner.plan.models import Care, Omitted, Order
from planner.plan.opioids import DischargeOpioid

LINE = "discharge-opioid"
_SET_THAT_DAY = "the number of tablets is set on the day of discharge from what was used in the last 24 hours"


def plan_discharge(work: Work, protocol: Protocol, site: Site | None) -> None:
    """Add the opioid to take home, or why there is none, and naloxone to the work.

    Orders of the ward and home medicines are placed before.
    """
    home, given = home_part(work), ward_opioid(work)
    unit = (unit_of(given, work) or in_tablets(given, protocol, work)) if given else None
    order = unit.order if unit else given
    outcome = _outcome(order, unit, home, work, protocol, site)
    if isinstance(outcome, DischargeOpioid):
        if order is not given:
            outcome.working.insert(0, why_another(given, unit))
            outcome.follows = given.id
        work.discharge_opioid = outcome
    else:
        _leave_out(outcome, order, unit, home, work, protocol, site)
    work.no_opioid_home = isinstance(outcome, NoSupply) and outcome.settled
    goes_home = bool(order) and not work.no_opioid_home
    plan_naloxone(work, unit if goes_home else None, goes_home, home)


def _outcome(
    order: Order | None, unit: Unit | None, home: HomePart, work: Work, protocol: Protocol, site: Site | None
) -> DischargeOpioid | NoSupply:
    if order is None:
        declined = work.factors.declines("opioid")
        because = "the patient declines opioids" if declined else "no opioid by mouth suits this patient on the ward"
        return NoSupply(f"none: {because}", settled=True, sources=_why_none_on_the_ward(work))
    if unit is None:
        told = work.library.opioids.discharge.not_computed
        because = f"{told.text}: {order.drug} in this dose is no tablet with a factor for MME"
        return NoSupply(because, tuple(work.citations.keys(told.source)))
    case = work.case
    if case.used_last_24h is None and case.discharge_at is None:
        return NoSupply("")
    return Supply(work, protocol, site, unit, home, stay_of(case, work.library.opioids.discharge)).decide()


def _why_none_on_the_ward(work: Work) -> tuple[str, ...]:
    """The sources of the lines that say why the ward has no opioid by mouth."""
    drugs = {name for name, drug in work.library.drugs.items() if drug.kind == "opioid"}
    left_out = [omitted for omitted in work.omitted if omitted.phase == "ward" and omitted.drug in drugs]
    return tuple(dict.fromkeys(key for omitted in left_out for key in omitted.sources))


def _leave_out(
    found: NoSupply,
    order: Order | None,
    unit: Unit | None,
    home: HomePart,
    work: Work,
    protocol: Protocol,
    site: Site | None,
) -> None:
    published = protocol.discharge_opioid
    work.ask_for(found.ask, LINE)
    drug = order.drug if order else published.drug if published else "opioid"
    by_use = work.library.opioids.discharge.last_24h
    keys = work.citations.keys((published or by_use).source)
    text = _published_words(protocol)
    keys = list(found.sources) if found.because else keys
    because = found.because or f"{_SET_THAT_DAY}{f'; {text}' if text else ''}"
    work.leave_out(
        Omitted(
            id=LINE,
            drug=drug if drug != "opioid" else None,
            phase="discharge",
            title=f"{drug} to take home",
            because=because,
            origin="patient" if found.because else "protocol",
            sources=keys,
        )
    )
    if order:
        text = f": {found.because}" if found.because else _until_that_day(order, unit, home, work, protocol, site)
        text = f"Opioid to take home{text}"
        care = Care(id="opioid-to-take-home", phase="discharge", topic="discharge", text=text, sources=keys)
        work.care.append(care)


def _published_words(protocol: Protocol) -> str:
    found = protocol.discharge_opioid
    if found is None:
        return ""
    return f"published range {found.at_least} to {found.at_most} tablets of {found.strength}"


def _until_that_day(
    order: Order, unit: Unit | None, home: HomePart, work: Work, protocol: Protocol, site: Site | None
) -> str:
    """What to do before the number is known: `, by 5 mg doses used in the last 24 hours: 0, none; ...`."""
    published = _published_words(protocol)
    if home.taken:
        return ": only what was used on top of the home dose in the last 24 hours"
    range_words = f"; {published}" if published else ""
    stay = stay_of(work.case, work.library.opioids.discharge)
    if unit is None or home.taken is None or stay.short:
        return f": none, or a number of {order.drug} tablets set that day from the last 24 hours{range_words}"
    supply = Supply(work, protocol, site, unit, home, replace(stay, short=False, early=False))
    return f", {ladder(supply)}{range_words}"

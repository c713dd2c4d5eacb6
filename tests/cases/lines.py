"""A plan as lines a pharmacist can read, for expected and forbidden lines of the cases."""

from collections.abc import Iterator

from planner.plan.models import Order, Plan
from planner.plan.opioids import DischargeOpioid, HomeOpioids
from planner.plan.regional import AntithromboticTime, LocalAnesthetic
from planner.plan.wording import NO_BREAK, number


def plan_lines(plan: Plan) -> list[str]:
    """One line for every decision. The first words say what kind of line it is:

    `status: confirm`, `give ward: acetaminophen 1,000 mg by mouth, every 6 hours, ...`,
    `confirm ward: celecoxib 200 mg ...`, `give block: adductor canal block, left, ...`,
    `left out: ibuprofen: kidney function under 30 ...`, `alert stop: ...`, `ask: Serum creatinine?`,
    `care ward: ...`, `milestone day 0 to 1: ...`, `maximum used: 0.98`, `limit: ropivacaine 3 mg per kg of ...`,
    `needle apixaban (high): too_early: last dose ..., interval 72 hours, earliest ..., elapsed 59.5 hours, ...`,
    `home opioid: OxyContin 20 mg q12h: 60 MME a day: 20 mg x 2 in 24 hours x 1.5 = 60 MME`, `home mme: 60`,
    `tolerant: True: yes: ...`, `home opioids note: ...`,
    `take home: oxycodone 5 mg tablets: ...: 12 tablets, 90 MME`, `bound: ...`, `working: ...`,
    `taper day 1 (2026-12-17): 3 tablets, 22.5 MME: ...`, `naloxone give: ...`,
    `wears off: adductor-canal: ... to ...: ...`, `gap: ... to ...`, `time out: ...`, `lipid: 75 mL ...`.
    """
    return [line.replace(NO_BREAK, " ") for line in _lines(plan)]


def _lines(plan: Plan) -> Iterator[str]:
    yield f"status: {plan.status}"
    for alert in plan.alerts:
        yield f"alert {alert.severity}: {alert.about}: {alert.text}"
    for missing in plan.missing:
        yield f"ask: {missing.factor}: {missing.text}"
    if plan.home_opioids:
        yield from _home_opioids(plan.home_opioids)
    for order in plan.orders:
        yield _order(order)
    for block in plan.blocks:
        yield f"{block.verdict} block: {block.text}{_notes(block)}"
    if plan.local_anesthetic:
        yield from _budget(plan.local_anesthetic)
    for row in plan.antithrombotics:
        yield _needle(row)
    for ending in plan.wear_off:
        yield f"wears off: {ending.block}: {ending.from_at} to {ending.to_at}: {ending.text}"
    for span in plan.timeline:
        if span.kind == "gap":
            yield f"gap: {span.start} to {span.end}: {span.label}"
    for block in plan.blocks:
        for reason in block.reasons:
            yield f"reason: {block.id}: {reason.text}"
        for told in block.tell_patient:
            yield f"tell patient: {block.id}: {told.text}"
    for line in plan.time_out:
        yield f"time out: {line.text}: {line.fact}"
    if plan.toxicity_card:
        lipid = plan.toxicity_card.lipid
        yield f"lipid: {lipid.bolus}; {lipid.infusion}; at most {lipid.at_most}; {plan.toxicity_card.epinephrine.text}"
    for advice in plan.block_advice:
        for statement in advice.advice:
            yield f"advice {advice.audience}: {advice.about}: {statement.text}"
    if plan.discharge_opioid:
        yield from _take_home(plan.discharge_opioid)
    if plan.naloxone:
        yield f"naloxone {plan.naloxone.verdict}: {plan.naloxone.because} [{plan.naloxone.product or 'no product'}]"
    for care in plan.care:
        yield f"care {care.phase}: {care.id}: {care.text}"
    for left in plan.omitted:
        yield f"left out: {left.title}: {left.because} ({'; '.join(left.facts)})"
    for milestone in plan.milestones:
        yield (
            f"milestone day {milestone.from_day} to {milestone.to_day} ({milestone.date}): "
            f"{milestone.text} ({milestone.who})"
        )


def _home_opioids(found: HomeOpioids) -> Iterator[str]:
    for one in found.medicines:
        shown = "not computed" if one.mme_per_day is None else f"{number(one.mme_per_day)} MME a day"
        yield f"home opioid: {one.text}: {shown}: {one.working}{one.because}"
    yield f"home mme: {'not computed' if found.mme_per_day is None else number(found.mme_per_day)}"
    yield f"home mme known: {number(found.known_mme)}"
    for statement in found.tolerance:
        yield f"tolerant: {found.tolerant}: {statement.text}"
    for note in found.notes:
        yield f"home opioids note: {note.text}"


def _take_home(found: DischargeOpioid) -> Iterator[str]:
    total = f"{number(found.tablets)} tablets, {number(found.mme_total)} MME"
    yield f"take home: {found.verdict}: {found.text}: {total}, returns to {found.returns_to or 'none'}"
    for place, bound in enumerate(found.bounds, start=1):
        yield f"bound {place}: {bound.text}"
    for words in found.working:
        yield f"working: {words}"
    for day in found.days:
        yield f"taper day {day.day} ({day.date}): {number(day.tablets)} tablets, {number(day.mme)} MME: {day.text}"
    for told in found.instructions:
        yield f"told: {told.text}"


def _budget(found: LocalAnesthetic) -> Iterator[str]:
    yield f"maximum used: {found.fraction_of_maximum:.2f}"
    if found.fraction_of_24h is not None:
        yield f"maximum used in 24 hours: {found.fraction_of_24h:.2f}"
    for limit in found.maxima:
        yield f"limit: {limit.drug} {limit.text}"


def _needle(row: AntithromboticTime) -> str:
    pieces = [
        f"last dose {row.counted_from or 'not known'}",
        f"interval {row.interval or 'none stated'}",
        f"earliest {row.earliest_at or 'not known'}",
        f"elapsed {'not known' if row.hours_elapsed is None else number(row.hours_elapsed)} hours",
        f"next after needle {row.next_after_needle or 'not stated'}"
        + (f" ({row.next_after_needle_at})" if row.next_after_needle_at else ""),
        f"next after catheter {row.next_after_catheter or 'not stated'}",
        f"catheter out {row.catheter_out or 'not stated'}",
        row.because,
        *(f"other: {one.text}" for one in row.other_editions),
    ]
    return f"needle {row.drug} ({row.dose_class or 'any dose'}): {row.verdict}: {', '.join(pieces)}"


def _order(order: Order) -> str:
    form = f" [{order.dose_form}]" if order.dose_form else ""
    return f"{order.verdict} {order.phase}: {order.text}{form}{_notes(order)}"


def _notes(line) -> str:
    notes = [
        f" [changed: {change.part} from {change.from_text} to {change.to_text}: {change.because}]"
        for change in line.adjustments
    ]
    notes += [f" [confirm: {entry.ask} / {entry.if_yes} / {entry.if_no}]" for entry in line.confirmations]
    notes += [f" [caution: {caution.text}]" for caution in line.cautions]
    return "".join(notes)


def found(wanted: str, lines: list[str]) -> bool:
    """Whether one line holds every piece of `wanted`, pieces being parted by ` ... `."""
    pieces = wanted.split(" ... ")
    return any(all(piece in line for piece in pieces) for line in lines)

"""A case and a library to a plan."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from planner import __version__
from planner.case.factors import Factors, compute_factors
from planner.case.fields import Case
from planner.case.interval import Interval
from planner.clinical.choices import place
from planner.clinical.citations import Citations
from planner.clinical.discharge.plan import plan_discharge
from planner.clinical.handout.page import patient_handout
from planner.clinical.home import place_home_medicines
from planner.clinical.opioids.home import home_opioids
from planner.clinical.regional.aftercare import block_advice
from planner.clinical.regional.block_doses import fill_blocks
from planner.clinical.regional.cards import time_out, toxicity_card
from planner.clinical.regional.cover import cover
from planner.clinical.regional.needle_times import hours_since, note_needle_times
from planner.clinical.situation import Situation
from planner.clinical.work import Work, iso
from planner.library.library import Library
from planner.library.matching import find_blocks, find_protocol, fold
from planner.library.protocol import Protocol
from planner.library.site import Site, approval_of
from planner.library.site.formulary import at_site
from planner.plan.dates import day_words
from planner.plan.handout import Phone, SiteFacts
from planner.plan.models import (
    HomeIngredient,
    HomeMedicine,
    KnownAllergy,
    Milestone,
    Omitted,
    Plan,
    ProtocolIdentity,
    Provenance,
    Source,
    Status,
    WarningSigns,
)
from planner.plan.parts import Statement
from planner.reading.problems import Place

DISCHARGE = "discharge"


def compose(case: Case, library: Library, now: datetime, source: str = "case", site: Site | None = None) -> Plan:
    """The plan for one case.

    `now` is printed as the time of the plan and used for the age where no surgery date is
    known. `site` is the hospital's own file: what it approved, stocks and prefers. Raises
    InputError when no protocol stands for the operation; `source` names the case in that message.
    """
    library = at_site(library, site)
    protocol_id = find_protocol(case.procedure, library.protocols, Place(source, path="procedure"))
    protocol = library.complete[protocol_id]
    case = _with_blocks_given(_with_approach(case, protocol), library, source)
    factors = compute_factors(case, library.lexicon, library.case_words, now, library.opioids.morphine.rules)
    edition = (site.antithrombotic_edition if site else None) or library.regional.editions.use
    work = Work(case, factors, Situation(factors), library, Citations(library), case.surgery_start, edition)
    note_needle_times(work, now)
    for phase, items in protocol.pathway.items():
        if phase == DISCHARGE:
            continue
        for item in items:
            place(item, phase, work)
    place_home_medicines(work)
    _warn_of_past_surgery(work, now)
    _ask_for_day_and_side(protocol, work)
    _note_the_list(protocol, work)
    plan_discharge(work, protocol, site)
    work.turn_home()
    for item in protocol.pathway.get(DISCHARGE, []):
        place(item, DISCHARGE, work)
    return _finish(protocol_id, protocol, work, now, site)


def _with_approach(case: Case, protocol: Protocol) -> Case:
    """The case with the approach that the operation's name tells, where it is not said otherwise."""
    told = {fold(name): approach for name, approach in protocol.approach_by_name.items()}
    approach = told.get(fold(case.procedure or ""))
    return case if case.approach or not approach else case.model_copy(update={"approach": approach})


def _with_blocks_given(case: Case, library: Library, source: str) -> Case:
    """The case with the blocks given by their ids. Raises InputError for a name that no block has."""
    if not case.block_given:
        return case
    given = find_blocks(case.block_given, library.blocks, Place(source, path="block_given"))
    return case.model_copy(update={"block_given": given})


def _warn_of_past_surgery(work: Work, now: datetime) -> None:
    day = work.case.surgery_date
    if day and day < now.date():
        text = f"Surgery on {day_words(day)} lies before this plan: if it is still to come, correct the date"
        work.alert("info", "surgery", text)


def _ask_for_day_and_side(protocol: Protocol, work: Work) -> None:
    if work.surgery_at is None:
        work.ask_for(["surgery_at"], "clock times")
    if protocol.laterality and work.case.side is None:
        work.ask_for(["side"], "operation")
        work.alert("caution", "side", "Side of the operation is not known: confirm and mark it")


def _note_the_list(protocol: Protocol, work: Work) -> None:
    """What the operating list says beyond the facts: other operations, and how facts were written there."""
    if work.case.other_procedures:
        others = "; ".join(work.case.other_procedures)
        text = f"Also on the list for this session: {others}. This plan is for the {protocol.title} alone"
        work.alert("caution", "other operations", text)
    for doubt in work.case.doubts or ():
        work.alert("caution", "operating list", doubt)
    for remark in work.case.remarks or ():
        work.alert("info", "operating list", remark)


@dataclass(frozen=True)
class _SameForAll:
    """What a protocol says to every patient, made once for each library."""

    omitted: tuple[Omitted, ...]
    course: list[Statement]
    warning_signs: WarningSigns
    sources: dict[str, Source]


def _same_for_all(protocol_id: str, protocol: Protocol, library: Library) -> _SameForAll:
    if protocol_id not in library.prepared_parts:
        citations = Citations(library)
        statements = citations.statements
        signs = protocol.warning_signs
        library.prepared_parts[protocol_id] = _SameForAll(
            tuple(_left_out_for_all(protocol, citations)),
            statements(protocol.course),
            WarningSigns(call=statements(signs.call), emergency=statements(signs.emergency)),
            citations.used,
        )
    return library.prepared_parts[protocol_id]


def _left_out_for_all(protocol: Protocol, citations: Citations) -> Iterator[Omitted]:
    for left in protocol.leave_out:
        yield Omitted(
            id=left.id,
            title=left.id.replace("-", " "),
            because=left.because,
            origin="protocol",
            sources=citations.keys(left.source),
        )
    for advised in protocol.not_recommended:
        yield Omitted(
            id=advised.id,
            drug=advised.drug,
            block=advised.block,
            title=advised.title,
            because=advised.because,
            origin="protocol",
            sources=citations.keys(advised.source),
        )


def _finish(protocol_id: str, protocol: Protocol, work: Work, now: datetime, site: Site | None) -> Plan:
    for_all = _same_for_all(protocol_id, protocol, work.library)
    local_anesthetic = fill_blocks(work)
    over_time = cover(work)
    milestones = _milestones(protocol, work)
    opioids = home_opioids(work)
    plan = Plan(
        status="ready",
        case=work.case.model_dump(mode="json"),
        factors={**_factor_values(work.factors), **hours_since(work)},
        protocol=ProtocolIdentity(
            id=protocol_id,
            title=protocol.title,
            version=protocol.version,
            reviewed=protocol.reviewed,
            approval=approval_of(protocol_id, work.library, site),
        ),
        home_medicines=_home_medicines(work),
        allergies=_allergies(work.factors),
        alerts=sorted(work.alerts, key=lambda alert: ("stop", "caution", "info").index(alert.severity)),
        missing=list(work.missing.values()),
        orders=_in_phase_order(work.orders),
        blocks=work.blocks,
        local_anesthetic=local_anesthetic,
        antithrombotics=[needle.row for needle in work.needles],
        block_advice=block_advice(work),
        time_out=time_out(work, local_anesthetic, protocol.laterality) if work.blocks else [],
        toxicity_card=toxicity_card(work) if work.gives_local_anesthetic else None,
        care=work.care,
        home_opioids=opioids,
        omitted=[*work.omitted, *for_all.omitted],
        discharge_opioid=work.discharge_opioid,
        naloxone=work.naloxone,
        course=for_all.course,
        warning_signs=for_all.warning_signs,
        milestones=milestones,
        timeline=over_time.timeline,
        wear_off=over_time.wear_off,
        handout=patient_handout(protocol, work, milestones, over_time.wear_off, _reviewed(site)),
        site=_site_facts(site),
        provenance=Provenance(
            planner=__version__,
            library=work.library.digest,
            site=site.digest if site else None,
            generated_at=iso(now),
        ),
    )
    plan.sources = {**work.citations.used, **for_all.sources}
    plan.status = _status(plan)
    return plan


def _reviewed(site: Site | None) -> dict[str, str]:
    """Who reviewed the texts of a language, and when, as the site file says."""
    return {code: f"{one.by}, {one.on}" for code, one in site.reviewed_languages.items()} if site else {}


def _site_facts(site: Site | None) -> SiteFacts | None:
    if site is None:
        return None
    phones = [Phone(**phone.model_dump()) for phone in site.phones]
    return SiteFacts(hospital=site.hospital, languages=list(site.languages), phones=phones)


def _in_phase_order(orders: list) -> list:
    """By phase; home medicines stand first in theirs. Within a phase the protocol's order holds."""
    phases = ("before_admission", "preop", "intraop", "pacu", "ward", "discharge", "home")
    return sorted(orders, key=lambda order: (phases.index(order.phase), order.kind != "home_medication"))


def _status(plan: Plan) -> Status:
    if any(alert.severity == "stop" for alert in plan.alerts):
        return "stop"
    lines = (*plan.orders, *plan.blocks, *plan.care, plan.discharge_opioid, plan.naloxone)
    waiting = any(line.verdict == "confirm" for line in lines if line)
    cautions = any(alert.severity == "caution" for alert in plan.alerts)
    return "confirm" if waiting or plan.missing or cautions else "ready"


def _factor_values(factors: Factors) -> dict[str, Any]:
    """Factors for the plan: null where not known. A number known only as a range gets `name_range`."""
    values: dict[str, Any] = {}
    for name, value in factors.numbers.items():
        ranged = isinstance(value, Interval)
        values[name] = None if ranged or value is None else round(value, 2)
        if ranged:
            values[f"{name}_range"] = [value.low, value.high]
    values |= factors.words
    values["crcl_weight"] = factors.crcl_weight
    values["drug_classes"] = (
        None
        if factors.case.medications is None
        else sorted({name for medicine in factors.home_medicines for name in medicine.classes})
    )
    return values


def _home_medicines(work: Work) -> list[HomeMedicine] | None:
    if work.case.medications is None:
        return None
    return [
        HomeMedicine(
            text=medicine.text,
            drug=medicine.drug if medicine.recognized else None,
            ingredients=[HomeIngredient(drug=part.ingredient, dose_mg=part.mg) for part in medicine.ingredients],
            times_per_day=medicine.times_per_day,
            as_needed=medicine.as_needed,
            route=medicine.route,
            classes=sorted(medicine.classes),
            last_taken_at=medicine.last_taken_at and medicine.last_taken_at.isoformat(),
            unread=list(medicine.unread),
            action=work.home_actions.get(medicine.text),
        )
        for medicine in work.factors.home_medicines
    ]


def _allergies(factors: Factors) -> list[KnownAllergy] | None:
    if factors.allergies is None:
        return None
    return [
        KnownAllergy(text=one.text, covers=sorted(one.members), sort=one.sort, recognized=one.recognized)
        for one in factors.allergies
    ]


def _milestones(protocol: Protocol, work: Work) -> list[Milestone]:
    day = work.case.surgery_date

    def on(days: int) -> str | None:
        return (day + timedelta(days=days)).isoformat() if day else None

    return [
        Milestone(
            id=entry.id,
            phase=entry.phase,
            from_day=entry.from_day,
            to_day=entry.to_day,
            date=on(entry.from_day),
            to_date=on(entry.to_day),
            text=entry.text,
            who=entry.who,
            sources=work.citations.keys(entry.source),
        )
        for entry in protocol.milestones
    ]

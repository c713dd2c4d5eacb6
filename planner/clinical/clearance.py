"""What the antithrombotics taken at home mean for one block, by its depth."""

from dataclasses import dataclass, field

from planner.clinical.antithrombotic_dose import ANTITHROMBOTIC_CLASSES
from planner.clinical.candidates import Refusal
from planner.clinical.needle_times import NOT_YET
from planner.clinical.work import Work
from planner.plan.models import AntithromboticTime, Confirmation, Statement
from planner.plan.wording import hours


@dataclass
class Clearance:
    """What home antithrombotics mean for a block: a refusal, or what must be confirmed and said."""

    refusal: Refusal | None = None
    confirmations: list[Confirmation] = field(default_factory=list)
    cautions: list[Statement] = field(default_factory=list)
    earliest_at: str | None = None
    source: tuple[str, ...] = ()


def clearance_for(depth: str, work: Work) -> Clearance:
    """Whether a block of this depth may be done after what is taken at home."""
    editions = work.library.regional.editions
    if depth not in editions.depths:
        return Clearance()
    counted = [needle for needle in work.needles if needle.counts]
    held_up = [needle for needle in counted if needle.row.verdict != "passed"]
    if held_up:
        return Clearance(
            Refusal(
                "; ".join(dict.fromkeys(needle.row.because for needle in held_up)),
                [_fact(needle.row) for needle in held_up],
                tuple(dict.fromkeys(key for needle in held_up for key in needle.citations)),
            )
        )
    clearance = Clearance(
        confirmations=[entry for needle in counted for entry in needle.confirmations],
        earliest_at=max((needle.row.earliest_at for needle in counted if needle.row.earliest_at), default=None),
        source=tuple(dict.fromkeys(key for needle in counted for key in needle.citations)),
    )
    if len(counted) > 1:
        names = " and ".join(dict.fromkeys(needle.row.drug for needle in counted))
        clearance.confirmations.append(
            Confirmation(
                ask=f"{names}: {editions.together_ask}",
                if_yes="give as written",
                if_no="leave out",
                sources=work.citations.keys(editions.together.source),
            )
        )
    if counted and len(work.needles) > len(counted):
        clearance.cautions.append(
            Statement(text=editions.with_uncounted.text, sources=work.citations.keys(editions.with_uncounted.source))
        )
    clearance.cautions += [
        Statement(text=other.text, sources=other.sources)
        for needle in counted
        for other in needle.row.other_editions
        if other.text.endswith(NOT_YET)
    ]
    _ask_for_medicines(clearance, work)
    return clearance


def _ask_for_medicines(clearance: Clearance, work: Work) -> None:
    """Where it is not known whether an antithrombotic is taken, that is asked before the needle."""
    answers = [work.situation.answer(("takes", name)) for name in ANTITHROMBOTIC_CLASSES]
    if None in answers:
        clearance.confirmations.append(
            Confirmation(
                factors=["medications"],
                ask=work.question("medications"),
                if_yes="anticoagulant or antiplatelet drug at home: leave out until dose and time of the last dose "
                "are known",
                if_no="give as written",
                sources=work.citations.keys(work.library.regional.editions.unlisted.source),
            )
        )


def _fact(row: AntithromboticTime) -> str:
    dose = f" ({row.dose_class} dose)" if row.dose_class in ("low", "high") else ""
    if row.hours_elapsed is None:
        return f"{row.drug} at home{dose}"
    return f"{row.drug} at home{dose}, {hours(row.hours_elapsed)} since the last dose"

"""From a whole plan to the line of a day's list."""

from planner.documents.day_sheet.asking import asked
from planner.documents.day_sheet.supply import supply
from planner.documents.header import typed_words
from planner.documents.orders import block_drug
from planner.documents.settle import alert_words, alerts
from planner.documents.text import typed_strings
from planner.plan.day import DayAlert, DayAntithrombotic, DayBlock, DayLine, DayOpioids
from planner.plan.models import Plan
from planner.plan.regional import Block


def line_of(plan: Plan) -> DayLine:
    """What a day's list shows of `plan`; everything that is unknown there stays unknown."""
    line = DayLine(
        alerts=[
            DayAlert(severity=severity, text=alert_words(alert))
            for severity in ("stop", "caution")
            for alert in alerts(plan, severity)
        ],
        blocks=_blocks(plan),
        antithrombotics=None if plan.home_medicines is None else _antithrombotics(plan),
        unrecognized=sum(medicine.drug is None for medicine in plan.home_medicines or ()),
        opioids=_opioids(plan),
        allergies=_allergies(plan),
        questions=asked(plan),
        drugs=supply(plan.orders),
    )
    return line.model_copy(update={"typed": _quoted(plan, line)})


def _blocks(plan: Plan) -> list[DayBlock]:
    return [
        DayBlock(
            title=block.title,
            technique=block.technique,
            sides=block.sides,
            drug=block.drug,
            concentration_percent=block.concentration_percent,
            mixture=_mixture(block),
            volume_ml=block.volume_ml,
            dose_mg=block.dose_mg,
            test_dose=block.test_dose,
            infusion=block.infusion,
            verdict=block.verdict,
            earliest_at=block.earliest_at,
            given=block_drug(block),
        )
        for block in plan.blocks
    ]


def _mixture(block: Block) -> str | None:
    return block.mixture or ("with epinephrine" if block.with_epinephrine else None)


def _antithrombotics(plan: Plan) -> list[DayAntithrombotic]:
    return [
        DayAntithrombotic(
            drug=row.drug,
            verdict=row.verdict,
            last_dose_at=row.last_dose_at,
            planned=row.planned,
            earliest_at=None if row.verdict == "unknown" else row.earliest_at,
            interval=row.verdict != "passed" or bool(row.interval_h),
        )
        for row in plan.antithrombotics
    ]


def _opioids(plan: Plan) -> DayOpioids:
    found = plan.home_opioids
    if found is not None:
        at_least = found.known_mme if found.mme_per_day is None and found.known_mme else None
        return DayOpioids(tolerant=found.tolerant, mme_per_day=found.mme_per_day, at_least_mme=at_least)
    none = plan.factors.get("home_mme") == 0
    return DayOpioids(tolerant=False if none else None, mme_per_day=0 if none else None)


def _allergies(plan: Plan) -> list[str] | None:
    listed = plan.case.get("allergies")
    return None if listed is None else [typed_words(item) for item in listed]


def _quoted(plan: Plan, line: DayLine) -> list[str]:
    """Of the chart's words that are unsafe to print as the program's own, those that stand in the line."""
    said = "\n".join(part.text for part in (*line.alerts, *line.questions)).lower()
    return [words for words in typed_strings(plan) if words.lower() in said]

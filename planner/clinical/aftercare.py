"""What protects a patient from the effects of the blocks of a plan."""

from collections.abc import Iterable, Iterator

from planner.clinical.work import Work
from planner.library.entry import Cited
from planner.plan.models import BlockAdvice, Statement

_RISKS = ("high", "moderate", "low")


def block_advice(work: Work) -> list[BlockAdvice]:
    """For the staff by the highest risk of falling, for the patient by each numb part; nothing without a block."""
    return list(_advice(work)) if any(block.depth != "infiltration" for block in work.blocks) else []


def _advice(work: Work) -> Iterator[BlockAdvice]:
    aftercare = work.library.regional.aftercare
    blocks = [block for block in work.blocks if block.depth != "infiltration"]
    highest = min((block.fall_risk for block in blocks), key=_RISKS.index)
    at_risk = [block.id for block in blocks if block.fall_risk == highest]
    yield _entry("staff", f"{highest} risk of falling", at_risk, aftercare.staff.get(highest, []), work)
    for region in dict.fromkeys(block.region for block in blocks):
        numb = [block.id for block in blocks if block.region == region]
        if aftercare.patient.get(region):
            yield _entry("patient", f"numb {region}", numb, aftercare.patient[region], work)
    ending = [block.id for block in blocks if block.expected_h]
    if ending:
        yield _entry("patient", "before the block ends", ending, work.library.regional.coverage.advice, work)
    yield _entry("patient", "every block", [block.id for block in blocks], aftercare.every_patient, work)


def _entry(audience: str, about: str, blocks: list[str], advice: Iterable[Cited], work: Work) -> BlockAdvice:
    statements = [Statement(text=one.text, sources=work.citations.keys(one.source)) for one in advice]
    return BlockAdvice(audience=audience, about=about, blocks=blocks, advice=statements)

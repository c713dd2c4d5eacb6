"""What protects a patient from the effects of the blocks of a plan."""

from collections.abc import Iterable, Iterator

from planner.clinical.work import Work
from planner.library.entry import Cited
from planner.plan.regional import BlockAdvice

_RISKS = ("high", "moderate", "low")


def block_advice(work: Work) -> list[BlockAdvice]:
    """For the staff by the highest risk of falling, for the patient by each numb part.

    An infiltration numbs no limb, and is named only where it adds to the risk of falling.
    """
    return list(_advice(work))


def _advice(work: Work) -> Iterator[BlockAdvice]:
    aftercare = work.library.regional.aftercare
    blocks = [block for block in work.blocks if block.depth != "infiltration"]
    risky = [block for block in work.blocks if block in blocks or block.fall_risk != _RISKS[-1]]
    if risky:
        highest = min((block.fall_risk for block in risky), key=_RISKS.index)
        at_risk = [block.id for block in risky if block.fall_risk == highest]
        yield _entry("staff", f"{highest} risk of falling", at_risk, aftercare.staff.get(highest, []), work)
    if not blocks:
        return
    ids = [block.id for block in blocks]
    for region in dict.fromkeys(block.region for block in blocks):
        numb = [block.id for block in blocks if block.region == region]
        if aftercare.patient.get(region):
            yield _entry("patient", f"numb {region}", numb, aftercare.patient[region], work)
    yield _entry("patient", "before the block ends", ids, work.library.regional.coverage.advice, work)
    yield _entry("patient", "every block", ids, aftercare.every_patient, work)


def _entry(audience: str, about: str, blocks: list[str], advice: Iterable[Cited], work: Work) -> BlockAdvice:
    return BlockAdvice(audience=audience, about=about, blocks=blocks, advice=work.citations.statements(advice))

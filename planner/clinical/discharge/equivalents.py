"""The morphine milligram equivalents (MME) of opioids by mouth, by the table in use."""

from planner.library.library import Library


def mme_per_mg(drug: str, library: Library) -> float | None:
    """MME of one mg of a drug by mouth; None where the table has no factor for it, which is never zero.

    Where the factor rises with the dose, the highest.
    """
    conversion = library.opioids.morphine.rules.scale.conversions.get((drug, "oral"))
    if conversion is None or conversion.unit != "mg":
        return None
    return max(factor for _, factor in conversion.steps)

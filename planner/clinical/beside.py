"""What the patient already gets of a drug: from home products, and from earlier orders of the plan."""

from planner.clinical.candidates import DrugCandidate
from planner.clinical.doses import Resolved, convert
from planner.clinical.work import Work
from planner.library.drug import Drug, Regimen
from planner.library.quantities import MASS_IN_MG, Amount
from planner.plan.parts import Adjustment
from planner.plan.wording import amount

# A home medicine of these kinds is a baseline of its own, and goes on beside what the plan gives.
GOES_ON_BESIDE = ("opioid", "antidote")


def taken_at_home(drug: Drug, regimen: Regimen, work: Work) -> tuple[float, list[str]]:
    """Amount of the drug in 24 hours from combination products at home, in the regimen's unit.

    A home medicine that holds this drug alone gives way to the order. The second value
    names home products whose amount is not known.
    """
    unit = (regimen.dose or regimen.rate or Amount(0, "mg")).unit
    total, unknown = 0.0, []
    if not any(ceiling.per_24h for ceiling in drug.ceilings) or drug.kind in GOES_ON_BESIDE:
        return total, unknown
    in_combinations = drug.drug in work.library.in_combinations
    if in_combinations and work.case.medications is None:
        unknown.append("the medicines")
    for medicine in work.factors.home_medicines:
        if not medicine.recognized and in_combinations and not medicine.ingredients:
            unknown.append(medicine.text)
        names = [portion.ingredient for portion in medicine.ingredients]
        if drug.drug not in names or len(names) == 1 or unit not in MASS_IN_MG:
            continue
        daily = medicine.daily_mg(drug.drug)
        if daily is None:
            unknown.append(medicine.text)
        else:
            total += convert(Amount(daily, "mg"), unit)
    return total, unknown


def home_adjustment(candidate: DrugCandidate, home_amount: float, resolved: Resolved) -> list[Adjustment]:
    """What home medicines that hold the same drug take off the limit, or off a single dose."""
    because = f"{amount(home_amount, resolved.unit)} of {candidate.title} a day comes from home medicines"
    if resolved.at_most is not None:
        return [
            Adjustment(
                part="max_24h",
                from_text="limit for all products",
                because=because,
                to_text=amount(resolved.at_most, resolved.unit),
            )
        ]
    usual = candidate.regimen.dose
    if usual is None or usual.per_kg or resolved.dose is None or convert(usual, resolved.unit) <= resolved.dose:
        return []
    return [
        Adjustment(
            part="dose",
            from_text=amount(usual.value, usual.unit),
            because=because,
            to_text=amount(resolved.dose, resolved.unit),
        )
    ]


def course_so_far(drug: Drug, regimen: Regimen, work: Work) -> float:
    """Hours for which earlier orders of the plan give the drug on schedule, from its first dose."""
    if regimen.every is None:
        return 0.0
    earlier = [order for order in work.orders if order.drug == drug.drug and order.kind != "home_medication"]
    scheduled = [order for order in earlier if order.interval_h and not order.as_needed]
    wait = regimen.every if not scheduled else scheduled[0].interval_h
    first_dose = wait if any(order.interval_h is None for order in earlier) else 0.0
    return first_dose + sum((order.duration_days or 0) * 24 for order in scheduled)

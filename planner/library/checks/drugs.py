"""Drug and class files, and the rules of every file: bands without gaps, doses within ceilings."""

from collections.abc import Iterator, Sequence
from typing import get_args

from planner.library.antithrombotic import WaitStep
from planner.library.block import Technique
from planner.library.checks.walk import files, problem
from planner.library.drug import Ceiling, Drug, Regimen
from planner.library.entry import Rules, Step
from planner.library.library import Library
from planner.library.quantities import MASS_IN_MG, Amount
from planner.reading.located import Located, Path
from planner.reading.problems import Problem, nearest

# What rules may be `only` for, besides regimens: of a local anesthetic its limits and the techniques of blocks, of an
# opioid its use at home.
_BESIDES_REGIMENS = {"maximum", "perineural-infusion", "epidural-infusion", "home", *get_args(Technique)}


def check_drugs(library: Library) -> list[Problem]:
    """Problems within single drug, class and block files."""
    found: list[Problem] = []
    for _, located, drug in files(library, "drugs"):
        for name, regimen in drug.regimens.items():
            found += _check_regimen(drug, name, regimen, located)
        found += _check_first_day(drug, located)
        found += _check_rules(drug, set(drug.regimens) | _BESIDES_REGIMENS, located, ())
        found += _check_products(drug, located, library)
    for _, located, entry in files(library, "classes"):
        found += _check_rules(entry, None, located, ())
    for _, located, block in files(library, "blocks"):
        found += _check_rules(block, None, located, ())
    for _, located, entries in files(library, "depth"):
        for position, entry in enumerate(entries):
            found += _check_rules(entry, None, located, (position,))
    return found


def _check_products(drug: Drug, located: Located, library: Library) -> Iterator[Problem]:
    for position, product in enumerate(drug.products):
        for name in product.holds:
            if name not in library.lexicon_entries:
                yield problem(
                    located,
                    ("products", position, "holds"),
                    f"There is no medicine {name}.",
                    nearest(name, library.lexicon_entries) or "add it to medicines.yaml",
                    name,
                )


def _check_regimen(drug: Drug, name: str, regimen: Regimen, located: Located) -> Iterator[Problem]:
    path = ("regimens", name)
    if (regimen.dose is None) == (regimen.rate is None):
        yield problem(located, path, "A regimen has a dose or a rate, and not both.", "write one of them")
        return
    if regimen.as_needed and not regimen.indication:
        yield problem(located, path, "An as-needed regimen has no indication.", "add indication: when to give it")
    if regimen.as_needed and regimen.every is None:
        yield problem(located, path, "An as-needed regimen has no interval.", "add every:")
    if regimen.dose is not None and drug.products and all(product.route != regimen.route for product in drug.products):
        yield problem(
            located,
            (*path, "route"),
            f"No product can be given by this route: {regimen.route}.",
            "add a product or change the route",
            regimen.route,
        )
    own = [product for product in drug.products if product.route == regimen.route]
    if own and all(product.holds for product in own):
        yield problem(
            located,
            path,
            "Every product of this route holds another drug as well, which an order would not count.",
            "add a product that holds this drug alone, or remove the regimen",
        )
    for ceiling in drug.ceilings:
        if ceiling.route in ("any", regimen.route):
            yield from _over_ceiling(regimen, ceiling, path, located)


def _over_ceiling(regimen: Regimen, ceiling: Ceiling, path: Path, located: Located) -> Iterator[Problem]:
    for key, amount, limit in (
        ("dose", regimen.dose, ceiling.per_dose),
        ("rate", regimen.rate, ceiling.rate),
        ("at_most", regimen.at_most, ceiling.per_24h),
        ("dose_at_most", regimen.dose_at_most, ceiling.per_dose),
    ):
        if over(amount, limit):
            yield problem(
                located,
                (*path, key),
                f"This is over the drug's own ceiling of {limit}.",
                "lower it, or correct the ceiling",
                str(amount),
            )
    if regimen.for_ and ceiling.course and regimen.for_ > ceiling.course:
        yield problem(
            located,
            (*path, "for"),
            f"This is longer than the drug's own ceiling of {ceiling.course:g} hours.",
            "shorten it, or correct the ceiling",
        )
    if regimen.at_most is None and regimen.dose and regimen.every and not regimen.as_needed:
        in_a_day = Amount(regimen.dose.value * 24 / regimen.every, regimen.dose.unit, regimen.dose.per)
        if over(in_a_day, ceiling.per_24h):
            yield problem(
                located,
                (*path, "every"),
                f"In 24 hours this comes to {in_a_day}, over the drug's own ceiling of {ceiling.per_24h}.",
                "lengthen the interval or add at_most",
            )


def _check_first_day(drug: Drug, located: Located) -> Iterator[Problem]:
    """A single dose and the scheduled doses that follow it must stay within the limit of the first day."""
    limit = next((ceiling.first_24h for ceiling in drug.ceilings if ceiling.first_24h), None)
    single = [regimen for regimen in drug.regimens.values() if regimen.dose and regimen.every is None]
    for name, regimen in drug.regimens.items():
        if limit is None or regimen.dose is None or regimen.every is None or regimen.dose.per != limit.per:
            continue
        after_the_first = (24 / regimen.every - 1) * regimen.dose.value
        for loading in single:
            both = Amount(loading.dose.value + after_the_first, loading.dose.unit, loading.dose.per)
            if loading.route == regimen.route and loading.dose.unit == regimen.dose.unit and over(both, limit):
                yield problem(
                    located,
                    ("regimens", name, "dose"),
                    f"After a single dose of {loading.dose} the first day comes to {both}, over {limit}.",
                    "lower one of them, or correct the ceiling",
                )


def over(amount: Amount | None, limit: Amount | None) -> bool:
    """Whether an amount is larger than a limit of the same kind (both per kg, or both not)."""
    if amount is None or limit is None or amount.per != limit.per:
        return False
    if amount.unit == limit.unit:
        return amount.value > limit.value
    if amount.unit in MASS_IN_MG and limit.unit in MASS_IN_MG:
        return amount.value * MASS_IN_MG[amount.unit] > limit.value * MASS_IN_MG[limit.unit]
    return False


def _check_rules(holder: Rules, regimens: set[str] | None, located: Located, start: Path) -> Iterator[Problem]:
    for kind in ("never", "confirm", "caution", "adjust", "bands"):
        for position, rule in enumerate(getattr(holder, kind)):
            path = (*start, kind, position)
            for name in rule.only or []:
                if regimens is not None and name not in regimens:
                    yield problem(
                        located,
                        (*path, "only"),
                        f"There is no regimen {name} in this file.",
                        f"use one of {', '.join(sorted(regimens))}",
                        name,
                    )
            if kind == "bands":
                yield from check_steps(rule.steps, path, located)
                if not any(step.never or step.ask or step.then for step in rule.steps):
                    yield problem(
                        located, path, "No step of these bands does anything.", "add never, ask or then to a step"
                    )


def check_steps(steps: Sequence[Step | WaitStep], path: Path, located: Located) -> Iterator[Problem]:
    """Steps must run from the lowest to the highest number with no gap and no overlap."""
    if _lower(steps[0]) is not None:
        yield problem(
            located,
            (*path, "steps", 0),
            "The first step has a lower limit, so lower numbers are in no step.",
            "remove from or above",
        )
    if _upper(steps[-1]) is not None:
        yield problem(
            located,
            (*path, "steps", len(steps) - 1),
            "The last step has an upper limit, so higher numbers are in no step.",
            "remove under or up_to",
        )
    for position, (step, following) in enumerate(zip(steps, steps[1:], strict=False)):
        place = (*path, "steps", position + 1)
        end, begin = _upper(step), _lower(following)
        if end is None or begin is None:
            yield problem(
                located,
                place,
                "Two neighboring steps need a limit between them.",
                "write under: N on the first and from: N on the second",
            )
        elif begin[0] > end[0] or (begin[0] == end[0] and not end[1] and not begin[1]):
            yield problem(
                located,
                place,
                f"There is a gap between {end[0]:g} and {begin[0]:g}.",
                f"begin this step with {'above' if end[1] else 'from'}: {end[0]:g}",
            )
        elif begin[0] < end[0] or (end[1] and begin[1]):
            yield problem(
                located,
                place,
                f"This step overlaps the one before it at {begin[0]:g}.",
                f"begin this step with {'above' if end[1] else 'from'}: {end[0]:g}",
            )


def _lower(step: Step | WaitStep) -> tuple[float, bool] | None:
    """(limit, inclusive) of a step's lower end."""
    if step.from_ is not None:
        return step.from_, True
    return (step.above, False) if step.above is not None else None


def _upper(step: Step | WaitStep) -> tuple[float, bool] | None:
    if step.up_to is not None:
        return step.up_to, True
    return (step.under, False) if step.under is not None else None

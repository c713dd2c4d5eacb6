"""What every check looks at: the plan, the library's limits, the facts, and the weeks laid out."""

from dataclasses import dataclass
from functools import cached_property

from planner.audit.facts import Facts
from planner.audit.ledger import Week, weeks
from planner.audit.limits import Limits, NoWeight, limits_of
from planner.audit.rules import Acting, acting, drug_rules
from planner.library.drug import Drug, Regimen
from planner.library.library import Library
from planner.plan.audit import Finding, FindingKind
from planner.plan.models import Order, Plan


@dataclass(frozen=True)
class Look:
    plan: Plan
    library: Library

    @cached_property
    def facts(self) -> Facts:
        return Facts(self.plan, self.library)

    @cached_property
    def weeks(self) -> list[Week]:
        return weeks(self.plan)

    @cached_property
    def own_orders(self) -> list[Order]:
        """The orders that the plan itself makes: not those of home medicines that go on."""
        return [order for order in self.plan.orders if order.kind != "home_medication"]

    def drug(self, name: str) -> Drug | None:
        return self.library.drugs.get(name)

    def regimen(self, order: Order) -> Regimen | None:
        """The way of giving that an order names; None where its drug has none of that name and route."""
        drug = self.drug(order.drug)
        found = drug.regimens.get(order.regimen or "") if drug else None
        return found if found and found.route == order.route else None

    @cached_property
    def _acting(self) -> dict[str, list[Acting]]:
        before = self.facts.before
        return {
            order.id: acting(
                drug_rules(self.library.drugs[order.drug], self.library),
                order.regimen or "",
                self.facts,
                self.library,
                before[order.id],
            )
            for order in self.own_orders
            if order.drug in self.library.drugs
        }

    def rules(self, order: Order) -> list[Acting]:
        """The rules that act on an order of a drug of the library."""
        return self._acting.get(order.id, [])

    @cached_property
    def _limits(self) -> dict[str, Limits | None]:
        found: dict[str, Limits | None] = {}
        for order in self.own_orders:
            regimen = self.regimen(order)
            if regimen is None:
                continue
            rules = [one.rule for one in self.rules(order) if one.rule.kind != "never"]
            try:
                found[order.id] = limits_of(self.library.drugs[order.drug], regimen, rules, self.facts)
            except NoWeight:
                found[order.id] = None
        return found

    def limits(self, order: Order) -> Limits | None:
        """The limits of an order; None where its way of giving is not known, or its weight."""
        return self._limits.get(order.id)


def finding(kind: FindingKind, about: str, text: str, sources=(), hard: bool = True) -> Finding:
    return Finding(kind=kind, hard=hard, about=about, text=text, sources=list(sources))

"""The plan while it is being made: what every deciding step reads and adds to."""

from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from planner.case.factors import Factors
from planner.case.fields import Case
from planner.clinical.assess import Applied, Assessment
from planner.clinical.citations import Citations
from planner.clinical.regional.needle import Needle
from planner.clinical.regional.ways import Budgeted
from planner.clinical.situation import Situation
from planner.clinical.words import say
from planner.library.library import Library
from planner.plan.models import Alert, Care, HomeAction, Missing, Omitted, Order
from planner.plan.opioids import DischargeOpioid, Naloxone
from planner.plan.parts import Confirmation, Statement
from planner.plan.regional import Block


@dataclass
class Work:
    case: Case
    factors: Factors
    situation: Situation
    library: Library
    citations: Citations
    surgery_at: datetime | None
    edition: str
    """The guideline edition whose antithrombotic intervals hold."""
    orders: list[Order] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    care: list[Care] = field(default_factory=list)
    omitted: list[Omitted] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)
    missing: dict[str, Missing] = field(default_factory=dict)
    no_opioid_home: bool = False
    """Whether it is settled that no opioid of this plan goes home; else one does, or it is not decided."""
    discharge_opioid: DischargeOpioid | None = None
    naloxone: Naloxone | None = None
    home_actions: dict[str, HomeAction | None] = field(default_factory=dict)
    """What happens to each home medicine, by its text; None where a person decides."""
    needles: tuple[Needle, ...] = ()
    """When a needle near the spine may come, worked out once; see needle_times."""
    in_budget: list[Budgeted] = field(default_factory=list)
    """The blocks that share the maximum of local anesthetic, the most important first; see blocks."""

    def turn_home(self) -> None:
        """From here on `planned(...)` asks what goes home: the opioid, if one does or may, and what is placed yet.

        Drugs of which one at a time is given stay: another of their class does not go on where one has ended.
        """
        blocks = {"block", "nerve-block", *(block.id for block in self.blocks), *self.library.blocks}
        kept = self.situation.planned & blocks
        drugs = [drug for name, drug in self.library.drugs.items() if name in self.situation.planned]
        kept |= {drug.drug for drug in drugs if any(one.one_at_a_time for one in self.library.classes_of(drug))}
        if not self.no_opioid_home or self.factors.takes("opioid"):
            kept |= {"opioid"}
        if self.discharge_opioid:
            kept |= {self.discharge_opioid.drug, *self.library.drugs[self.discharge_opioid.drug].classes}
        self.situation.planned = kept

    def plan_drug(self, name: str) -> None:
        """Note a drug and its classes as planned."""
        self.situation.planned |= {name, *self.library.drugs[name].classes}

    @property
    def soonest_surgery(self) -> datetime | None:
        """The start of surgery; of a day without an hour its first minute, the soonest it can be."""
        if self.surgery_at:
            return self.surgery_at
        return datetime.combine(self.case.surgery_date, time()) if self.case.surgery_date else None

    def aside(self) -> "Work":
        """A copy to try something out on: what it is told, asks or adds is not in the plan."""
        return replace(
            self,
            orders=list(self.orders),
            omitted=list(self.omitted),
            alerts=list(self.alerts),
            missing=deepcopy(self.missing),
        )

    @property
    def gives_local_anesthetic(self) -> bool:
        """Whether any block or order of the plan is a local anesthetic, its amount known or not."""
        given = [*(block.drug for block in self.blocks), *(order.drug for order in self.orders)]
        return any(
            "local-anesthetic" in self.library.drugs[name].classes for name in given if name in self.library.drugs
        )

    def ask_for(self, names: list[str] | tuple[str, ...], needed_for: str) -> None:
        """Note missing facts and the line that waits for them."""
        for name in names:
            entry = self.missing.setdefault(name, Missing(factor=name, text=self.question(name)))
            if needed_for not in entry.needed_for:
                entry.needed_for.append(needed_for)

    def question(self, name: str) -> str:
        """The question to ask for a missing field or condition."""
        vocabulary = self.library.vocabulary
        term = name.removeprefix("conditions.")
        if name.startswith("hours_since."):
            return vocabulary.asks["hours_since"].format(drug=name.partition(".")[2])
        if name.startswith("conditions.") and term in vocabulary.conditions:
            return vocabulary.conditions[term].ask
        return vocabulary.asks.get(name, f"{name.replace('_', ' ')}?")

    def alert(self, severity: str, about: str, text: str, sources: list[str] | None = None) -> None:
        """Add an alert; the same text is said once."""
        if text not in [alert.text for alert in self.alerts]:
            self.alerts.append(Alert(severity=severity, about=about, text=text, sources=sources or []))

    def leave_out(self, omitted: Omitted) -> None:
        """Note something left out; the same thing for the same reason is noted once."""
        if not any(other.title == omitted.title and other.because == omitted.because for other in self.omitted):
            self.omitted.append(omitted)

    def before_surgery(self, hours: float | None) -> str | None:
        """The clock time some hours before surgery, as ISO text; None when it is not known."""
        if hours is None or self.surgery_at is None:
            return None
        return iso(self.surgery_at - timedelta(hours=hours))

    def confirmations(self, assessment: Assessment, instead: str = "", after_no: str = "") -> list[Confirmation]:
        """What must be settled first: one entry for each missing fact, one for each agreement.

        `instead` names what is given when the answer rules the line out, `after_no` when nobody agrees.
        """
        entries: list[Confirmation] = []
        by_facts: dict[tuple[str, ...], list[Applied]] = {}
        for applied in assessment.waiting:
            by_facts.setdefault(applied.missing, []).append(applied)
        for facts, waiting in by_facts.items():
            rules = [applied.rule for applied in waiting]
            because = "; ".join(dict.fromkeys(say(rule.when, self.library.vocabulary) for rule in rules))
            entries.append(
                Confirmation(
                    factors=list(facts),
                    ask=" ".join(self.question(name) for name in facts),
                    if_yes=f"{because}: leave out" + (f", {instead}" if instead else ""),
                    if_no="give as written",
                    sources=self.citations.keys(*(rule.source for rule in rules)),
                )
            )
        for applied in assessment.to_confirm:
            entries.append(self._agreement(applied, after_no))
        return entries

    def _agreement(self, applied: Applied, after_no: str) -> Confirmation:
        rule = applied.rule
        sources = self.citations.keys(rule.source)
        if applied.certain:
            if_no = f"leave out, {after_no}" if after_no else "leave out"
            return Confirmation(ask=rule.ask, if_yes="give as written", if_no=if_no, sources=sources)
        condition = say(rule.when, self.library.vocabulary)
        return Confirmation(
            factors=list(applied.missing),
            ask=" ".join(self.question(name) for name in applied.missing),
            if_yes=f"{condition}: {rule.ask}",
            if_no="give as written",
            sources=sources,
        )

    def cautions(self, assessment: Assessment) -> list[Statement]:
        """Reasons of cautions that are certain, and what stands beside a line whose rule was not tested for.

        Cautions that hang on any other missing fact are asked for instead.
        """
        certain = [
            self.citations.statement(applied.rule.because, applied.rule.source)
            for applied in assessment.cautions
            if applied.certain
        ]
        factors = self.library.vocabulary.factors
        beside = {
            factors[name].untested: self.citations.keys(applied.rule.source)
            for applied in assessment.untested
            for name in applied.missing
        }
        return certain + [Statement(text=text, sources=sources) for text, sources in beside.items()]


def iso(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")

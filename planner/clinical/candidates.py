"""A drug regimen held against one patient: suitable, waiting for a fact, or refused and why."""

from dataclasses import dataclass, field

from planner.clinical.assess import Assessment, assess
from planner.clinical.rules import drug_rules
from planner.clinical.work import Work
from planner.library.drug import Drug, DrugClass, Regimen
from planner.library.library import Library
from planner.library.protocol import Item
from planner.plan.models import Omitted


@dataclass
class Refusal:
    """Why a candidate is not given."""

    because: str
    facts: list[str] = field(default_factory=list)
    source: tuple[str, ...] = ()
    origin: str = "patient"


@dataclass
class DrugCandidate:
    """A regimen held against the patient. Exactly one of `refusal` and `assessment` decides."""

    drug: Drug
    regimen: Regimen
    item: Item
    assessment: Assessment
    refusal: Refusal | None = None
    not_tolerated: str = ""
    """What the chart says of an earlier reaction that was no allergy."""

    @property
    def title(self) -> str:
        return self.drug.drug


def drug_candidate(item: Item, work: Work) -> DrugCandidate:
    """Hold `give: drug/regimen` against the patient."""
    name, regimen_name = item.give.split("/")
    drug = work.library.drugs[name]
    assessment = assess(drug_rules(drug, work.library), regimen_name, work.situation, work.library)
    refusal = _refusal(drug, assessment, work)
    return DrugCandidate(drug, drug.regimens[regimen_name], item, assessment, refusal, _not_tolerated(drug, work))


def _not_tolerated(drug: Drug, work: Work) -> str:
    if set(drug.classes).isdisjoint(work.library.vocabulary.intolerance.of):
        return ""
    return ", ".join(one.text for one in work.factors.reactions_to(drug.drug, "intolerance"))


def another_tolerated(candidate: DrugCandidate, work: Work) -> Refusal:
    """Why a drug that could be given stands back for one the patient has not reacted to."""
    told = work.library.vocabulary.intolerance
    return Refusal(f"{told.because}: {candidate.not_tolerated}", [], tuple(told.source), "choice")


def _refusal(drug: Drug, assessment: Assessment, work: Work) -> Refusal | None:
    if assessment.ruled_out:
        return contraindicated(assessment)
    if drug.drug in work.library.not_stocked:
        return not_stocked(drug.drug, work)
    if drug.not_started_new:
        return Refusal(drug.not_started_new.text, [], tuple(drug.not_started_new.source), "protocol")
    for drug_class in work.library.classes_of(drug):
        if drug_class.one_at_a_time and (refusal := _second_of_class(drug, drug_class, work)):
            return refusal
    return None


def not_stocked(name: str, work: Work) -> Refusal:
    """The refusal of a drug that is not at hand."""
    said = work.library.not_stocked[name]
    return Refusal(said.text, [], tuple(said.source), "site")


def contraindicated(assessment: Assessment) -> Refusal:
    """The refusal that names every contraindication, with its facts and sources."""
    reasons = dict.fromkeys(rule.because for rule in assessment.ruled_out)
    sources = dict.fromkeys(citation for rule in assessment.ruled_out for citation in rule.source)
    return Refusal("; ".join(reasons), list(dict.fromkeys(assessment.facts)), tuple(sources))


def _second_of_class(drug: Drug, drug_class: DrugClass, work: Work) -> Refusal | None:
    rule = drug_class.one_at_a_time
    planned = sorted((_members(drug_class.drug_class, work.library) & work.situation.planned) - {drug.drug})
    if planned:
        return Refusal(f"{rule.text}: {planned[0]} is planned", [], tuple(rule.source), "choice")
    taken = [
        medicine.drug or medicine.text
        for medicine in work.factors.home_medicines
        if medicine.holds(drug_class.drug_class)
    ]
    if rule.home == "continued" and taken:
        return Refusal(f"{taken[0]} from home goes on", [f"{taken[0]} at home"], tuple(rule.source))
    return None


def _members(class_name: str, library: Library) -> frozenset[str]:
    """The drugs of a class, worked out once for each library."""
    key = "members", class_name
    if key not in library.prepared_parts:
        library.prepared_parts[key] = frozenset(
            name for name, drug in library.drugs.items() if class_name in drug.classes
        )
    return library.prepared_parts[key]


def omitted_drug(candidate: DrugCandidate, refusal: Refusal, phase: str, work: Work) -> Omitted:
    """The line that says what was left out and why."""
    name = candidate.drug.drug
    return Omitted(
        id=f"{name.replace(' ', '-')}-{phase.replace('_', '-')}",
        drug=name,
        phase=phase,
        title=name,
        because=refusal.because,
        facts=refusal.facts,
        origin=refusal.origin,
        sources=work.citations.keys(refusal.source),
    )

"""The library's plain sentences that fit this patient, with this patient's values."""

from collections.abc import Collection, Iterator

from planner.clinical.assess import assess
from planner.clinical.rules import class_rules
from planner.clinical.situation import Situation
from planner.clinical.work import Work
from planner.library.patient import Advice, Told, placeholders
from planner.plan.handout import DailyAmount, PatientAdvice, PatientText

Values = dict[str, float | str]


def values_of(amount: DailyAmount | None) -> Values:
    """What the sentences may name of this patient."""
    if amount is None:
        return {}
    return {"acetaminophen_planned_mg": amount.planned_mg, "acetaminophen_limit_mg": amount.limit_mg}


def sentence(text: str, source: Collection[str], work: Work, values: Values) -> PatientText | None:
    """The sentence with the values it asks for; None where one of them is not known."""
    if "{" not in text:
        return work.citations.patient_text(text, source)
    wanted = list(placeholders(text))
    if any(name not in values for name in wanted):
        return None
    return PatientText(text=text, values={name: values[name] for name in wanted}, sources=work.citations.keys(source))


def by_topic(advice: list[Advice], situation: Situation, work: Work, values: Values) -> Iterator[PatientAdvice]:
    """Sentences by topic in the order of the files; of two with the same id the later one stands."""
    standing = {entry.id: entry for entry in advice}.values()
    topics: dict[str, list[Advice]] = {}
    for entry in standing:
        if _fits(entry, situation, work):
            topics.setdefault(entry.topic, []).append(entry)
    for topic, entries in topics.items():
        lines = [sentence(entry.text, entry.source, work, values) for entry in entries]
        if said := [line for line in lines if line]:
            yield PatientAdvice(topic=topic, lines=said)


def told(facts: list[Told], situation: Situation, work: Work, values: Values) -> Iterator[PatientText]:
    """The facts that have words for the patient; one whose condition is not known is said."""
    for fact in facts:
        fits = fact.when is None or situation.holds(fact.when) is not False
        if fits and fact.patient and (text := sentence(fact.patient, fact.source, work, values)):
            yield text


def _fits(entry: Advice, situation: Situation, work: Work) -> bool:
    if entry.where_ruled_out and not _ruled_out(entry.where_ruled_out, work):
        return False
    if entry.unless_ruled_out and _ruled_out(entry.unless_ruled_out, work):
        return False
    return entry.when is None or situation.holds(entry.when) is not False


def _ruled_out(name: str, work: Work) -> bool:
    """Whether a contraindication of a whole class is certain for this patient."""
    rules = class_rules(work.library.classes[name], work.library)
    return bool(assess(rules, "", work.situation, work.library).ruled_out)

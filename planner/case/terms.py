"""Which conditions a case says yes, no or nothing about."""

from dataclasses import dataclass

from planner.case.fields import Case
from planner.case.words import OPEN_REST, CaseWords


@dataclass(frozen=True)
class Terms:
    """Conditions known to be present, known to be absent, and asked about but still unknown.

    `listed` says whether the case has a whole list of conditions; then every other term is absent.
    """

    present: frozenset[str]
    absent: frozenset[str]
    asked: frozenset[str]
    listed: bool

    def answer(self, term: str) -> bool | None:
        """Whether the patient has the condition; None where that is not known."""
        if term in self.present:
            return True
        if term in self.absent:
            return False
        return None if term in self.asked or not self.listed else False


def terms_of(case: Case, words: CaseWords) -> Terms:
    """The conditions of a case, with what follows from them and from its other facts.

    Weeks of pregnancy mean pregnancy, a Child-Pugh class means cirrhosis, and a man is neither
    pregnant nor breastfeeding. An unanswered term leaves open what it would imply.
    """
    listed = [term for term in case.conditions or () if term != OPEN_REST]
    certain = [term for term in listed if not term.endswith("?")]
    if case.gestation_weeks is not None:
        certain.append("pregnancy")
    if case.child_pugh is not None:
        certain.append("cirrhosis")
    present = words.with_implied(certain)
    absent = frozenset({"pregnancy", "breastfeeding"}) if case.sex == "male" else frozenset()
    asked = words.with_implied(term.removesuffix("?") for term in listed if term.endswith("?"))
    whole = case.conditions is not None and OPEN_REST not in case.conditions
    return Terms(present, absent, asked, listed=whole)

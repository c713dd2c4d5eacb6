"""An allergy as a chart writes it, read into the drugs and classes it covers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from planner.case.lexicon import Lexicon, fold_name
from planner.case.words import CaseWords, fold

_PARTS = re.compile(
    r"\s*(?P<substance>[^(:]+?)\s*"
    r"(?:\((?P<inside>[^()]*)\)|(?::|\s-+\s)\s*(?P<after>.+))?\s*"
)
_LEAD_OR_TAIL = re.compile(
    r"^(?:allerg(?:y|ic|ies) to|all)\s+|"
    r"\s+(?:allergy|allergies|drugs|medications|medicines)$",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"[,/&+]|\band\b", re.IGNORECASE)
_BETWEEN_REACTIONS = re.compile(r"[,;/&+]|\b(?:and|with)\b", re.IGNORECASE)
_PERHAPS_A_NAME = 0.75
Sort = Literal["allergy", "unclear", "intolerance"]


@dataclass(frozen=True)
class Allergy:
    """One allergy.

    `text` is what the chart says, `substance` and `reaction` its parts ("" where no reaction is
    written). `members` are the ingredients and classes it covers; none for a substance that is
    no drug, such as latex. `recognized` is False where it may cover drugs that were not
    understood; `suggestion` then says what to write. `sort` says whether the reaction is one of an
    allergy; `unclear` counts as one.
    """

    text: str
    substance: str
    reaction: str = ""
    members: frozenset[str] = frozenset()
    recognized: bool = False
    suggestion: str = ""
    sort: Sort = "allergy"

    def covers(self, name: str, classes: Iterable[str] = ()) -> bool:
        """Whether the allergy is to `name` or to one of `classes`."""
        return name in self.members or not self.members.isdisjoint(classes)


def read_allergy(text: str, lexicon: Lexicon, words: CaseWords) -> Allergy:
    """One entry of `allergies`: "sulfa (rash)", "codeine - itching", "NSAIDs". Never raises."""
    parts = _PARTS.fullmatch(text)
    if not parts:
        return Allergy(text, text, suggestion="write the substance, then the reaction in brackets")
    substance, reaction = parts["substance"], parts["inside"] or parts["after"] or ""
    name = fold_name(_LEAD_OR_TAIL.sub("", substance))
    members = _members(name, lexicon, words)
    if members is None:
        closest = "" if _SEVERAL.search(substance) else lexicon.closest(name, _PERHAPS_A_NAME)
        return Allergy(
            text,
            substance,
            reaction,
            suggestion=f"did you mean {closest}?" if closest else "write one substance an entry",
        )
    second = next((word for word in reaction.split() if _members(fold_name(word), lexicon, words)), None)
    if second:
        return Allergy(
            text,
            substance,
            reaction,
            members,
            suggestion=f"if {second} is another allergy, make it an entry of its own",
        )
    return Allergy(text, substance, reaction, members, recognized=True, sort=_sort(reaction, members, lexicon, words))


def _sort(reaction: str, members: frozenset[str], lexicon: Lexicon, words: CaseWords) -> Sort:
    """Only a reaction that names nothing else is an intolerance; no reaction, or any other, is an allergy."""
    if words.intolerance_of.isdisjoint(members | lexicon.classes_of(members)):
        return "allergy"
    whole = reaction.strip().lower()
    named = {whole} if whole in words.intolerance_reactions else {part.strip() for part in _split(whole)}
    if not named or not named <= words.intolerance_reactions | words.unclear_reactions:
        return "allergy"
    return "intolerance" if named <= words.intolerance_reactions else "unclear"


def _split(reaction: str) -> list[str]:
    return [part for part in _BETWEEN_REACTIONS.split(reaction) if part.strip()]


def _members(name: str, lexicon: Lexicon, words: CaseWords) -> frozenset[str] | None:
    """The ingredients and classes that a folded name covers, or None where the name is not known."""
    for spelled in (name, name.removesuffix("s")):
        if spelled in lexicon.allergy_names:
            return frozenset(lexicon.allergy_names[spelled])
        if spelled in lexicon.names:
            ingredients = lexicon.ingredients_of(lexicon.names[spelled])
            return frozenset(
                covered
                for ingredient in ingredients
                for covered in (ingredient, *lexicon.allergy_names.get(fold_name(ingredient), ()))
            )
        if spelled.replace(" ", "-") in words.classes:
            return frozenset({spelled.replace(" ", "-")})
    return frozenset() if fold(name) in words.folded_other_allergens else None

"""The library in memory: every entry by name, and where each stood in its file."""

import copy
from dataclasses import dataclass, field
from functools import cached_property

from planner.case.lexicon import Lexicon, LexiconEntry
from planner.case.words import CaseWords
from planner.library.antithrombotic import Antithrombotic, Editions
from planner.library.baseline import Baseline
from planner.library.block import Aftercare, Block, DepthRules
from planner.library.cards import Cards
from planner.library.coverage import Coverage
from planner.library.discharge import DischargeRules, NaloxoneRules
from planner.library.drug import Drug, DrugClass, HomeRule
from planner.library.entry import Cited, Entry
from planner.library.morphine import Morphine
from planner.library.pathways import resolve
from planner.library.patient import HandoutFile
from planner.library.protocol import Protocol
from planner.library.schedule import ScheduleWords
from planner.library.words import SourceEntry, Vocabulary
from planner.reading.located import Located


@dataclass(frozen=True)
class Regional:
    """What regional anesthesia rests on besides the blocks themselves."""

    depth_rules: list[DepthRules]
    aftercare: Aftercare
    cards: Cards
    coverage: Coverage
    antithrombotics: dict[str, Antithrombotic]
    editions: Editions

    def rules_for(self, depth: str) -> list[DepthRules]:
        """What is true of every block of a depth."""
        return [rules for rules in self.depth_rules if depth in rules.depths]

    @property
    def whole(self) -> bool:
        """Whether every file could be read."""
        return None not in (self.aftercare, self.cards, self.coverage, self.editions)


@dataclass(frozen=True)
class Opioids:
    """What is true of opioids together, besides the drugs themselves."""

    morphine: Morphine
    baseline: Baseline
    discharge: DischargeRules
    naloxone: NaloxoneRules

    @property
    def whole(self) -> bool:
        """Whether every file could be read."""
        return self.morphine.whole and None not in (self.baseline, self.discharge, self.naloxone)


@dataclass(repr=False)
class Library:
    """All clinical content of one folder.

    Protocols and pathways are keyed by file name; drugs and blocks by their name.
    `files` maps an entry's name to the text it was read from, for messages with a place.
    """

    vocabulary: Vocabulary
    sources: dict[str, SourceEntry]
    drugs: dict[str, Drug]
    classes: dict[str, DrugClass]
    blocks: dict[str, Block]
    regional: Regional
    opioids: Opioids
    home_rules: list[HomeRule]
    medicines: dict[str, LexiconEntry]
    allergy_names: dict[str, list[str]]
    handout: HandoutFile
    schedule: ScheduleWords
    pathways: dict[str, Protocol]
    protocols: dict[str, Protocol]
    digest: str
    files: dict[tuple[str, str], tuple[Located, Entry]] = field(default_factory=dict)
    not_stocked: dict[str, Cited] = field(default_factory=dict)
    """Drugs that are not at hand where the plan is made, each with the sentence that says so."""
    # What deciding steps work out once and keep with the library they worked it out for.
    flat_rules: dict = field(default_factory=dict, repr=False)
    prepared_citations: dict = field(default_factory=dict, repr=False)
    prepared_parts: dict = field(default_factory=dict, repr=False)

    def __repr__(self) -> str:
        return f"<Library {self.digest[:12]}: {len(self.protocols)} protocols>"

    def __getstate__(self) -> dict:
        """For another process: without what was worked out here, much of which is kept by ids of this process."""
        return self.__dict__ | {"flat_rules": {}, "prepared_citations": {}, "prepared_parts": {}}

    def changed(
        self,
        drugs: dict[str, Drug],
        sources: dict[str, SourceEntry],
        complete: dict[str, Protocol],
        not_stocked: dict[str, Cited],
    ) -> "Library":
        """A library with these in place of its own, and nothing worked out yet. Digest and files stay."""
        other = copy.copy(self)
        other.drugs, other.sources, other.not_stocked = drugs, sources, not_stocked
        other.__dict__["complete"] = complete
        other.flat_rules, other.prepared_citations, other.prepared_parts = {}, {}, {}
        return other

    @cached_property
    def lexicon(self) -> Lexicon:
        """Names, brands and classes of every drug and medicine, for reading home medicines."""
        return Lexicon.build(self.lexicon_entries, self.allergy_names)

    @cached_property
    def lexicon_entries(self) -> dict[str, LexiconEntry]:
        own = {
            name: LexiconEntry(brands=drug.brands, also=drug.also, classes=drug.classes)
            for name, drug in self.drugs.items()
        }
        return {**self.medicines, **own}

    @cached_property
    def in_combinations(self) -> frozenset[str]:
        """Ingredients that some combination product holds."""
        return frozenset(name for entry in self.medicines.values() for name in entry.ingredients)

    @cached_property
    def plannable_names(self) -> frozenset[str]:
        """Every drug, medicine, class and block a condition may ask about; drugs also with a route: `lidocaine iv`."""
        by_route = (f"{name} {one.route}" for name, drug in self.drugs.items() for one in drug.regimens.values())
        named = (*self.vocabulary.classes, *self.lexicon_entries, *self.blocks, "block", "nerve-block", "catheter")
        return frozenset((*named, *by_route))

    @cached_property
    def case_words(self) -> CaseWords:
        """The words a case may use, for reading one."""
        vocabulary = self.vocabulary
        return CaseWords(
            conditions=frozenset(vocabulary.conditions),
            implies=vocabulary.implies,
            none_words=frozenset(vocabulary.none_words),
            declines=frozenset(vocabulary.declines),
            other_allergens=frozenset(vocabulary.other_allergens),
            classes=frozenset(vocabulary.classes),
            intolerance_of=frozenset(vocabulary.intolerance.of),
            intolerance_reactions=frozenset(vocabulary.intolerance.reactions),
            unclear_reactions=frozenset(vocabulary.intolerance.unclear),
        )

    @cached_property
    def complete(self) -> dict[str, Protocol]:
        """Every protocol with what it extends merged in."""
        return {name: resolve(protocol, self.pathways) for name, protocol in self.protocols.items()}

    def classes_of(self, drug: Drug) -> list[DrugClass]:
        """The class files whose rules hold for this drug."""
        return [
            self.classes[name]
            for name in drug.classes
            if name in self.classes and drug.drug not in self.classes[name].except_
        ]

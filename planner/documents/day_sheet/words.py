"""The words of one case on the day sheet. Unknown is said, never left blank."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.documents.day_sheet.asking import ORDER, THINGS
from planner.documents.day_sheet.voice import ADVISED_AGAINST, NOT_KNOWN, TOO_EARLY
from planner.documents.header import one_decimal
from planner.documents.questions import upper_first
from planner.plan.dates import clock_words, has_clock, moment, moment_words, near_words
from planner.plan.day import DayAntithrombotic, DayBlock, DayCase, DayLine, DayOpioids
from planner.plan.wording import NO_BREAK, amount

STATUS_WORDS = {
    "stop": "STOP",
    "confirm": "CONFIRM",
    "ready": "READY",
    "no_protocol": "NO PROTOCOL",
    "invalid": "INVALID",
    "failed": "FAILED",
}
"""In the order in which they are counted on the page."""


@dataclass(frozen=True)
class Words:
    """`lead` stands out, and `more` has a line each; `last` is what is still to settle."""

    lead: str
    more: tuple[str, ...] = ()
    last: str = ""


@dataclass(frozen=True)
class BlockWords:
    """`needle` says when the needle may come, where that is bound; `waits`: to confirm first."""

    name: str
    side: str
    drug: str
    needle: str
    waits: bool


@dataclass(frozen=True)
class Ask:
    """Everything one person is asked, or that stands in one place; a block waits for `first`."""

    lead: str
    first: tuple[str, ...]
    then: tuple[str, ...]


@dataclass(frozen=True)
class PlanWords:
    """What the page shows of the plan of one case."""

    blocks: tuple[BlockWords, ...]
    thinners: tuple[Words, ...]
    opioids: Words
    stops: tuple[str, ...]
    cautions: tuple[str, ...]
    asks: tuple[Ask, ...]


@dataclass(frozen=True)
class CaseWords:
    """One case. Texts of `case` are as the list writes them.

    `allergies` is None where they are not known or there is no plan, and "" where it is known that there are none.
    """

    case: DayCase
    start: str
    timed: bool
    status: str
    age: str
    weight: str
    allergies: str | None
    side_unknown: bool
    plan: PlanWords | None

    @property
    def second_line(self) -> bool:
        plan = self.plan
        return bool(self.case.messages or (plan and (plan.stops or plan.cautions or plan.asks)))


def case_words(case: DayCase, day: str) -> CaseWords:
    """The words of a case on the list of `day`, an ISO date."""
    return CaseWords(
        case=case,
        start=start_words(case.start, day),
        timed=moment(case.start) is not None and has_clock(case.start),
        status=STATUS_WORDS[case.status],
        age=f"{case.age}{NO_BREAK}years" if case.age is not None else f"age {NOT_KNOWN}",
        weight=amount(case.weight_kg, "kg") if case.weight_kg is not None else f"weight {NOT_KNOWN}",
        allergies=_allergies(case.line.allergies) if case.line else None,
        side_unknown=not case.side and any(one.factor == "side" for one in case.line.questions) if case.line else False,
        plan=_plan(case.line) if case.line else None,
    )


def start_words(start: str | None, day: str) -> str:
    """`07:30`; with its date where that is not the day of the list. Either may be unknown."""
    found = moment(start)
    if found is None:
        return f"date {NOT_KNOWN}"
    clock = clock_words(found) if has_clock(start) else f"time {NOT_KNOWN}"
    return clock if found.date().isoformat() == day else f"{near_words(found.date().isoformat())} {clock}"


def _allergies(listed: list[str] | None) -> str | None:
    """The list in one line; one that names nothing tells nothing, and is not a list of none."""
    named = [text for text in listed or () if text.strip()]
    return None if listed is None or (listed and not named) else ", ".join(named)


def _plan(line: DayLine) -> PlanWords:
    texts = {
        severity: tuple(alert.text for alert in line.alerts if alert.severity == severity)
        for severity in ("stop", "caution")
    }
    return PlanWords(
        blocks=tuple(map(_block, line.blocks)),
        thinners=tuple(_thinners(line)),
        opioids=_opioids(line.opioids),
        stops=texts["stop"],
        cautions=texts["caution"],
        asks=tuple(_asks(line)),
    )


def _block(block: DayBlock) -> BlockWords:
    return BlockWords(
        name=block.title[:1].upper() + block.title[1:],
        side=" and ".join(block.sides) or f"side {NOT_KNOWN}",
        drug=_given(block),
        needle=f"not before {moment_words(block.earliest_at)}" if block.earliest_at else "",
        waits=block.verdict == "confirm",
    )


def _given(block: DayBlock) -> str:
    unknown = block.infusion is None and block.volume_ml is None and block.dose_mg is None
    return f"{block.given}, volume {NOT_KNOWN}" if unknown else block.given


def _thinners(line: DayLine) -> Iterator[Words]:
    if line.antithrombotics is None:
        yield Words("", ("medicines at home not recorded",), f"blood thinner {NOT_KNOWN}")
        return
    for row in line.antithrombotics:
        yield _thinner(row)
    if line.unrecognized:
        medicines = "a medicine is" if line.unrecognized == 1 else f"{line.unrecognized} medicines are"
        yield Words("", (f"{medicines} not recognized",), f"another blood thinner: {NOT_KNOWN}")
    elif not line.antithrombotics:
        yield Words("", ("none",))


def _thinner(row: DayAntithrombotic) -> Words:
    if not row.interval:
        return Words(row.drug, ("no interval needed",))
    planned = ", planned" if row.planned else ""
    lines = [f"last dose {moment_words(row.last_dose_at)}{planned}"] if row.last_dose_at else []
    if row.last_dose_at and not has_clock(row.last_dose_at):
        lines.append(f"hour {NOT_KNOWN}, counted to the end of the day")
    if row.earliest_at:
        lines.append(f"needle not before {moment_words(row.earliest_at)}")
    if row.verdict == "passed":
        return Words(row.drug, (*lines, "passed at the start" if row.earliest_at else "allowed by the measured level"))
    if row.last_dose_at is None:
        lines.append("needle not before the last dose is known")
    last = {"too_early": f"{TOO_EARLY} at the start", "avoid": f"needle {ADVISED_AGAINST}"}
    unknown = f"last dose {NOT_KNOWN}" if row.last_dose_at is None else f"earliest needle {NOT_KNOWN}"
    return Words(row.drug, tuple(lines), last.get(row.verdict, unknown))


def _opioids(found: DayOpioids) -> Words:
    tolerant = {True: "tolerant", False: "not tolerant", None: ""}[found.tolerant]
    if found.mme_per_day is not None:
        mme = "none" if found.mme_per_day == 0 else f"{one_decimal(found.mme_per_day)}{NO_BREAK}MME a day"
    elif found.at_least_mme:
        mme = f"{one_decimal(found.at_least_mme)}{NO_BREAK}MME a day and more"
    else:
        mme = f"MME {NOT_KNOWN}"
    if found.tolerant is None:
        return Words("", (mme,), f"tolerance {NOT_KNOWN}")
    return Words("", (mme, tolerant)) if not found.tolerant else Words(tolerant, (mme,))


def _asks(line: DayLine) -> Iterator[Ask]:
    named = dict.fromkeys(question.of for question in line.questions)
    for of in sorted(named, key=lambda of: ORDER.index(of) if of in ORDER else len(ORDER)):
        texts = {
            wait: [one.text for one in line.questions if one.of == of and one.for_block == wait] for wait in (1, 0)
        }
        lead = upper_first(of) if of in THINGS else f"Ask {of}"
        yield Ask(lead, tuple(dict.fromkeys(texts[1])), tuple(dict.fromkeys(texts[0])))

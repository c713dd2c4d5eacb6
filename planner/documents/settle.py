"""Whether the plan can go on: the word on the band, and the tick boxes under it."""

from dataclasses import dataclass

from planner.documents.care import care_words, has_word, topic_words
from planner.documents.citations import Citations, Cited
from planner.documents.columns import Columns, Group, Shape, columns
from planner.documents.questions import TickBox, upper_first
from planner.plan.dates import moment_words
from planner.plan.models import Alert, Plan
from planner.plan.wording import block_name

HOLD_TOPICS = ("hold", "stop", "antithrombotic")
"""Care that stops or holds something: printed on top, with a tick box."""
_TICKS = Shape(2, 56)


@dataclass(frozen=True)
class Band:
    """The answer in one word, what it means, and what stands in the way."""

    word: str
    meaning: str
    reasons: tuple[Cited, ...]


@dataclass(frozen=True)
class Check:
    """One thing to stop, hold or look at before surgery."""

    about: str
    text: Cited


@dataclass(frozen=True)
class Tick:
    """A tick box under the band: a fact to confirm or a thing to check."""

    box: TickBox | None = None
    check: Check | None = None


def settle(boxes: tuple[TickBox, ...], found: tuple[Check, ...]) -> Columns[Tick]:
    """The tick boxes under the band: first what to confirm, then what to stop and check."""
    confirm = tuple(Tick(box=box) for box in boxes)
    check = tuple(Tick(check=item) for item in found)
    return columns((Group("Confirm first", confirm), Group("Stop and check", check)), _tick_words, _TICKS)


def _tick_words(tick: Tick) -> str:
    if tick.check:
        return f"[] {tick.check.about}: {tick.check.text}"
    box = tick.box
    return " ".join(("[]", box.title, box.ask, "Waits:", box.waits, *box.outcomes))


def band(plan: Plan, boxes: int, checked: int, reasons: tuple[Cited, ...]) -> Band:
    """The word on the band: the most cautious of the plan's status and what the page itself shows."""
    if plan.status == "stop" or reasons:
        return Band("STOP", "do not go on before this is settled", reasons)
    if boxes:
        said = "the plan stands; settle these before the lines marked ? are given"
        return Band(f"CONFIRM {items(boxes + checked)}", said, ())
    if plan.status == "confirm" and checked:
        return Band(f"CONFIRM {items(checked)}", "the plan stands; settle these before the orders are given", ())
    if plan.status == "confirm":
        return Band("CONFIRM", "the plan is not settled; review every line", ())
    return Band("READY", "no open question; review and enter the orders", ())


def items(count: int) -> str:
    return f"{count} ITEM" if count == 1 else f"{count} ITEMS"


def alerts(plan: Plan, severity: str) -> list[Alert]:
    return [alert for alert in plan.alerts if alert.severity == severity]


def alert_words(alert: Alert) -> str:
    about, text = alert_parts(alert)
    return f"{about}: {text}" if about else text


def alert_parts(alert: Alert) -> tuple[str, str]:
    """What an alert is about, and its text without the same words again."""
    about, text = alert.about.replace("-", " ").replace("_", " ").strip(), alert.text.strip()
    if text.lower().startswith(f"{about.lower()}:"):
        text = text[len(about) + 1 :].strip()
    return upper_first(about), text


def checks(plan: Plan, citations: Citations) -> tuple[Check, ...]:
    """What to stop and check: cautions, things to hold, and blocks that must not start too early."""
    found = [alert_check(alert, citations) for alert in alerts(plan, "caution")]
    for care in plan.care:
        if is_hold(care.topic):
            found.append(Check(topic_words(care), care_words(care, citations)))
    for block in plan.blocks:
        if block.earliest_at:
            text = f"not before {moment_words(block.earliest_at)}"
            keys = dict.fromkeys(key for row in plan.antithrombotics if row.earliest_at for key in row.sources)
            found.append(Check(block_name(block), citations.cite(text, list(keys) or block.sources)))
    return tuple(found)


def alert_check(alert: Alert, citations: Citations) -> Check:
    about, text = alert_parts(alert)
    return Check(about, citations.cite(text.rstrip("."), alert.sources))


def is_hold(topic: str) -> bool:
    return has_word(topic, HOLD_TOPICS)

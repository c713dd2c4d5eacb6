"""Dates as no country misreads them: `Tue 15-Dec-2026 07:30`."""

from datetime import UTC, date, datetime

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def moment(text: str | None) -> datetime | None:
    """An ISO date or date-time; None where there is none or it cannot be read."""
    try:
        return datetime.fromisoformat(str(text)) if text else None
    except ValueError:
        return None


def day_words(day: date, weekday: bool = True) -> str:
    text = f"{day.day:02d}-{_MONTHS[day.month - 1]}-{day.year}"
    return f"{_DAYS[day.weekday()]} {text}" if weekday else text


def date_words(text: str | None, weekday: bool = True) -> str:
    """An ISO date as `Tue 15-Dec-2026`, or "" where it is not known."""
    found = moment(text)
    return day_words(found, weekday) if found else ""


def has_clock(text: str | None) -> bool:
    return "T" in str(text or "") or ":" in str(text or "")


def moment_words(text: str | None, weekday: bool = True) -> str:
    """An ISO date-time as `Tue 15-Dec-2026 07:30`; a date alone without a clock time."""
    found = moment(text)
    if not found:
        return ""
    return f"{day_words(found, weekday)} {clock_words(found)}" if has_clock(text) else day_words(found, weekday)


def near_words(text: str | None, near: date | None = None) -> str:
    """A moment within weeks of surgery, its year named on the page: `Tue 15-Dec 07:30`.

    `near`: the day of surgery; a moment of another year keeps its year.
    """
    found = moment(text)
    if not found:
        return ""
    words = moment_words(text)
    return words if near and found.year != near.year else words.replace(f"-{found.year}", "", 1)


def beside_words(named: str, text: str) -> str:
    """A moment beside one that is named with its day: `19:30` on that day, else `Wed 16-Dec 03:00`."""
    found = moment(text)
    return clock_words(found) if moment(named).date() == found.date() else near_words(text)


def between_words(first: str, last: str) -> str:
    """`Tue 15-Dec 13:30 to 19:30`, `Tue 15-Dec 22:00 to Wed 16-Dec 03:00`; both have a clock time."""
    return f"{near_words(first)} to {beside_words(first, last)}"


def time_words(text: str | None, day: str) -> str:
    """A moment as its clock time alone where it is on `day`, in words of `date_words`; else with its date."""
    found = moment(text)
    if found and has_clock(text) and date_words(text) == day:
        return clock_words(found)
    return moment_words(text)


def clock_words(found: datetime) -> str:
    return f"{found.hour:02d}:{found.minute:02d}"


def stamp_words(text: str) -> str:
    """When the plan was made, with its time zone where one is given."""
    found = moment(text)
    if found is None:
        return text
    offset = found.strftime("%z")
    zone = "" if not offset else " UTC" if not offset.strip("+-0") else f" UTC{offset[:3]}:{offset[3:5]}"
    return f"{day_words(found, weekday=False)} {clock_words(found)}{zone}"


def utc(text: str) -> datetime:
    """The moment in UTC; one without a zone is taken as it stands."""
    found = moment(text) or datetime(1970, 1, 1)
    return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found


def span_words(first: str | None, last: str | None, year: int | None) -> str:
    """`Tue 15-Dec`, `Wed 16 to Fri 18-Dec`, `Tue 29-Dec to Tue 26-Jan-2027`; `year` is the one that needs no naming."""
    start, end = moment(first), moment(last)
    if not start:
        return ""
    if not end or start.date() == end.date():
        return _without(day_words(start), year)
    if (start.year, start.month) == (end.year, end.month):
        return f"{_DAYS[start.weekday()]} {start.day:02d} to {_without(day_words(end), year)}"
    return f"{_without(day_words(start), end.year, year)} to {_without(day_words(end), year)}"


def _without(words: str, *years: int | None) -> str:
    for year in years:
        words = words.removesuffix(f"-{year}")
    return words


def days_words(from_day: int, to_day: int) -> str:
    """Days counted from surgery: `day of surgery`, `days 1 to 3`, `weeks 2 to 6`, `14 to 3 days before`."""
    if from_day < 0 and to_day < 0:
        first, last = -from_day, -to_day
        if first == last:
            return "1 day before" if first == 1 else f"{first} days before"
        return f"{first} to {last} days before"
    if from_day == to_day:
        return _one_day(from_day)
    if from_day >= 14 and from_day % 7 == 0 and to_day % 7 == 0:
        return f"weeks {from_day // 7} to {to_day // 7}"
    if from_day < 0:
        before = "1 day before" if from_day == -1 else f"{-from_day} days before"
        return f"{before} to day {to_day}" if to_day else f"from {before}"
    return f"days {from_day} to {to_day}"


def _one_day(day: int) -> str:
    if day == 0:
        return "day of surgery"
    return f"week {day // 7}" if day >= 14 and day % 7 == 0 else f"day {day}"

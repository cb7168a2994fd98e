"""Days, months, years, seasons, feasts and hours."""

from __future__ import annotations

from datetime import datetime, timedelta

from depeche.extract.times import intervals as cal
from depeche.extract.times.context import DAY, FINE, Context, leaning_of, narrated_last, part_of
from depeche.extract.times.intervals import Interval
from depeche.extract.times.scan import Match

#: Start and end hour of each part of the day; a night ends on the next.
DAYPARTS = {"morning": (5, 12), "noon": (12, 14), "afternoon": (12, 18), "evening": (18, 24), "night": (20, 30)}
#: A present tense with a weekday tells of what was up to so many days ago ("says on Tuesday"), else of what comes.
PRESENT_REACH = 2
#: An hour without its day belongs to the day told last, unless that lies so far back that it is background.
SAME_STORY = timedelta(days=14)
#: So near to publication a weekday that does not fit its date is taken for a slip of the pen, not for another year.
SLIP_DAYS = 31


def weekday(match: Match, context: Context) -> Interval | None:
    """A day of the week: the last, the next, or the one that the tense points at, the day of publication included."""
    day, which = match.number("weekday"), match.number("which")
    following = match.number("following")
    if day is None:
        return None
    if following is not None:
        return _following_weekday(day, following, context)
    if context.now is None:
        return None
    back = (context.now.weekday() - day) % 7
    ahead = (day - context.now.weekday()) % 7
    weeks = match.number("weeks")
    if weeks is not None:
        offset = ahead + 7 * weeks
    elif match.number("same") is not None:
        offset = (ahead or 7) if context.strict and context.direction > 0 else -back if back <= ahead else ahead
    elif which is not None:
        offset = -(back or 7) if which < 0 else (ahead or 7)
    elif context.strict and context.direction:
        offset = -(back or 7) if context.direction < 0 else (ahead or 7)
    else:
        near_ahead = context.present and back > PRESENT_REACH
        offset = ahead if context.direction > 0 or near_ahead else -back
    return cal.unit_at(context.now + DAY * offset, "day")


def _following_weekday(day: int, following: int, context: Context) -> Interval | None:
    last = narrated_last(context, FINE)
    if last is not None and last.start is not None:
        base = cal.floor(last.start, "day")
        step = (day - base.weekday() - 1) % 7 + 1 if following > 0 else -((base.weekday() - day - 1) % 7 + 1)
        return cal.unit_at(base + DAY * step, "day")
    if context.now is None:
        return None
    return cal.unit_at(cal.floor(context.now, "week") + DAY * (7 * following + day), "day")


def weekday_in(match: Match, context: Context) -> Interval | None:
    """A day of a given week."""
    day, week = match.number("weekday"), part_of(match, "week", context)
    if day is None or week is None or week.start is None:
        return None
    return cal.unit_at(week.start + DAY * day, "day")


def full_year(match: Match) -> int | None:
    """The year captured in four figures or two ("74" is 1974, "14" is 2014)."""
    year = match.number("year")
    if year is not None:
        return year
    short = match.number("year2")
    return None if short is None else short + (2000 if short < 50 else 1900)


def date(match: Match, context: Context) -> Interval | None:
    """A day of a month, with or without month, year, day of the week."""
    day, month = match.number("day"), match.number("month") or match.number("month_number")
    year, week_day = full_year(match), match.number("weekday")
    if day is None:
        return None
    if month and year:
        return cal.day_of(year, month, day)
    now = context.reference
    if now is None:
        return None
    if month:
        spread = 4 if week_day is not None else 1
        candidates = [cal.day_of(y, month, day) for y in range(now.year - spread, now.year + spread + 1)]
    else:
        first = now.replace(day=1)
        candidates = []
        for n in range(-12, 13):
            at = cal.add(first, n, "month")
            candidates.append(cal.day_of(at.year, at.month, day))
    leaning = leaning_of(match, context)
    if week_day is not None:
        fitting = [c for c in candidates if c and c.start and c.start.weekday() == week_day]
        near = cal.choose(candidates, now, leaning.direction, leaning.strict)
        slip = month and near and near.start and abs((near.start - now).days) <= SLIP_DAYS
        found = near if slip else cal.choose(fitting, now, leaning.direction, leaning.strict)
        return found or near
    return cal.choose(candidates, now, leaning.direction, leaning.strict)


def said(match: Match) -> str | None:
    """The day, month or year that the words of a point in time alone give, as `Time.said` has it; None for other times."""
    inner = match.part("time")
    if match.rule.op == "copy" and inner is not None:
        return said(inner)
    if match.rule.kind != "point" or match.rule.op not in ("date", "month", "year"):
        return None
    year, month, day = full_year(match), match.number("month") or match.number("month_number"), match.number("day")
    week_day = match.number("weekday")
    if match.rule.op == "year":
        return f"{year:04d}" if year else None
    if month is None or (match.rule.op == "date" and day is None):
        return None
    words = (f"{year:04d}" if year else "-") + f"-{month:02d}" + (f"-{day:02d}" if day else "")
    return words if week_day is None else f"{words}/{week_day + 1}"


def month(match: Match, context: Context) -> Interval | None:
    """A month, with or without its year."""
    number, year = match.number("month"), full_year(match)
    if number is None:
        return None
    if year:
        return cal.month_of(year, number)
    now = context.reference
    following = match.number("following")
    if following is not None:
        last = narrated_last(context, FINE | {"month", "year"})
        now = last.start if last and last.start else now
    if now is None:
        return None
    candidates = [cal.month_of(y, number) for y in range(now.year - 1, now.year + 2)]
    if match.number("which") is not None:  # "last March" said in March is that of the year before
        candidates = [c for c in candidates if c and c.start and c.end and not c.start <= now < c.end]
    leaning = context.towards(following) if following is not None else leaning_of(match, context)
    return cal.choose(candidates, now, leaning.direction, leaning.strict)


def year(match: Match, context: Context) -> Interval | None:
    """A year in figures."""
    number = full_year(match)
    return cal.unit_at(datetime(number, 1, 1), "year") if number and number < 9999 else None


def clock(match: Match, context: Context) -> Interval | None:
    """An hour of a day: the day that stands beside it, else the day narrated last, else that of publication."""
    hour, minute = match.number("hour"), match.number("minute")
    if hour is None:
        return None
    if match.text_of("half_day") and hour < 12:
        hour += 12
    day = part_of(match, "day", context) if match.part("day") else _this_day(context)
    if day is None or day.start is None:
        return None
    start = cal.floor(day.start, "day") + timedelta(hours=hour, minutes=minute or 0)
    return cal.unit_at(start, "hour") if minute is None else Interval(start, start + timedelta(minutes=1), "minute")


def _this_day(context: Context) -> Interval | None:
    last = narrated_last(context, FINE)
    if last is not None and last.start is not None:
        background = context.now is not None and abs(last.start - context.now) > SAME_STORY
        if not background:
            return cal.unit_at(last.start, "day")
    return None if context.now is None else cal.unit_at(context.now, "day")


def daypart(match: Match, context: Context) -> Interval | None:
    """Morning, afternoon, evening or night of a day."""
    hours = DAYPARTS.get(match.text_of("daypart") or "")
    if match.part("day"):
        day = part_of(match, "day", context)
    elif match.number("narrated"):
        day = _this_day(context)
    else:
        day = None if context.now is None else cal.unit_at(context.now + DAY * (match.number("n") or 0), "day")
    if hours is None or day is None or day.start is None:
        return None
    start = cal.floor(day.start, "day")
    return Interval(start + timedelta(hours=hours[0]), start + timedelta(hours=hours[1]), "daypart")


def holiday(match: Match, context: Context) -> Interval | None:
    """A feast: "12-25", or days from Easter ("easter+39")."""
    value, number = match.text_of("holiday") or "", full_year(match)

    def on(y: int) -> Interval | None:
        if value.startswith("easter"):
            return cal.unit_at(cal.midnight(cal.easter(y)) + DAY * int(value[6:] or 0), "day")
        month_number, day = value.split("-")
        return cal.day_of(y, int(month_number), int(day))

    if number:
        return on(number)
    now = context.reference
    if now is None:
        return None
    leaning = leaning_of(match, context)
    return cal.choose([on(y) for y in range(now.year - 1, now.year + 2)], now, leaning.direction, leaning.strict)


def decade(match: Match, context: Context) -> Interval | None:
    """The ten years that begin with a round year."""
    number = full_year(match)
    short = match.number("year2")
    if number is None:
        return None
    if short is not None:  # "the twenties" of which century is told by how far they lie back
        number = 1900 + short if short >= 20 else 2000 + short
    if number % 10:
        return None
    return Interval(datetime(number, 1, 1), datetime(number + 10, 1, 1), "decade")


def century(match: Match, context: Context) -> Interval | None:
    """The n-th century."""
    n = match.number("century")
    return cal.unit_at(datetime(100 * n - 99, 1, 1), "century") if n and 0 < n < 99 else None


def season(match: Match, context: Context) -> Interval | None:
    """A season, of a year or the nearest; a winter is named after either of its years and begins in the first."""
    number, which, told = match.number("season"), match.number("which"), full_year(match)
    if number is None:
        return None
    if told:
        return cal.season_of(told, number)
    now = context.reference
    if now is None:
        return None
    found = [cal.season_of(y, number) for y in range(now.year - 2, now.year + 2)]
    candidates = [c for c in found if c and c.start and c.end]
    if which is not None:
        candidates = [c for c in candidates if not (c.start and c.end and c.start <= now < c.end)]
    leaning = leaning_of(match, context)
    return cal.choose(candidates, now, leaning.direction, leaning.strict)


def quarter(match: Match, context: Context) -> Interval | None:
    """The n-th quarter or semester of a year."""
    n, unit = match.number("nth"), match.text_of("unit") or "quarter"
    of = part_of(match, "period", context)
    if of is None or of.start is None:
        number = full_year(match)
        if number is None and context.now is None:
            return None
        of = cal.unit_at(datetime(number, 1, 1) if number else context.now, "year")  # type: ignore[arg-type]  # one is there
    size = cal.MONTHS[unit]
    if n is None or of.start is None:
        return None
    if n < 0:
        n = 12 // size + 1 + n
    if not 1 <= n <= 12 // size:
        return None
    start = cal.add(of.start, (n - 1) * size, "month")
    return Interval(start, cal.add(start, size, "month"), "quarter")


def week_of(match: Match, context: Context) -> Interval | None:
    """The week that begins about a date: a Saturday or Sunday names the week that follows it."""
    day = part_of(match, "day", context)
    if day is None or day.start is None:
        return None
    return cal.unit_at(day.start + DAY * (2 if day.start.weekday() >= 5 else 0), "week")


def copy(match: Match, context: Context) -> Interval | None:
    """The time that the rule wraps in further words; `which` gives it a direction."""
    return part_of(match, "time", leaning_of(match, context))

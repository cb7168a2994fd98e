"""Does a mention of the ledger fit what a claim speaks of: for certain, possibly, or not at all; and why not for certain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from depeche.analysis.check.names import CERTAIN, NO, POSSIBLE, same_person
from depeche.analysis.check.query import Interval, Party, Query, Spot
from depeche.analysis.check.wording import Title, title_of
from depeche.ledger.queries.check import Held, Mention, Said, Side

#: Offices that others are kinds of: "un ministre" may be any minister, "un dirigeant" the head of state or of government.
_KINDS_OF = {"leader": ("head_of_state", "head_of_government")}
#: Titles so wide that another office of the same state may be meant.
_LOOSE = frozenset({"manager", "leader", "chief", "minister", "deputy", "representative", "official"})
#: Offices that tell what somebody is, not what he holds: one who is known by such a title alone may hold the office asked for.
_BARE = frozenset({"minister", "secretary", "secretary_state", "leader", "manager", "chief", "director", "officer"})
_OFFICIAL_KINDS = frozenset({"state", "office"})
_OFFICIAL_SECTORS = frozenset({"GOV", "MIL", "SPY", "COP"})
#: Sectors whose people hold no office of a state.
_PRIVATE = frozenset("AGR BUS CRM CVL EDU JRN LAB MED NGO REB REF REL SOC UAF".split())


@dataclass(frozen=True, slots=True)
class Fit:
    """How well something fits, and what keeps it from being certain."""

    level: int
    doubts: tuple[str, ...] = ()

    def __and__(self, other: Fit) -> Fit:
        return Fit(min(self.level, other.level), (*self.doubts, *other.doubts))


_SURE, _NOT = Fit(CERTAIN), Fit(NO)


def _maybe(why: str) -> Fit:
    return Fit(POSSIBLE, (why,))


class Known:
    """Who held which office, as the ledger's tenures and the documents themselves tell."""

    def __init__(self, held: Iterable[Held], said: Iterable[Said]) -> None:
        self._held: dict[str, list[Held]] = defaultdict(list)
        self._said: dict[tuple[str, str], list[Said]] = defaultdict(list)
        for h in held:
            self._held[h.person].append(h)
        for s in said:
            self._said[s.document, s.person].append(s)

    def offices(self, person: str, days: Interval) -> set[tuple[str, str | None]]:
        """The offices, and of what, that a person surely held on all of the days."""
        return {(h.office, h.of) for h in self._held.get(person, ()) if _holds(h, days) == CERTAIN}

    def held(self, person: str) -> list[Held]:
        """All tenures of a person."""
        return self._held.get(person, [])

    def fit(self, party: Party, person: str, document: str, days: Interval) -> Fit | None:
        """Did the person hold the office of the party on the days? None where nothing is known of any office of the person."""
        told = [s for s in self._said.get((document, person), ()) if _during(s, days)]
        here = [s for s in told if _same_office(party, s.office, s.of)]
        states = {s.status for s in here}
        if states & {"current", "acting"} and not states & {"former", "elect"}:
            return _SURE
        tenures = [h for h in self.held(person) if _same_office(party, h.office, h.of)]
        level = max((_holds(h, days) for h in tenures), default=NO)
        if level == CERTAIN:
            return _SURE if " " in person else _maybe(f"{person!r} alone may be another of that name")
        if states & {"elect"}:
            return _maybe(f"{person} was not yet in office")
        if level == POSSIBLE:
            return _maybe(f"the ledger does not show {person} in office on that day")
        if states & {"current", "acting"}:
            return _maybe(f"{person} is called both holder and former holder of the office")
        if tenures or told or self.held(person):
            return _NOT
        return None


#: What a document says of who holds an office holds about the day on which it says so.
_ABOUT = timedelta(days=90)


def _during(s: Said, days: Interval) -> bool:
    """Does what a document says of an office hold for the days? A row of a list is for its own day, what was read for its own time."""
    if s.as_of is None or days.end is None:
        return not s.listed
    if s.listed:
        return days.start is not None and days.start <= s.as_of < days.end
    return days.end > s.as_of - _ABOUT and (days.start is None or days.start < s.as_of + _ABOUT)


def _holds(h: Held, days: Interval) -> int:
    """Was the office held on the days? They count as one event, which lies on some day among them."""
    if days.start is None or days.end is None:
        outside = (days.end is not None and h.after is not None and days.end <= h.after) or (
            days.start is not None and h.by is not None and days.start >= h.by
        )
        return NO if outside else POSSIBLE
    last = days.end - date.resolution
    if h.first is not None and h.last is not None and h.first <= days.start and last <= h.last:
        return CERTAIN
    if (h.after is not None and last <= h.after) or (h.by is not None and days.start >= h.by):
        return NO
    return POSSIBLE


def _same_office(party: Party, office: str, of: str | None) -> bool:
    """Is an office the one asked for, or one of its kinds?"""
    if party.country is not None and of is not None and of != party.country:
        return False
    wanted = party.office or ""
    kinds = _KINDS_OF.get(wanted, ())
    return office == wanted or office.startswith((f"{wanted}.", f"{wanted}:")) or office in kinds


def fit_party(party: Party | None, sides: Iterable[Side], mention: Mention, known: Known, days: Interval) -> Fit:
    """The best fit of a party among those whom a mention names in one role."""
    if party is None:
        return _SURE
    fits = [_fit_side(party, side, mention, known, days) for side in sides]
    if not fits:
        return _maybe(f"it names nobody who might be {party.words}")
    return max(fits, key=lambda f: f.level)


def _fit_side(party: Party, side: Side, mention: Mention, known: Known, days: Interval) -> Fit:
    if party.person is not None:
        return _fit_person(party, side)
    if party.country and side.country and side.country != party.country and not party.name:
        return _NOT
    if party.office is not None:
        return _fit_office(party, side, mention, known, days)
    if party.name is not None:
        return _fit_name(party, side)
    if party.country is not None:
        return _fit_country(party, side)
    return _maybe(f"who is meant by {party.words!r} is not known")


def _fit_person(party: Party, side: Side) -> Fit:
    if side.kind not in (None, "person", "office"):
        return _NOT
    level = same_person(party.person or "", side.key)
    if level == POSSIBLE:
        return _maybe(f"{side.name} may be {party.words}")
    if level == NO and side.kind == "office" and party.country in (None, side.country):
        return _maybe(f"who was {side.words!r} then is not known")
    return Fit(level)


def _fit_office(party: Party, side: Side, mention: Mention, known: Known, days: Interval) -> Fit:
    title = _title(side, mention.lang)
    if title is not None and title.status == "former":
        return _NOT
    if title is not None and _same_office(party, title.office, title.country):
        if title.status == "elect":
            return _maybe(f"{side.words!r} was not yet in office")
        if party.country and title.country is None:
            return _maybe(f"whose office {side.words!r} is, is not said")
        return _SURE
    if side.kind == "person" or side.kind is None:
        if side.sector in _PRIVATE:
            return _NOT
        fit = known.fit(party, side.key, mention.document, days)
        if fit is not None and fit.level:
            return fit
        if fit is not None or (title is not None and title.office not in _BARE):
            return _loosely(party, side)
        return _maybe(f"which office {side.name} held is not known")
    if side.kind == "office":
        if title is None or title.office in _BARE:
            return _maybe(f"which office {side.words!r} stands for is not known")
        return _loosely(party, side)
    if side.kind in ("state", "organisation") and party.country in (None, side.country):
        return _maybe(f"{side.words!r} does not say who it was")
    return _NOT


def _title(side: Side, lang: str) -> Title | None:
    """The office that the words of somebody name."""
    title = title_of(side.words, lang, side.country) or title_of(side.name, lang, side.country)
    if title is None and side.office is not None:
        return Title(side.office, side.country, "current")
    return title


def _loosely(party: Party, side: Side) -> Fit:
    """Somebody of another office: no fit, unless the words of the claim are wide enough to take him in."""
    if party.office in _LOOSE and party.country == side.country:
        return _maybe(f"{side.words!r} may count as {party.words!r}")
    return _NOT


def _fit_name(party: Party, side: Side) -> Fit:
    if side.key == party.name:
        return _SURE
    ours, theirs = set((party.name or "").split()), set(side.key.split())
    if ours and theirs and (ours <= theirs or theirs <= ours):
        return _maybe(f"{side.words!r} may be {party.words!r}")
    return _NOT


def _fit_country(party: Party, side: Side) -> Fit:
    if side.country is None:
        if side.kind in ("person", "office"):
            return _maybe(f"of which country {side.words!r} is, is not known")
        return _NOT
    official = side.kind in _OFFICIAL_KINDS or side.sector in _OFFICIAL_SECTORS
    if party.kind == "state":
        if official:
            return _SURE
        return _maybe(f"{side.words!r} may not act for the state") if side.kind != "crowd" else _NOT
    return _maybe(f"{side.words!r} may not be {party.words!r}")


def fit_place(spot: Spot | None, mention: Mention, sides: Iterable[Side]) -> Fit:
    """Did it happen there? Where its place is not told, the country of those who were visited says where at the likeliest."""
    if spot is None:
        return _SURE
    if spot.country is None:
        return _maybe(f"where {spot.words!r} is, is not known")
    if mention.place is not None and mention.country is not None:
        if mention.country != spot.country:
            heir = spot.country in HEIRS.get(mention.country, ())
            return (
                _maybe(f"{mention.place} was in {mention.country}, a state of which {spot.words} was a part")
                if heir
                else _NOT
            )
        if spot.key is None or mention.place_key == spot.key:
            return _SURE
        return _maybe(f"the place {mention.place!r} may not be {spot.words}")
    hosts = [s for s in sides if s.role == "recipient"]
    if any(s.country == spot.country and s.kind == "state" for s in hosts) and mention.place is None:
        return _SURE if spot.key is None else _maybe(f"where in {spot.country} it was is not told")
    if hosts and all(s.country not in (None, spot.country) for s in hosts) and mention.place is None:
        return _NOT
    return _maybe("where it was is not told")


#: States that are no more, and those on whose ground they were (ISO 3166-3 and -1): a visit to one of the first may be one to the second.
HEIRS = {
    "SUN": "RUS UKR BLR MDA LTU LVA EST GEO ARM AZE KAZ KGZ UZB TKM TJK".split(),
    "YUG": "SRB HRV SVN BIH MKD MNE XKX".split(),
    "SCG": "SRB MNE XKX".split(),
    "CSK": "CZE SVK".split(),
    "DDR": ["DEU"],
    "ANT": "CUW SXM BES".split(),
    "VDR": ["VNM"],
    "YMD": ["YEM"],
}


def fit_mode(query: Query, mention: Mention) -> Fit:
    """Is it the same kind of deed? A bare type takes all its modes; a meeting is no visit for certain, nor the reverse; and a type is
    wider than the words of a claim, so that only what the same rule read is the same for certain."""
    fit = _fit_mode(query, mention)
    if fit.level and query.frame is not None and mention.rule != query.frame:
        return fit & _maybe("it may be another kind of deed")
    return fit


def _fit_mode(query: Query, mention: Mention) -> Fit:
    if query.mode == mention.mode:
        return _SURE
    if query.type != "CONSULT":
        if query.mode is None:
            return _SURE
        return _maybe("of what kind it was is not told") if mention.mode is None else _NOT
    if "phone" in (query.mode, mention.mode):
        return _NOT
    return _maybe(
        "it was a meeting, not called a visit" if query.mode == "visit" else "it may have been no such meeting"
    )


#: What the status of a mention says of whether it happened.
_STATUS = {
    "planned": "it was planned; whether it took place is not told",
    "possible": "it is told as possible only",
    "habitual": "it is told as a habit, without a day",
}


def fit_status(mention: Mention) -> Fit:
    """Did it happen?"""
    if mention.status == "denied":
        return _NOT
    return _maybe(_STATUS[mention.status]) if mention.status in _STATUS else _SURE


def fit_deed(query: Query, mention: Mention, sides: list[Side], known: Known, days: Interval) -> Fit:
    """Is the mention such a deed as the claim counts, at whatever time, whether or not it happened?"""
    doers = [s for s in sides if s.role == "actor"]
    others = [s for s in sides if s.role == "recipient"]
    both = query.type == "CONSULT" and query.mode != "visit"
    fit = fit_mode(query, mention) & fit_place(query.place, mention, sides)
    if not fit.level:
        return fit
    plain = fit_party(query.subject, doers, mention, known, days) & fit_party(
        query.object, others, mention, known, days
    )
    if not both:
        return fit & plain
    # whoever meets is met: the sides may be told either way round, or together on one side
    turned = fit_party(query.subject, sides, mention, known, days) & fit_party(
        query.object, sides, mention, known, days
    )
    return fit & max(plain, turned, key=lambda f: f.level)

"""Whether two event mentions tell of one happening: a pure function of their traits, with its reasons."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from itertools import product
from typing import NamedTuple

from depeche.languages.frequencies import stem, word_weights
from depeche.ledger.merge.cluster import CONFLICT
from depeche.ledger.merge.traits import Party, Trait
from depeche.ledger.merge.words import cosine, overlap, weight

#: Types that one reader takes for the other: two mentions of them may be one happening.
FAMILY = {"CONCEDE": "RETREAT", "AGREE": "SUPPORT", "COERCE": "SANCTION"}
#: Types whose sides nobody keeps apart: who meets whom is one happening.
MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
#: Acts of speech are repeated by the same people to the same people; what they say tells one from the next.
SPEECH = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
# Days by which two dates of one happening may differ: reports, nights and time zones blur them.
BLUR = 3
# Likeness of two texts from which on they are of one story; more says little more.
STORY = 0.25
# Weight of a word that by itself tells one story from another.
RARE = 0.95
ROLES = ("actor", "recipient")
# How two parties compare, the best first.
LEVELS = ("named", "office", "noun", "country", "open", "none", "clash")


class Likeness(NamedTuple):
    """The log-odds that two mentions tell of one happening, and what spoke for and against, the strongest first."""

    score: float
    reasons: tuple[tuple[str, float], ...]


def compare(a: Trait, b: Trait) -> Likeness:
    """How likely two mentions tell of one happening; CONFLICT where they can't. The order of the two makes no difference."""
    a, b = sorted((a, b), key=lambda t: t.mention)
    if clash := _conflict(a, b):
        return Likeness(CONFLICT, ((clash, CONFLICT),))
    weights = load_weights()
    parts = [(name, weights.get(name, 0.0) * value) for name, value in features(a, b).items()]
    total = weights["bias"] + sum(part for _, part in parts)
    reasons = sorted(((n, round(p, 2)) for n, p in parts if round(p, 2)), key=lambda r: (-abs(r[1]), r[0]))
    return Likeness(round(max(total, CONFLICT + 1), 3), tuple(reasons))


def score(a: Trait, b: Trait) -> float:
    """The score of `compare`, without its reasons."""
    if b.mention < a.mention:
        a, b = b, a
    if _conflict(a, b):
        return CONFLICT
    weights = load_weights()
    total = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in features(a, b).items())
    return round(max(total, CONFLICT + 1), 3)


@cache
def load_weights() -> Mapping[str, float]:
    """The learned weights of the features (see `evaluation/merging.py`)."""
    file = resources.files("depeche.ledger.merge").joinpath("weights.json")
    return dict(json.loads(file.read_text(encoding="utf-8")))


def family(type_: str) -> str:
    """The name under which like types are compared."""
    return FAMILY.get(type_, type_)


def is_speech(trait: Trait) -> bool:
    """Whether the event is an act of speech."""
    return trait.type in SPEECH and trait.mode != "investigate"


def _conflict(a: Trait, b: Trait) -> str | None:
    """What rules out that the two are one happening, if anything."""
    if family(a.type) != family(b.type):
        return "type"
    if (a.status == "habitual") != (b.status == "habitual"):
        return "habit"
    if is_speech(a) and is_speech(b):
        if _level(a, b, "actor") == "clash" and _of_a_kind(a, b, "actor"):
            return "actor"
    elif _level(a, b, "recipient") == "clash" and _of_a_kind(a, b, "recipient") and a.type not in MUTUAL:
        return "recipient"
    if a.dated and b.dated and _gap(a, b) > BLUR and (a.type in MUTUAL or _level(a, b, "recipient") != "named"):
        return "days"  # who is killed once is so whatever day a text seems to give it
    return None


def _of_a_kind(a: Trait, b: Trait, role: str) -> bool:
    """Whether all in one role are people, or all states: then one name is not another's."""
    kinds = {p.kind for t in (a, b) for p in t.parties if p.role == role}
    return kinds in ({"person"}, {"state"})


def _gap(a: Trait, b: Trait) -> int:
    """Days between the times that two mentions tell: 0 or less where they meet, 1 where they follow each other."""
    if not (a.begins and b.begins and a.ends and b.ends):
        return 0
    return max((a.begins - b.ends).days, (b.begins - a.ends).days) + 1


def features(a: Trait, b: Trait) -> dict[str, float]:
    """What speaks for and against one happening, by name."""
    group = "own" if a.document == b.document else "speech" if is_speech(a) and is_speech(b) else "deed"
    found = _who(a, b)
    found[f"{group}:{_when(a, b)}"] = 1.0
    found[f"{group}:link={_link(a, b)}"] = 1.0
    names = {stem(n) for t in (a, b) for p in t.parties for n in p.names}
    shared = overlap(a.words, b.words, names)
    found[f"{group}:words"] = min(shared, 5.0)
    found[f"{group}:share"] = shared / (min(weight(a.words), weight(b.words)) or 1.0)
    found[f"{group}:near"] = overlap(a.near, b.near, a.triggers | b.triggers) / (
        min(weight(a.near), weight(b.near)) or 1.0
    )
    found[f"{group}:rare"] = min(3.0, sum(w > RARE for s, w in a.words.items() if s in b.words and s not in names))
    if group == "own":
        found[f"own:{_where(a, b)}"] = 1.0
    else:
        alike = cosine(a.text, b.text)
        found[f"{group}:texts"] = min(1.0, alike / STORY)
        found[f"{group}:same text"] = max(0.0, alike - STORY)
    if a.place and b.place:
        found["place=same" if a.place == b.place else "place=other"] = 1.0
        if a.country and b.country and a.country != b.country:
            found["place=abroad"] = 1.0
    if bare := sum(map(_is_bare, (a, b))):
        found[f"bare={bare}"] = 1.0
    if a.mode != b.mode:
        found["mode=other" if a.mode and b.mode else "mode=open"] = 1.0
    if a.type != b.type:
        found["type=other"] = 1.0
    if a.status != b.status:
        found["status=denied" if "denied" in (a.status, b.status) else "status=other"] = 1.0
    return found


def _is_bare(trait: Trait) -> bool:
    """Whether nothing ties a mention to one happening: nobody with a name, no place, no day ("the attacks on journalists")."""
    return not (trait.place or trait.dated or any(p.names for p in trait.parties))


def _who(a: Trait, b: Trait) -> dict[str, float]:
    found: dict[str, float] = {}
    if shared := _shared_names(a, b):
        found["names"] = min(2.0, shared)
    if a.type in MUTUAL or b.type in MUTUAL:
        for level in _mutual_levels(a, b):
            found[f"side={level}"] = found.get(f"side={level}", 0.0) + 1.0
        if found.get("side=named") == 2.0:
            found["both"] = 1.0
        return found
    for role in ROLES:
        found[f"{role}={_level(a, b, role)}"] = 1.0
    if found.get("actor=named") and found.get("recipient=named"):
        found["both"] = 1.0
    return found


def _mutual_levels(a: Trait, b: Trait) -> list[str]:
    """How the two best matched parties of the shorter side compare, where the sides are not kept apart."""
    small, large = sorted((a.parties, b.parties), key=len)
    levels = sorted((best_match([p], large) for p in small), key=LEVELS.index)[:2]
    if levels == ["clash"] and _told_of(a, b):
        return ["crossed"]
    return levels or ["none"]


def _level(a: Trait, b: Trait, role: str) -> str:
    """How those in one role compare: one of LEVELS; "crossed" where the other mention knows them, too, but not in this role."""
    mine, theirs = ([p for p in t.parties if p.role == role] for t in (a, b))
    level = best_match(mine, theirs)
    if level in ("clash", "open", "none"):
        others = [p for p in b.parties if p.role != role], [p for p in a.parties if p.role != role]
        if "named" in (best_match(mine, others[0]), best_match(theirs, others[1])):
            return "crossed"
    if level == "clash" and _told_of(a, b, role):
        return "crossed"
    return level


def _told_of(a: Trait, b: Trait, role: str | None = None) -> bool:
    """Whether the evidence of one mention names a participant of the other."""
    return any(
        stem(name) in other.words
        for trait, other in ((a, b), (b, a))
        for p in trait.parties
        if role in (None, p.role)
        for name in p.names
    )


def _shared_names(a: Trait, b: Trait) -> float:
    """The weight of the names that both have, as participants or at least in the evidence of one and a participant of the other."""
    mine, theirs = ({stem(n) for p in t.parties for n in p.names} for t in (a, b))
    weights = word_weights(a.lang)
    told = {n for n in mine - theirs if n in b.words} | {n for n in theirs - mine if n in a.words}
    return sum(weights.get(n, 1.0) for n in mine & theirs) + 0.5 * sum(weights.get(n, 1.0) for n in told)


def best_match(left: list[Party] | tuple[Party, ...], right: list[Party] | tuple[Party, ...]) -> str:
    """How two sides compare: the best of LEVELS among their pairs, "none" where one side is not told."""
    return min((match(p, q) for p, q in product(left, right)), key=LEVELS.index, default="none")


def match(a: Party, b: Party) -> str:
    """How two parties compare: one of LEVELS; "open" where nothing speaks for or against."""
    if a.names and b.names:
        return _match_names(a, b)
    if (a.offices & b.offices and a.country == b.country) or _holds(a, b) or _holds(b, a):
        return "office"
    if a.country and b.country and a.country != b.country:
        return "clash"
    if a.nouns & b.nouns and not (a.names or b.names):
        return "noun"
    return "country" if "state" in (a.kind, b.kind) and a.country and a.country == b.country else "open"


def _match_names(a: Party, b: Party) -> str:
    if "person" in (a.kind, b.kind):
        if a.names[-1] in b.names or b.names[-1] in a.names:
            full = len(a.names) > 1 and len(b.names) > 1 and a.names[-1] == b.names[-1]
            return "clash" if full and a.names[0][0] != b.names[0][0] else "named"
    elif 2 * len(set(a.names) & set(b.names)) >= min(len(a.names), len(b.names)):
        return "named"
    return "country" if "state" in (a.kind, b.kind) and a.country and a.country == b.country else "clash"


def _holds(office: Party, person: Party) -> bool:
    """Whether a party is called, in most of its words, by an office that the other's document gives the other."""
    if not office.nouns or office.names:
        return False
    held = ({stem(w) for w in words.split()} for words in person.offices)
    return any(2 * len(office.nouns & words) > len(office.nouns) and len(office.nouns & words) > 1 for words in held)


def _where(a: Trait, b: Trait) -> str:
    """How two mentions of one text lie: in one sentence, by one word or by two, or elsewhere."""
    if a.start != b.start:
        return "elsewhere"
    return "sentence" if a.triggers & b.triggers else "sentence, other words"


def _link(a: Trait, b: Trait) -> str:
    """What the words for the act have in common: a stem, the frame that found them, or only the sort of act."""
    if a.forms & b.forms:
        return "form"
    if a.triggers & b.triggers:
        return "word"
    if a.rule == b.rule:
        return "frame"
    return "code" if a.cameo == b.cameo else "type"


def _when(a: Trait, b: Trait) -> str:
    """How the times of two mentions compare, as the name of one feature."""
    if a.begins and b.begins and a.ends and b.ends:
        gap = _gap(a, b)
        if a.dated and b.dated:
            return "dates=same" if gap <= 0 else f"dates={gap}" if gap <= BLUR else "dates=apart"
        return "dates=within" if gap <= 0 else "dates=beside" if gap <= 31 else "dates=apart"
    if a.begins or b.begins:
        return _lag(a, b) if a.begins else _lag(b, a)
    if a.published is None or b.published is None:
        return "undated"
    return f"published={_step(abs((a.published - b.published).days))}"


def _lag(told: Trait, other: Trait) -> str:
    """How long after the day that one mention tells the document of the other was published."""
    if other.published is None or told.begins is None or told.ends is None:
        return "date=alone"
    ahead = (told.begins - other.published).days
    if ahead > 0:
        if other.status == "actual" and ahead > 1:
            return "date=ahead-of-fact"
        return "date=ahead" if ahead <= 31 else "date=far-ahead"
    return f"date={_step(max((other.published - told.ends).days + 1, 0))}" if told.dated else "date=coarse"


def _step(days: int) -> str:
    return next((f"<{most}" for most in (1, 4, 14, 60) if days <= most), "more")

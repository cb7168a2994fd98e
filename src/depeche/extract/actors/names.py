"""Names in a text: the recogniser's entities, mended by the lexicon.

The recogniser knows persons that no list holds; the lexicon knows that "Moscou" is a capital and "chebab" an armed group. Where they
overlap the longer one wins, and the lexicon at equal length; a country inside a longer organisation is left to the organisation.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from depeche.annotate.parsed import Entity, Parsed
from depeche.annotate.stretches import Stretches
from depeche.extract.actors.tables import ActorTables, Held, NameEntry, Pieces, fold

PERSON = "PER"
_WORD = re.compile(r"\w+")
_MIN_ACRONYM = 2
_LONGEST_PARTICLE = 3


class Name(NamedTuple):
    """A name: half-open token range, the token that heads it, the recogniser's label, the lexicon's entry or None.

    `inner` are the countries that a longer name holds ("Cour d'arbitrage de Moscou").
    """

    first: int
    last: int
    head: int
    label: str
    entry: NameEntry | None
    pieces: Pieces
    inner: tuple[str, ...] = ()

    @property
    def person(self) -> bool:
        return self.entry is None and self.label == PERSON


class _Stretch(NamedTuple):
    first: int
    last: int
    label: str
    entry: NameEntry | None


def find_names(parsed: Parsed, tables: ActorTables) -> tuple[Name, ...]:
    """All names in text order, none overlapping another."""
    known = list(_lexicon_names(parsed, tables))
    entities = [s for e in parsed.entities if (s := _tokens_of(parsed, e)) is not None]
    chosen = _without_overlap(_mended(parsed, tables, known, entities))
    named = [name for stretch in chosen if (name := _as_name(parsed, stretch, known)).pieces]
    found = list(_relabelled(parsed, named, tables))
    return tuple(sorted((*found, *_overlooked(parsed, found, tables)), key=_position))


def head_of(parsed: Parsed, first: int, last: int) -> int:
    """The token of a stretch that the others hang from: the first whose governor lies outside."""
    for index in range(first, last):
        if not first <= parsed.tokens[index].head < last and parsed.tokens[index].deprel not in (
            "case",
            "det",
            "punct",
        ):
            return index
    return first


def _as_name(parsed: Parsed, stretch: _Stretch, known: list[_Stretch]) -> Name:
    pieces = _pieces(parsed, stretch.first, stretch.last)
    inner: tuple[str, ...] = ()
    if stretch.entry is None and stretch.label != PERSON:
        within = [k.entry for k in known if stretch.first <= k.first and k.last <= stretch.last]
        inner = tuple(e.codes[0] for e in within if e is not None and e.codes)
    head = head_of(parsed, stretch.first, stretch.last)
    return Name(stretch.first, stretch.last, head, stretch.label, stretch.entry, pieces, inner)


def _pieces(parsed: Parsed, first: int, last: int) -> Pieces:
    return tuple(p for t in parsed.tokens[first:last] for p in fold(t.text))


def _lexicon_names(parsed: Parsed, tables: ActorTables) -> Iterator[_Stretch]:
    tokens, index, names = parsed.tokens, 0, tables.names
    while index < len(tokens):
        pieces = fold(tokens[index].text)
        match = None
        if pieces and pieces[0] in names:
            second = pieces[1:2] or (fold(tokens[index + 1].text)[:1] if index + 1 < len(tokens) else ())
            for entry in names[pieces[0]]:
                if second and len(entry.pieces) > 1 and entry.pieces[1] != second[0]:
                    continue
                end = _match_end(parsed, index, entry)
                if end and _counts(parsed, tables, index, end, entry):
                    match = _Stretch(index, end, "", entry)
                    break
        if match:
            yield match
            index = match.last
        else:
            index += 1


def _match_end(parsed: Parsed, index: int, entry: NameEntry) -> int:
    """The token after an entry that starts here, 0 if it does not stand here."""
    at, wanted, tokens = 0, entry.pieces, parsed.tokens
    while index < len(tokens) and at < len(wanted):
        pieces = fold(tokens[index].text)
        if not pieces:
            if at == 0 or tokens[index].text not in ("-", "'", "’", "."):
                return 0
        elif wanted[at : at + len(pieces)] != pieces:
            return 0
        at += len(pieces)
        index += 1
    return index if at == len(wanted) else 0


def _counts(parsed: Parsed, tables: ActorTables, first: int, last: int, entry: NameEntry) -> bool:
    """Whether capitals and article are as the entry wants them."""
    tokens = parsed.tokens[first:last]
    if entry.acronym and not tokens[0].text[:_MIN_ACRONYM].isupper():
        return False
    first_cap = next((i for i, cap in enumerate(entry.caps) if cap), None)
    if first_cap is not None:  # later capitals are often missing: "Corée du nord", "Nations unies"
        words = [w for t in tokens for w in _WORD.findall(t.text)]
        if len(words) != len(entry.caps) or not words[first_cap][0].isupper():
            return False
    if entry.articled:
        before = parsed.tokens[first - 1] if first else None
        return before is not None and (before.upos == "DET" or before.text.lower() in tables.fused)
    return True


def _tokens_of(parsed: Parsed, entity: Entity) -> _Stretch | None:
    first = bisect_right(parsed.starts, entity.start) - 1
    last = bisect_left(parsed.starts, entity.end)
    while first < last and parsed.tokens[first].upos in ("DET", "ADP", "PUNCT"):
        first += 1
    while first < last and parsed.tokens[last - 1].upos == "PUNCT":
        last -= 1
    return _Stretch(first, last, entity.label, None) if 0 <= first < last else None


def _mended(parsed: Parsed, tables: ActorTables, known: list[_Stretch], entities: list[_Stretch]) -> list[_Stretch]:
    """Lexicon names and entities together, without those that yield to a longer or better one."""
    kept = []
    starts = [k.first for k in known]
    for entity in entities:
        if entity.label != PERSON and _common(parsed, tables, entity):
            continue
        inside = known[max(0, bisect_left(starts, entity.first) - 1) : bisect_left(starts, entity.last)]
        inside = [k for k in inside if k.first < entity.last and entity.first < k.last]
        if not inside or not any(_outranks(parsed, k, entity) or _runs_on(parsed, tables, k, entity) for k in inside):
            kept.append(_without_titles(parsed, tables, entity))
    better = Stretches((e.first, e.last, e) for e in kept)
    return kept + [k for k in known if not better.touching(k.first, k.last)]


def _common(parsed: Parsed, tables: ActorTables, entity: _Stretch) -> bool:
    """Whether the recogniser took a description for a name ("ministère des Affaires étrangères")."""
    first = parsed.tokens[entity.first]
    pieces = fold(first.text)
    return first.text[0].islower() and first.upos == "NOUN" and bool(pieces) and pieces[0] in tables.nouns


def _without_titles(parsed: Parsed, tables: ActorTables, entity: _Stretch) -> _Stretch:
    first = entity.first
    while first < entity.last - 1 and entity.label == PERSON and fold(parsed.tokens[first].text) in tables.titles:
        first += 1
    return entity._replace(first=first)


def _outranks(parsed: Parsed, known: _Stretch, entity: _Stretch) -> bool:
    """Whether the lexicon's reading of these words beats the recogniser's."""
    assert known.entry is not None  # a stretch of the lexicon always has its entry
    if known.first <= entity.first and entity.last <= known.last:
        if entity.label == PERSON and known.entry.use == "place":
            return known.last - known.first > entity.last - entity.first
        return True
    if entity.first <= known.first and known.last <= entity.last:
        # "nord de la Syrie", "les Etats-Unis": the recogniser took words along that are no part of the name
        extra = [t for t in parsed.tokens[entity.first : entity.last] if t.text[0].isupper()]
        inner = sum(t.text[0].isupper() for t in parsed.tokens[known.first : known.last])
        return len(extra) <= inner or (
            entity.label == "LOC" and known.entry.use == "state" and known.last == entity.last
        )
    return known.last - known.first > entity.last - entity.first


def _runs_on(parsed: Parsed, tables: ActorTables, known: _Stretch, entity: _Stretch) -> bool:
    """Whether the recogniser went on from a place into the words for somebody: "visite au [Panama d'un secrétaire d'État]"."""
    if known.first != entity.first or known.entry is None or known.entry.use not in ("place", "state"):
        return False
    rest = (t for t in parsed.tokens[known.last : entity.last] if t.upos == "NOUN" and t.text[0].islower())
    nouns = (entry for t in rest for entry in tables.nouns.get("".join(fold(t.text)[:1]), ()))
    return any(entry.kind in ("person", "office") for entry in nouns)


def _without_overlap(stretches: list[_Stretch]) -> list[_Stretch]:
    found: list[_Stretch] = []
    for stretch in sorted(stretches, key=lambda s: (s.first, -s.last)):
        if not found or stretch.first >= found[-1].last:
            found.append(stretch)
    return found


def _relabelled(parsed: Parsed, names: list[Name], tables: ActorTables) -> Iterator[Name]:
    """A lone last name is a person where a longer name or a form of address in the same text says so."""
    lasts = {n.pieces[-1] for n in names if n.person and len(n.pieces) > 1}
    for name in names:
        if name.entry is None and name.label != PERSON and name.last - name.first <= 2:
            addressed = name.first and _calls_a_person(parsed, name, tables)
            known = name.pieces[-1] in lasts or bool(offices_held(name, tables))
            if addressed or (len(name.pieces) == 1 and known):
                name = name._replace(label=PERSON)
        yield name


def _calls_a_person(parsed: Parsed, name: Name, tables: ActorTables) -> bool:
    """Whether the word right before a name is a form of address or a singular noun for a person ("la ministre X")."""
    before = parsed.tokens[name.first - 1]
    pieces = fold(before.text)
    if pieces in tables.titles:
        return True
    if not pieces or len(name.pieces) < 2 or before.upos != "NOUN" or "Number=Plur" in before.feats:
        return False
    entries = (e for e in tables.nouns.get(pieces[0], ()) if e.pieces == pieces)
    return any(e.kind in ("person", "office") for e in entries)


def _position(name: Name) -> int:
    return name.first


def _overlooked(parsed: Parsed, names: list[Name], tables: ActorTables) -> Iterator[Name]:
    """Last names that the recogniser passed over: of a person named in full elsewhere, or of a known holder of an office."""
    covered = {i for n in names for i in range(n.first, n.last)}
    lasts = {n.pieces[-1] for n in names if n.person}
    end = 0
    for index, token in enumerate(parsed.tokens):
        if index < end or index in covered or not token.text[0].isupper():
            continue
        if (
            index
            and fold(parsed.tokens[index - 1].text) in tables.titles
            and parsed.tokens[index - 1].text.endswith(".")
        ):
            end = index  # "M. Le Drian"
            while end < len(parsed.tokens) and end not in covered and parsed.tokens[end].text[0].isupper():
                end += 1
            yield Name(index, end, head_of(parsed, index, end), PERSON, None, _pieces(parsed, index, end))
        elif token.upos == "PROPN":
            pieces = fold(token.text)
            if pieces and (pieces[-1] in lasts or pieces[-1] in tables.held):
                name = Name(index, index + 1, index, PERSON, None, pieces)
                if pieces[-1] in lasts or offices_held(name, tables):
                    yield name


def offices_held(name: Name, tables: ActorTables) -> tuple[Held, ...]:
    """What the person of this name is known to have held: by the full name, or by a last name that only one holder bears."""
    held = tables.held.get(name.pieces[-1], ()) if name.pieces else ()
    if len(name.pieces) == 1:
        if any(len(h.spelling) > 1 and len(h.spelling[-2]) <= _LONGEST_PARTICLE for h in held):  # "Ali" is not Ben Ali
            held = tuple(h for h in held if len(h.spelling) == 1)
        return held if len({h.person for h in held}) == 1 else ()
    people = {h.person for h in held if h.spelling == name.pieces}
    return tuple(h for h in held if h.person in people)


def country_of(held: tuple[Held, ...], published: date | None) -> str:
    """The country of a person by the offices held: the one held on the day of publication, else the latest; "" where none has one."""
    day = published.isoformat() if published else ""
    then = [h for h in held if day and h.since <= day and (not h.until or day <= h.until)]
    coded = [h for h in then if h.code] or [h for h in held if h.code]
    return max(coded, key=_since).code if coded else ""


def _since(held: Held) -> str:
    return held.since

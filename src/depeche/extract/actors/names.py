"""Names in a text: the recogniser's entities, mended by the lexicon.

The recogniser knows persons that no list holds; the lexicon knows that "Moscou" is a capital and "chebab" an armed group. Where they
overlap the longer one wins, and the lexicon at equal length; a country inside a longer organisation is left to the organisation.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from depeche.annotate.parsed import Entity, Parsed
from depeche.extract.actors.tables import ActorTables, Held, NameEntry, Pieces, fold

PERSON = "PER"
_MIN_ACRONYM = 2


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
    found = [_as_name(parsed, stretch, known) for stretch in chosen]
    return tuple(_relabelled(parsed, found, tables))


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
    pieces = tuple(p for t in parsed.tokens[stretch.first : stretch.last] for p in fold(t.text))
    inner: tuple[str, ...] = ()
    if stretch.entry is None and stretch.label != PERSON:
        within = [k.entry for k in known if stretch.first <= k.first and k.last <= stretch.last]
        inner = tuple(e.codes[0] for e in within if e is not None and e.codes)
    head = head_of(parsed, stretch.first, stretch.last)
    return Name(stretch.first, stretch.last, head, stretch.label, stretch.entry, pieces, inner)


def _lexicon_names(parsed: Parsed, tables: ActorTables) -> Iterator[_Stretch]:
    tokens, index, names = parsed.tokens, 0, tables.names
    while index < len(tokens):
        pieces = fold(tokens[index].text)
        match = None
        if pieces and pieces[0] in names:
            for entry in names[pieces[0]]:
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
    words = [
        w
        for t in tokens
        for w in t.text.replace("'", " ").replace("’", " ").replace("-", " ").replace(".", " ").split()
    ]
    if len(words) == len(entry.caps):
        if any(cap and not word[0].isupper() for cap, word in zip(entry.caps, words, strict=True)):
            return len(words) > 1 and words[0][0].isupper() == entry.caps[0] and not entry.caps[-1]
    elif any(entry.caps) and not tokens[-1].text[0].isupper() and not tokens[0].text[0].isupper():
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
        if not inside or not any(_outranks(parsed, k, entity) for k in inside):
            kept.append(_without_titles(parsed, tables, entity))
    return kept + [k for k in known if not any(_yields(k, e) for e in kept)]


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
        if entity.label == PERSON and known.entry.use in ("place", "capital"):
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


def _yields(known: _Stretch, entity: _Stretch) -> bool:
    return known.first < entity.last and entity.first < known.last


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
            addressed = name.first and fold(parsed.tokens[name.first - 1].text) in tables.titles
            if addressed or (len(name.pieces) == 1 and name.pieces[-1] in lasts):
                name = name._replace(label=PERSON)
        yield name


def offices_held(name: Name, tables: ActorTables) -> tuple[Held, ...]:
    """What the person of this name is known to have held: by the full name, or by a last name that only one holder bears."""
    held = tables.held.get(name.pieces[-1], ()) if name.pieces else ()
    if len(name.pieces) == 1:
        return held if len({h.person for h in held}) == 1 else ()
    people = {h.person for h in held if h.spelling == name.pieces}
    return tuple(h for h in held if h.person in people)

"""What a language folder says about actors, indexed by the first piece of each name, so that reading a token costs one lookup."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, Protocol

from depeche.languages.schema.actors import ActorNoun, Country, Organisation, Title
from depeche.languages.schema.grammar import GrammarWords
from depeche.languages.schema.offices import Incumbent, Office, OfficeCue

_PIECE = re.compile(r"\w+")
_LONGEST_ACRONYM = 5  # "UNRWA": a form in capitals up to this long must stand in capitals, so that "Fis" is no party
_LONGEST_LEADING_ARTICLE = 3  # "Le Caire", "les Verts": a first word this short may be written small

Pieces = tuple[str, ...]

#: The kinds of actor that an organisation of the lexicon is.
_KIND_OF: dict[str, str] = {"armed_group": "armed_group", "government": "organisation", "movement": "organisation"}


class ActorLexicon(Protocol):
    """The parts of a lexicon that actors need."""

    def __hash__(self) -> int: ...
    @property
    def countries(self) -> tuple[Country, ...]: ...
    @property
    def organisations(self) -> tuple[Organisation, ...]: ...
    @property
    def actor_nouns(self) -> tuple[ActorNoun, ...]: ...
    @property
    def titles(self) -> tuple[Title, ...]: ...
    @property
    def offices(self) -> tuple[Office, ...]: ...
    @property
    def incumbents(self) -> tuple[Incumbent, ...]: ...
    @property
    def office_cues(self) -> tuple[OfficeCue, ...]: ...
    @property
    def grammar(self) -> tuple[GrammarWords, ...]: ...


class NameEntry(NamedTuple):
    """A name of the lexicon. `use`: state, capital, place, government, people or organisation; `codes`: the countries or body
    that it may stand for, best first; `caps`: which of its words must be written with a capital."""

    pieces: Pieces
    rule: str
    use: str
    kind: str
    codes: tuple[str, ...]
    sector: str | None
    articled: bool
    acronym: bool
    caps: tuple[bool, ...]
    primary: bool


class NounEntry(NamedTuple):
    """A noun or a fixed phrase that stands for an actor. `role` is set for offices: two with one role and country are one."""

    pieces: Pieces
    form: str
    rule: str
    kind: str
    sector: str
    role: str
    plural: bool | None
    plural_only: bool
    weak: bool
    anaphoric: bool
    measure: bool
    code: str | None


class Held(NamedTuple):
    """An office that a person is known to have held. Dates are ISO; `until` is empty while it lasts."""

    spelling: Pieces
    person: str
    role: str
    code: str
    since: str
    until: str


@dataclass(frozen=True)
class ActorTables:
    """Indices over the entries of a lexicon; all keys are folded (see `fold`)."""

    names: dict[str, tuple[NameEntry, ...]]
    nouns: dict[str, tuple[NounEntry, ...]]
    adjectives: dict[str, tuple[str, ...]]
    body_adjectives: dict[str, str]
    prefixes: dict[str, str]
    titles: dict[Pieces, Title]
    seats: dict[Pieces, tuple[str, str]]
    held: dict[str, tuple[Held, ...]]
    genitive: frozenset[str]
    locative: frozenset[str]
    fused: frozenset[str]
    pronouns: dict[Pieces, dict[str, str]]
    former: frozenset[str]


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> Pieces:
    """The words of a text in lower case without accents, cut at anything that is no letter or digit.

    >>> fold("Côte d'Ivoire")
    ('cote', 'd', 'ivoire')
    """
    plain = unicodedata.normalize(
        "NFKD", text.replace("œ", "oe").replace("Œ", "Oe").replace("'", " ").replace("’", " ")
    )
    return tuple(_PIECE.findall("".join(c for c in plain if not unicodedata.combining(c)).lower()))


@lru_cache(maxsize=8)
def compile_tables(lexicon: ActorLexicon) -> ActorTables:
    """The tables of a lexicon; made once for each."""
    return ActorTables(
        names=_index_names(lexicon),
        nouns=_index_nouns(lexicon),
        adjectives=_adjectives(lexicon.countries),
        body_adjectives={" ".join(fold(a)): o.code for o in lexicon.organisations for a in o.adjectives if o.code},
        prefixes={" ".join(fold(p)): c.code for c in lexicon.countries for p in c.prefixes},
        titles={fold(form): title for title in lexicon.titles for form in title.forms},
        held=_held(lexicon),
        seats={
            fold(seat): (f"organisations:{o.id}", o.code) for o in lexicon.organisations for seat in o.seats if o.code
        },
        genitive=_words(lexicon, "genitive"),
        locative=_words(lexicon, "locative"),
        pronouns={
            fold(w): dict(f.split("=") for f in n.feats.split("|"))
            for n in lexicon.actor_nouns
            if n.feats
            for w in n.lemmas
        },
        former=frozenset(f for c in lexicon.office_cues if c.role == "former" for f in c.forms),
        fused=frozenset(f for e in lexicon.grammar if e.role == "contraction" for f in e.forms if f[-1].isalpha()),
    )


def _words(lexicon: ActorLexicon, role: str) -> frozenset[str]:
    forms = {f for entry in lexicon.grammar if entry.role == role for f in entry.forms}
    fused = {f for e in lexicon.grammar if e.role == "contraction" and e.lemma in forms for f in e.forms}
    return frozenset(forms | fused)


def _name(
    form: str, rule: str, use: str, kind: str, codes: tuple[str, ...], sector: str | None, articled: bool = False
) -> NameEntry:
    words = _PIECE.findall(form.replace("'", " "))
    caps = [w[0].isupper() for w in words]
    if len(words) > 1 and len(words[0]) <= _LONGEST_LEADING_ARTICLE and not words[0].isupper():
        caps[0] = False
    letters = [c for c in form if c.isalpha()]
    acronym = len(letters) <= _LONGEST_ACRONYM and all(c.isupper() for c in letters)
    return NameEntry(fold(form), rule, use, kind, codes, sector, articled, acronym, tuple(caps), False)


def _country_names(country: Country) -> Iterator[NameEntry]:
    rule, codes, articled = f"countries:{country.code}", (country.code,), set(country.articled)
    for form in dict.fromkeys((country.name, *country.names, *country.articled)):
        yield _name(form, rule, "state", "state", codes, "GOV", form in articled)._replace(primary=form == country.name)
    for form in country.capital:
        yield _name(form, rule, "capital", "state", codes, "GOV")
    for form in country.government:
        yield _name(form, rule, "government", "state", codes, "GOV")
    for form in country.inhabitants:
        yield _name(form, rule, "people", "crowd", codes, "CVL")
    for form in (*country.cities, *country.regions):
        yield _name(form, rule, "place", "state", codes, "GOV")
    for use, forms in (("capital", country.capital), ("place", country.cities)):
        for form in forms:
            article, _, rest = form.partition(" ")
            if rest and len(article) <= _LONGEST_LEADING_ARTICLE:  # "le maire du Havre": the article is fused away
                yield _name(rest, rule, use, "state", codes, "GOV", True)


def _index_names(lexicon: ActorLexicon) -> dict[str, tuple[NameEntry, ...]]:
    found: dict[Pieces, NameEntry] = {}
    for country in lexicon.countries:
        for entry in _country_names(country):
            known = found.get(entry.pieces)
            if known is None:
                found[entry.pieces] = entry
            elif known.use == entry.use and entry.codes[0] not in known.codes:
                found[entry.pieces] = known._replace(codes=known.codes + entry.codes)
            elif known.rule != entry.rule and (known.use, entry.use) == ("place", "state"):
                found[entry.pieces] = entry
    for org in lexicon.organisations:
        kind = _KIND_OF.get(org.kind, "organisation")
        for form in (org.name, *org.names):
            entry = _name(
                form, f"organisations:{org.id}", "organisation", kind, (org.code,) if org.code else (), org.sector
            )
            if entry.pieces not in found or found[entry.pieces].use in ("place", "people"):
                found[entry.pieces] = entry
        for form in org.seats:
            found.setdefault(
                fold(form), _name(form, f"organisations:{org.id}", "capital", "state", (org.code or "",), org.sector)
            )
    index: dict[str, list[NameEntry]] = defaultdict(list)
    for entry in found.values():
        if entry.pieces:
            index[entry.pieces[0]].append(entry)
    return {first: tuple(sorted(entries, key=lambda e: -len(e.pieces))) for first, entries in index.items()}


def _index_nouns(lexicon: ActorLexicon) -> dict[str, tuple[NounEntry, ...]]:
    found: dict[Pieces, NounEntry] = {}
    for noun in lexicon.actor_nouns:
        if noun.feats:
            continue
        for lemma in noun.lemmas:
            entry = NounEntry(
                fold(lemma), lemma.lower(), f"actor_nouns:{noun.id}", noun.kind, noun.sector, "", None, noun.plural_only, noun.weak,
                noun.anaphoric, noun.measure, noun.code,
            )  # fmt: skip
            found.setdefault(entry.pieces, entry)
    for office in lexicon.offices:
        for plural, forms in ((False, office.forms), (True, office.plurals)):
            for form in forms:
                pieces, known = fold(form), found.get(fold(form))
                if known is not None and known.role:
                    continue
                weak = office.complement == "required" and (known is None or known.weak)
                found[pieces] = NounEntry(
                    pieces,
                    form.lower(),
                    f"offices:{office.id}",
                    "office",
                    office.sector if known is None else known.sector,
                    office.role or office.id,
                    plural,
                    False,
                    weak,
                    False,
                    False,
                    None,
                )
    index: dict[str, list[NounEntry]] = defaultdict(list)
    for entry in found.values():
        index[entry.pieces[0]].append(entry)
    return {first: tuple(sorted(entries, key=lambda e: -len(e.pieces))) for first, entries in index.items()}


def _adjectives(countries: tuple[Country, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for country in countries:
        for adjective in country.adjectives:
            key = " ".join(fold(adjective))
            if country.code not in found.get(key, ()):
                found[key] = (*found.get(key, ()), country.code)
    return found


def _held(lexicon: ActorLexicon) -> dict[str, tuple[Held, ...]]:
    """Offices by the last piece of their holder's name; an office of an organisation belongs to the organisation's country."""
    codes = {c.code: c.code for c in lexicon.countries}
    for organisation in lexicon.organisations:
        for form in (organisation.name, *organisation.names, organisation.code or organisation.name):
            codes.setdefault(form, organisation.code or "")
    found: dict[str, list[Held]] = defaultdict(list)
    for incumbent in lexicon.incumbents:
        for name in dict.fromkeys((incumbent.person, *incumbent.names)):
            pieces = fold(name)
            found[pieces[-1]].append(
                Held(
                    pieces,
                    incumbent.person,
                    incumbent.role,
                    codes.get(incumbent.of_, ""),
                    incumbent.since,
                    incumbent.until or "",
                )
            )
    return {last: tuple(held) for last, held in found.items()}

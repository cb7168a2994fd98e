"""The one place that states the order: ingest -> annotate -> extract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Protocol

from depeche.annotate.parsed import Parsed
from depeche.extract.actors import ActorIndex, find_actors
from depeche.extract.claimed import settle_claimed
from depeche.extract.claims import find_claims
from depeche.extract.events import Scene, find_events
from depeche.extract.offices import read_offices
from depeche.extract.quotes import attribution_of, read_speech
from depeche.extract.times import TimeGrammar, compile_times, event_day, find_times
from depeche.ingest import Input
from depeche.languages.lexicon import Lexicon, load_lexicon
from depeche.records import Attribution, Block, Document, Quote, Reading, Span, Tenure, Time

SILENT = frozenset({"furniture", "byline", "caption"})


class Parser(Protocol):
    """A language model: text in, parse out."""

    def parse(self, text: str) -> Parsed:
        """The parse of a text, offsets in its code points."""


def read_input(item: Input, model: str | None = None) -> Reading:
    """Read one document, from the parse that came with it, or that of its language's model, or of the model named."""
    document = item.document
    parsed = item.parsed or annotate(document, load_parser(model or document.lang))
    return read_parsed(document, parsed, load_lexicon(document.lang))


def load_parser(name: str) -> Parser:
    """A language model by the code of its language, its folder, or "spacy:NAME"."""
    from depeche.annotate import load  # the model's library: not needed to read CoNLL-U

    return load(name)


def annotate(document: Document, parser: Parser) -> Parsed:
    """The parse of what a document says as news.

    Furniture, bylines and captions are blanked for the parser, so that no sentence runs into them; offsets and the text
    of the parse are the document's own.
    """
    silent = _silent(document)
    if not silent:
        return parser.parse(document.text)
    pieces, at = [], 0
    for block in silent:
        # an aside inside a sentence ("(voir la carte)") leaves the sentence whole, a line of its own ends it
        blank = " " if document.text[block.start] in "([" else "\n"
        pieces += [document.text[at : block.start], blank * (block.end - block.start)]
        at = block.end
    return replace(parser.parse("".join([*pieces, document.text[at:]])), text=document.text)


@dataclass(frozen=True)
class Prepared:
    """What the other extractors found before events are sought."""

    actors: ActorIndex
    times: tuple[Time, ...]
    quotes: tuple[Quote, ...]
    tenures: tuple[Tenure, ...]
    unnamed: Mapping[str, str]  # the offices of actors without a name, by the actors' ids
    scene: Scene


def prepare(document: Document, parsed: Parsed, lexicon: Lexicon) -> Prepared:
    """Actors, times, quotes and offices of a document, and the scene that the events stage reads."""
    silent = _silent(document)
    actors = find_actors(parsed, lexicon, document.published)
    times = tuple(
        t for t in find_times(parsed, time_grammar(lexicon), document.published) if not _within(t.span, silent)
    )
    speech = read_speech(parsed, lexicon, actors.resolve)
    quotes = tuple(q for q in speech.quotes if not _within(q.span, silent))
    offices = read_offices(parsed, lexicon, actors, document.published)
    tenures = tuple(t for t in offices.tenures if not _within(t.person, silent))

    def attribute(index: int) -> Attribution | None:
        return next(iter(attribution_of(speech, parsed.tokens[index].start)), None)

    def day(time: Time) -> date | None:
        return event_day(time, time_grammar(lexicon))

    scene = Scene(parsed, lexicon, actors, times, quotes, attribute, _day_after(document), day)
    return Prepared(actors, times, quotes, tenures, offices.unnamed, scene)


def read_parsed(document: Document, parsed: Parsed, lexicon: Lexicon) -> Reading:
    """The reading of a document from its parse. No record rests on page furniture, bylines or captions."""
    found = prepare(document, parsed, lexicon)
    silent = _silent(document)
    # a parse that came with the document may tell of furniture, too
    events = tuple(e for e in find_events(found.scene) if not _within(e.triggers[0], silent))
    claims = find_claims(parsed, lexicon, events, found.times, found.actors)
    claims = tuple(c for c in claims if not _within(c.span, silent))
    return Reading(
        document=document,
        model=parsed.model,
        actors=tuple(
            replace(a, office=found.unnamed[a.id]) if a.id in found.unnamed else a for a in found.actors.actors
        ),
        mentions=found.actors.mentions,
        times=found.times,
        tenures=found.tenures,
        quotes=found.quotes,
        events=settle_claimed(events, claims),
        claims=claims,
        sentences=_sentences(parsed),
    )


def _sentences(parsed: Parsed) -> tuple[Span, ...]:
    bounds = ((parsed.tokens[first].start, parsed.tokens[last - 1].end) for first, last in parsed.sentences)
    return tuple(Span(start, end, parsed.text[start:end]) for start, end in bounds)


@cache
def time_grammar(lexicon: Lexicon) -> TimeGrammar:
    """The time lexicon of a language, compiled once."""
    return compile_times(lexicon.time_words, lexicon.time_rules, lexicon.time_tenses)


def _day_after(document: Document) -> datetime | None:
    if document.published is None:
        return None
    return datetime.combine(document.published, datetime.min.time()) + timedelta(days=1)


def _silent(document: Document) -> list[Block]:
    return [b for b in document.blocks if b.kind in SILENT]


def _within(span: Span, blocks: list[Block]) -> bool:
    return any(b.start <= span.start < b.end for b in blocks)

"""The public Python functions. `import depeche` re-exports exactly those of `__all__`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from depeche import pipeline
from depeche.errors import InputError
from depeche.ingest import Input, Problem, make_document, open_sources
from depeche.ingest.documents import given_date
from depeche.languages.lexicon import load_lexicon
from depeche.languages.places import place_of
from depeche.records import Claim, Event, Quote, Reading, Tenure, Time
from depeche.records.codecs import encode

if TYPE_CHECKING:
    from depeche.annotate.parsed import Parsed
    from depeche.ledger_api import Ledger

__all__ = ["Input", "Problem", "explain", "open", "open_sources", "parse", "read", "read_input", "times"]

DIRECTIONS = ("text", "past", "future")


def open(path: str | Path, *, create: bool = False) -> Ledger:
    """The ledger of a file, a DuckDB database; with `create`, an empty one where there is no file.

    Raises LedgerError for a missing file, one that is no ledger, a damaged one, and one that a newer version wrote.
    """
    from depeche.ledger_api import Ledger  # the database: no other function needs it

    return Ledger(path, create=create)


def read(
    text: str,
    *,
    published: date | str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    lang: str | None = None,
    model: str | None = None,
) -> Reading:
    """Read one text.

    `published` is the date of publication (a date or "YYYY-MM-DD"), None if unknown: relative times then stay unresolved.
    `lang` is an ISO 639-1 code, told from the text by default. `model` names another language model (a folder, or
    "spacy:NAME"). Offsets in the reading are half-open, in code points of `reading.document.text`, which is the text
    cleaned as `depeche.ingest` says.

    Raises InputError for an empty text, an impossible date or a language without a folder.
    """
    document = make_document(text, published=published, outlet=outlet, title=title, lang=lang)
    return read_input(Input(document), model=model)


def read_input(item: Input, *, model: str | None = None) -> Reading:
    """Read one document that `open_sources` gave, with the parse that came with it, if any."""
    return pipeline.read_input(item, model)


def parse(item: Input, *, model: str | None = None) -> Parsed:
    """The parse of one document: the one that came with it, else by its language's own model or by the model named."""
    return item.parsed or pipeline.load_parser(model or item.document.lang).parse(item.document.text)


def times(
    text: str, *, published: date | str | None = None, direction: str = "text", lang: str = "fr"
) -> tuple[Time, ...]:
    """The times that a text names.

    `direction` says where a time without its own direction points ("jeudi"): "past", "future", or "text", which lets tense and
    words decide. Each time has `.start` and `.end` (half-open, None where unsettled), `.grain` and `.span`.

    Raises InputError for a direction that is none and a `published` that is no date, LexiconError for a language without a folder.
    """
    from depeche.extract.times import find_times

    if direction not in DIRECTIONS:
        raise InputError(f"direction {direction!r} is unknown; accepted: {', '.join(DIRECTIONS)}")
    lexicon = load_lexicon(lang)
    parsed = pipeline.load_parser(lang).parse(text) if direction == "text" and text.strip() else None
    return find_times(parsed or text, pipeline.time_grammar(lexicon), given_date(published), direction=direction)


def explain(reading: Reading) -> list[dict[str, object]]:
    """For each event, quote, tenure and claim of a reading what stands behind it.

    Its id, kind and words; the sentences it stands in; the cues that decided; the rule that made it, the line of the lexicon that
    holds the rule (None for a rule of the code alone), and the model that parsed the text.
    """
    kinds: tuple[tuple[Event | Quote | Tenure | Claim, ...], ...] = (
        reading.events,
        reading.quotes,
        reading.tenures,
        reading.claims,
    )
    return [_explanation(record, reading) for kind in kinds for record in kind]


def _explanation(record: Event | Quote | Tenure | Claim, reading: Reading) -> dict[str, object]:
    cues: tuple[object, ...] = ()
    if isinstance(record, Event):
        span = record.evidence
        cues = (*record.triggers, *record.factuality.cues, *([record.attribution] if record.attribution else []))
    elif isinstance(record, Quote):
        span, cues = record.span, record.chain
    elif isinstance(record, Tenure):
        span = record.evidence
    else:
        span = record.span
    return {
        "id": record.id,
        "kind": type(record).__name__.lower(),
        "rule": record.rule,
        "entry": place_of(record.rule, reading.document.lang),
        "model": reading.model,
        "words": encode(span),
        "sentences": [encode(s) for s in reading.sentences if s.start < span.end and span.start < s.end],
        "cues": [encode(cue) for cue in cues],
    }

"""Words that are handed over as a claim, read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from depeche import pipeline
from depeche.extract.events import TRIGGERS
from depeche.ingest import Input, make_document
from depeche.languages.lexicon import Lexicon, load_lexicon
from depeche.records import Reading


def read_claim(
    text: str, *, on: str | date | None = None, lang: str | None = None, model: str | None = None
) -> Reading:
    """The reading of a text that is said to claim something.

    Where the learned component that chooses among the proposals of the lexicon leaves no claim, the lexicon alone decides: who asks for
    a check of these words has settled that they tell of something. Raises InputError for an empty text or an impossible date.
    """
    item = Input(make_document(text, published=on, lang=lang))
    reading = pipeline.read_input(item, model)
    if reading.claims:
        return reading
    parsed = pipeline.annotate(item.document, pipeline.load_parser(model or item.document.lang))
    return pipeline.read_parsed(item.document, parsed, _unjudged(item.document.lang))


@cache
def _unjudged(lang: str) -> Lexicon:
    """The lexicon of a language without the component that judges triggers."""
    lexicon = load_lexicon(lang)
    return replace(lexicon, learned={name: m for name, m in lexicon.learned.items() if name != TRIGGERS})

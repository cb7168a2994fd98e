"""Who says so, as a record: the words at the cue, the fullest mention behind them, and what kind of source it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from depeche.annotate.parsed import Parsed, Token
from depeche.extract.quotes.links import Link
from depeche.extract.quotes.phrases import is_clitic, phrase_of
from depeche.extract.quotes.tables import QuoteTables, plain
from depeche.records import Attribution, Span

Resolve = Callable[[int, int], tuple[Span, str | None] | None]
"""From a mention's offsets to its actor's fullest mention and id; None where nobody knows."""


@dataclass(frozen=True)
class Holders:
    """Makes attributions of links, in one text."""

    parsed: Parsed
    tables: QuoteTables
    resolve: Resolve

    def attribution(self, link: Link) -> Attribution | None:
        """The attribution of a link; None where the link knows neither speaker nor cue."""
        cue = self.span(*link.cue) if link.cue else None
        if link.speaker is None:
            rumour = link.source is not None and link.source.pattern.position == "rumour"
            return Attribution("rumour", None, None, cue, link.rule) if rumour else None
        words = self.words(link.speaker)
        token = self.parsed.tokens[link.speaker]
        resolved = self.resolve(token.start, token.end)
        holder, actor = resolved if resolved else (words, None)
        return Attribution(self.kind(token, holder), holder, words, cue, link.rule, actor)

    def span(self, first: int, last: int) -> Span:
        """The text of a token range, without a hyphen that hangs a pronoun on its verb."""
        tokens = self.parsed.tokens
        start, end = tokens[first].start, tokens[last - 1].end
        return Span(start, end, self.parsed.text[start:end])

    def words(self, head: int) -> Span:
        """The words of a speaker as they stand at the cue."""
        token = self.parsed.tokens[head]
        if is_clitic(token):
            start = max(token.text.rfind("-"), token.text.rfind("‑"), token.text.rfind("‐")) + 1
            return Span(token.start + start, token.end, token.text[start:])
        phrase = phrase_of(self.parsed, head)
        return self.span(phrase.first, phrase.last)

    def kind(self, token: Token, holder: Span) -> str:
        """named, institution, unnamed, media or rumour."""
        known = self.tables.holders.get(plain(token.lemma)) or self.tables.holders.get(plain(token.text))
        if known is not None and known[0] in ("media", "rumour"):
            return known[0]
        if plain(holder.text) in self.tables.media:
            return "media"
        label = self._label(holder)
        if label == "PER":
            return "named"
        last = self.tables.holders.get(plain(holder.text.rpartition(" ")[2]))
        if label in ("ORG", "LOC", "MISC"):
            return "media" if last is not None and last[0] == "media" else "institution"
        if known is not None:
            return known[0]
        if token.upos == "PROPN":
            return "named"
        return "unnamed"

    def _label(self, holder: Span) -> str | None:
        """The label of the last entity in a span, a person's before any other."""
        labels = [e.label for e in self.parsed.entities if holder.start <= e.start and e.end <= holder.end]
        return "PER" if "PER" in labels else labels[-1] if labels else None

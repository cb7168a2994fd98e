"""Who says so, as a record: the words at the cue, the fullest mention behind them, and what kind of source it is."""

from __future__ import annotations

from dataclasses import dataclass

from depeche.annotate.parsed import Parsed, Token
from depeche.extract.quotes.links import Link
from depeche.extract.quotes.speakers import Speaker, Speakers
from depeche.extract.quotes.tables import QuoteTables, plain
from depeche.records import Attribution, Span


@dataclass(frozen=True)
class Holders:
    """Makes attributions of links, in one text."""

    parsed: Parsed
    tables: QuoteTables
    speakers: Speakers

    def attribution(self, link: Link) -> Attribution | None:
        """The attribution of a link; None where the link knows no speaker."""
        cue = self.span(*link.cue) if link.cue else None
        if link.speaker is None:
            rumour = link.source is not None and link.source.pattern.position == "rumour"
            return Attribution("rumour", None, None, cue, link.rule) if rumour else None
        return self._made(self.speakers.of(link.speaker), self.parsed.tokens[link.speaker], cue, link.rule)

    def ongoing(self, sentence: int) -> Attribution | None:
        """The attribution of words without a cue: who spoke last."""
        speaker = self.speakers.last(sentence)
        if speaker is None:
            return None
        kind = {"PER": "named", "ORG": "institution"}.get(self.speakers.label(speaker.holder) or "", "unnamed")
        return Attribution(kind, speaker.holder, None, None, "quotes:ongoing", speaker.actor)

    def _made(self, speaker: Speaker, token: Token, cue: Span | None, rule: str) -> Attribution:
        return Attribution(self.kind(token, speaker.holder), speaker.holder, speaker.words, cue, rule, speaker.actor)

    def span(self, first: int, last: int) -> Span:
        """The text of a token range."""
        start, end = self.parsed.tokens[first].start, self.parsed.tokens[last - 1].end
        return Span(start, end, self.parsed.text[start:end])

    def kind(self, token: Token, holder: Span) -> str:
        """named, institution, unnamed, media or rumour."""
        known = self.tables.holders.get(plain(token.lemma)) or self.tables.holders.get(plain(token.text))
        if known is not None and known[0] in ("media", "rumour"):
            return known[0]
        if plain(holder.text) in self.tables.media:
            return "media"
        label = self.speakers.label(holder)
        if label == "PER":
            return "named"
        last = self.tables.holders.get(plain(holder.text.rpartition(" ")[2]))
        if label in ("ORG", "LOC", "MISC"):
            return "media" if last is not None and last[0] == "media" else "institution"
        if known is not None:
            return known[0]
        return "named" if token.upos == "PROPN" else "unnamed"

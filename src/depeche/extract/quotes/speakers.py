"""Who a speaker at a cue is: the fullest mention that coreference knows, mended by what speech itself tells.

A cue whose subject is a pronoun or a bare title nearly always goes on with the one who spoke last, or who acted last: "a-t-il
ajouté", "a poursuivi le ministre". Places never speak through a pronoun.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from depeche.annotate.parsed import Parsed, Token
from depeche.extract.quotes.phrases import is_clitic, phrase_of
from depeche.extract.quotes.tables import QuoteTables, plain
from depeche.records import Span

Resolve = Callable[[int, int], tuple[Span, str | None] | None]
"""From a mention's offsets to its actor's fullest mention and id; None where nobody knows."""

_MEMORY = 4  # sentences
_LOOK_BACK = 90  # tokens
_BARE = 2  # words of a description that only points back
_LOOK_AHEAD = 2  # sentences
_ARTICLE = 3  # letters
_LONGEST_NAME = 6  # tokens
_DEFINITE = ("Def", "Dem")


class Speaker(NamedTuple):
    """A speaker: the words at the cue, the fullest mention and its actor."""

    words: Span
    holder: Span
    actor: str | None


class _Heard(NamedTuple):
    speaker: Speaker
    sentence: int
    gender: str | None
    number: str | None
    title: str | None


class Speakers:
    """The speakers of one text, asked for in text order."""

    def __init__(self, parsed: Parsed, tables: QuoteTables, resolve: Resolve, quoted: frozenset[int]) -> None:
        self._parsed, self._tables, self._resolve, self._quoted = parsed, tables, resolve, quoted
        self._heard: list[_Heard] = []
        self._known: dict[int, Speaker] = {}

    def of(self, head: int) -> Speaker:
        """The speaker whose phrase (or pronoun) has this token as its head."""
        known = self._known.get(head)
        if known is None:
            known = self._known[head] = self._find(head)
            token = self._parsed.tokens[head]
            if token.upos != "PRON" or known.holder != known.words:
                self._heard.append(
                    _Heard(known, token.sentence, self._gender(head), token.feat("Number"), self._title(token))
                )
        return known

    def last(self, sentence: int) -> Speaker | None:
        """Who spoke last before a sentence, if not too long ago."""
        if self._heard and sentence - self._heard[-1].sentence <= _MEMORY:
            return self._heard[-1].speaker
        return None

    def _find(self, head: int) -> Speaker:
        token = self._parsed.tokens[head]
        words = self.words(head)
        resolved = self._resolve(token.start, token.end)
        # "M." at the end of a passage that was cut off stands for a man as a pronoun does
        if token.upos == "PRON" or plain(words.text) in self._tables.addresses:
            return self._pronoun(token, words, None if token.upos != "PRON" else resolved, head)
        own_name = token.upos == "PROPN" or bool(self._parsed.entities_at(token.start, token.start + 1))
        apposed = None if own_name else self._apposed(head)
        if apposed is not None:
            return Speaker(words, *apposed)
        if resolved is None:
            return self._titled(token, words, head) or Speaker(words, words, None)
        holder, actor = resolved
        if own_name:
            return Speaker(words, holder if _akin(words.text, holder.text) else words, actor)
        # a member is not the body that he belongs to ("le député LR")
        if self._named(holder) and (holder.start < words.start or not self._is_member(token, holder)):
            return Speaker(words, holder, actor)
        return self._titled(token, words, head) or Speaker(words, holder, actor)

    def _is_member(self, token: Token, holder: Span) -> bool:
        """Whether a noun for a person was taken for the body named beside it."""
        return self.label(holder) == "ORG" and self._is_person(token)

    def _pronoun(self, token: Token, words: Span, resolved: tuple[Span, str | None] | None, head: int) -> Speaker:
        """A pronoun: the person who spoke just before, whom coreference says, the last one who acted, the last speaker at all."""
        known = resolved if resolved is not None and resolved[0] != words else None
        recent = self._agreeing(head, reach=2)
        if recent is not None and self.label(recent.holder) == "PER":
            return Speaker(words, recent.holder, recent.actor)
        if known is not None and self.label(known[0]) == "PER":
            return Speaker(words, *known)
        heard = self._agreeing(head)
        if heard is not None and self.label(heard.holder) != "LOC":
            return Speaker(words, heard.holder, heard.actor)
        acted = self._acted_before(token, head)
        if acted is not None:
            return Speaker(words, *acted)
        if known is not None and self.label(known[0]) != "LOC":
            return Speaker(words, *known)
        return Speaker(words, *(self._acts_after(token, head) or (words, None)))

    def _agreeing(
        self, head: int, *, named: bool = False, reach: int = _MEMORY, title: str | None = None
    ) -> Speaker | None:
        """The last speaker, within memory, who agrees with a phrase in gender and number (a named person)."""
        token, gender = self._parsed.tokens[head], self._gender(head)
        for heard in reversed(self._heard):
            if token.sentence - heard.sentence > reach:
                return None
            if title is not None and heard.title is not None and heard.title != title:
                continue
            # taggers guess the gender of names: where a title points back, it decides nothing
            if _agrees(None if named and heard.title is None else gender, token.feat("Number"), heard) and (
                not named or self.label(heard.speaker.holder) == "PER"
            ):
                return heard.speaker
        return None

    def _titled(self, token: Token, words: Span, head: int) -> Speaker | None:
        """A bare definite title ("le ministre", "le journal"): the last named speaker or actor that agrees with it."""
        definite = any(self._parsed.tokens[c].feat("Definite") in _DEFINITE or self._parsed.tokens[c].feat("PronType") == "Dem"
                       for c in self._parsed.children[head])  # fmt: skip
        if not definite or token.feat("Number") == "Plur" or self.label(words) == "PER":
            return None
        if self._is_press(token):
            return self._press_before(words, head)
        if not self._is_person(token):
            return self._body_before(token, words)
        heard = self._agreeing(head, named=True, title=plain(token.lemma))
        if heard is not None:
            return Speaker(words, heard.holder, heard.actor)
        acted = self._acted_before(token, head, named=True) or self._acts_after(token, head)
        return Speaker(words, *acted) if acted else None

    def _gender(self, head: int) -> str | None:
        """The gender of a phrase: its article knows better than a noun that has two ("la ministre")."""
        tokens = self._parsed.tokens
        articles = (tokens[c].feat("Gender") for c in self._parsed.children[head] if tokens[c].upos == "DET")
        return next((g for g in articles if g), None) or tokens[head].feat("Gender")

    def _is_person(self, token: Token) -> bool:
        """Whether a noun is one for a person or an office, a former one included ("ex-patron")."""
        lemma = plain(token.lemma)
        return lemma in self._tables.persons or lemma.rpartition("-")[2] in self._tables.persons

    def _body_before(self, token: Token, words: Span) -> Speaker | None:
        """The body that spoke last, to which a bare noun for one points back ("l'institut", "le syndicat")."""
        if self._tables.holders.get(plain(token.lemma), ("",))[0] != "institution" or len(words.text.split()) > _BARE:
            return None
        for heard in reversed(self._heard):
            if heard.sentence > token.sentence:
                continue
            if token.sentence - heard.sentence > _MEMORY:
                return None
            if self.label(heard.speaker.holder) == "ORG":
                return Speaker(words, heard.speaker.holder, heard.speaker.actor)
        return None

    def _title(self, token: Token) -> str | None:
        """The title that a speaker had at the cue: who is a general is not "le ministre"."""
        lemma = plain(token.lemma)
        return lemma if token.upos == "NOUN" and lemma in self._tables.persons else None

    def _is_press(self, token: Token) -> bool:
        return self._tables.holders.get(plain(token.lemma), ("",))[0] == "media"

    def _press_before(self, words: Span, head: int) -> Speaker | None:
        """The medium that was named last before a token."""
        tokens = self._parsed.tokens
        for index in range(head - 1, max(-1, head - 3 * _LOOK_BACK), -1):
            token = tokens[index]
            if token.text[:1].isupper() and index not in self._quoted and self._is_press(token):
                span = self.words(index)
                holder, actor = self._resolve(token.start, token.end) or (span, None)
                return Speaker(words, holder if _akin(span.text, holder.text) else span, actor)
        return None

    def _apposed(self, head: int) -> tuple[Span, str | None] | None:
        """The name beside a title: "le porte-parole de la police, Warren Strain," or "Warren Strain, porte-parole"."""
        tokens = self._parsed.tokens
        first = phrase_of(self._parsed, head).last + 1
        end = min(self._parsed.sentences[tokens[head].sentence].last, first + _LONGEST_NAME)
        if first >= end or tokens[first - 1].text != ",":
            return None
        last = first
        while last < end and tokens[last].text[:1].isupper() and tokens[last].upos not in ("DET", "ADP", "PRON"):
            last += 1
        if last - first < 2 or (
            last < end and tokens[last].upos not in ("PUNCT", "CCONJ", "PRON", "AUX", "VERB", "ADP", "ADV")
        ):
            return None
        start, stop = tokens[first].start, tokens[last - 1].end
        return self._resolve(start, stop) or (Span(start, stop, self._parsed.text[start:stop]), None)

    def _acted_before(self, token: Token, head: int, *, named: bool = False) -> tuple[Span, str | None] | None:
        """The nearest subject before a token that is a person (a named one), and agrees in number."""
        tokens = self._parsed.tokens
        for index in range(head - 1, max(-1, head - _LOOK_BACK), -1):
            other = tokens[index]
            if index in self._quoted or not other.deprel.startswith("nsubj") or other.upos not in ("NOUN", "PROPN"):
                continue
            if token.feat("Number") and other.feat("Number") and token.feat("Number") != other.feat("Number"):
                continue
            if other.upos == "NOUN" and not any(tokens[c].upos == "DET" for c in self._parsed.children[index]):
                continue
            resolved = self._resolve(other.start, other.end) or (self.words(index), None)
            if self.label(resolved[0]) == "PER" or (not named and plain(other.lemma) in self._tables.persons):
                return resolved
        return None

    def _acts_after(self, token: Token, head: int) -> tuple[Span, str | None] | None:
        """The named man who speaks in the sentences after: a passage may open with a pronoun or a title."""
        tokens = self._parsed.tokens
        if self._gender(head) == "Fem" or token.feat("Number") == "Plur":
            return None
        if any(e.label == "PER" and e.end <= token.start for e in self._parsed.entities):
            return None
        for index in range(head + 1, len(tokens)):
            other = tokens[index]
            if other.sentence - token.sentence > _LOOK_AHEAD:
                return None
            if index in self._quoted or not other.deprel.startswith("nsubj") or other.upos == "PRON":
                continue
            verb = tokens[other.head]
            resolved = self._resolve(other.start, other.end)
            if resolved is not None and self.label(resolved[0]) == "PER":
                return resolved if self._tables.patterns(verb.lemma, verb.text) else None
        return None

    def words(self, head: int) -> Span:
        """The words of a speaker as they stand at the cue."""
        token = self._parsed.tokens[head]
        if is_clitic(token):
            start = max(token.text.rstrip("-‑‐").rfind(hyphen) for hyphen in "-‑‐") + 1
            return Span(token.start + start, token.end, token.text[start:])
        phrase = phrase_of(self._parsed, head)
        start, end = self._parsed.tokens[phrase.first].start, self._parsed.tokens[phrase.last - 1].end
        return Span(start, end, self._parsed.text[start:end])

    def label(self, span: Span) -> str | None:
        """The label of the last entity in a span, a person's before any other."""
        near = self._parsed.entities_at(span.start, span.end)
        labels = [e.label for e in near if span.start <= e.start and e.end <= span.end]
        return "PER" if "PER" in labels else labels[-1] if labels else None

    def _named(self, span: Span) -> bool:
        return self.label(span) is not None


def _agrees(gender: str | None, number: str | None, heard: _Heard) -> bool:
    return not (gender and heard.gender and gender != heard.gender) and not (
        number and heard.number and number != heard.number
    )


def _akin(words: str, holder: str) -> bool:
    """Whether two mentions share a word that starts with a capital, or one is the other's acronym."""
    ours, theirs = _name_words(words), _name_words(holder)
    return not ours or not ours.isdisjoint(theirs) or any(len(w) > 1 and w.isupper() for w in ours | theirs)


def _name_words(text: str) -> set[str]:
    """The words of a mention that can tell it from another: capitalised, and longer than an article or all capitals."""
    found = text.replace("’", "'").replace("'", " ").replace("-", " ").split()
    return {w for w in found if w[:1].isupper() and (len(w) > _ARTICLE or w.isupper())}


__all__ = ["Resolve", "Speaker", "Speakers"]

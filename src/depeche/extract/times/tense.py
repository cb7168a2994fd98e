"""Where a time that does not say so itself points: to the past or to the future, by the clause that it stands in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from depeche.annotate.parsed import Parsed, Token
from depeche.extract.times.scan import Word
from depeche.languages.schema.times import TimeTense

VERBAL = frozenset({"VERB", "AUX"})
STOPS = frozenset(".!?;\n")
AUXILIARIES = frozenset({"aux", "cop"})


class Tenses:
    """The cues of one language, ready for look-up. Answers are -1 (past), 1 (future) or 0 (the words do not say)."""

    def __init__(self, cues: Iterable[TimeTense]) -> None:
        self.lemmas: dict[str, int] = {}
        self.words: dict[str, int] = {}
        endings: list[tuple[str, int]] = []
        for cue in cues:
            sign = 1 if cue.direction == "future" else -1
            self.lemmas.update(dict.fromkeys(cue.lemmas, sign))
            self.words.update(dict.fromkeys(cue.words, sign))
            endings.extend((ending, sign) for ending in cue.endings)
        self.endings = tuple(endings)

    def in_tree(self, parsed: Parsed, start: int) -> int:
        """The direction of the clause that governs the token at offset `start`."""
        index = bisect_right(parsed.starts, start) - 1
        if index < 0:
            return 0
        for at in (index, *parsed.ancestors(index)):
            token = parsed.tokens[at]
            sign = self.lemmas.get(token.lemma, 0)
            if sign and at != index:
                return sign
            if token.upos in VERBAL or any(parsed.tokens[c].deprel.startswith("cop") for c in parsed.children[at]):
                sign = self._of_verb(parsed, at)
                if sign:
                    return sign
        return 0

    def _of_verb(self, parsed: Parsed, at: int) -> int:
        token = parsed.tokens[at]
        helpers = [
            parsed.tokens[c] for c in parsed.children[at] if parsed.tokens[c].deprel.split(":")[0] in AUXILIARIES
        ]
        for helper in helpers:
            if self.lemmas.get(helper.lemma):
                return self.lemmas[helper.lemma]
        finite = next((t for t in [*helpers, token] if t.feat("VerbForm") == "Fin"), None)
        if finite is None:
            if _is_past_participle(token) and not helpers:
                return -1
            return 0
        return _of_finite(finite, token, helpers)

    def nearby(self, words: Sequence[Word], first: int, last: int) -> int:
        """The direction by the nearest telling word of the sentence: what can be said without a parse."""
        left, right = first - 1, last
        blocked_left = blocked_right = False
        while not (blocked_left and blocked_right):
            blocked_left = blocked_left or left < 0 or words[left].form[0] in STOPS
            if not blocked_left:
                sign = self._of_word(words[left].form)
                if sign:
                    return sign
                left -= 1
            blocked_right = blocked_right or right >= len(words) or words[right].form[0] in STOPS
            if not blocked_right:
                sign = self._of_word(words[right].form)
                if sign:
                    return sign
                right += 1
        return 0

    def _of_word(self, form: str) -> int:
        sign = self.words.get(form)
        if sign is not None:
            return sign
        return next((sign for ending, sign in self.endings if form.endswith(ending) and len(form) > len(ending) + 1), 0)


def _is_past_participle(token: Token) -> bool:
    return token.feat("VerbForm") == "Part" and token.feat("Tense") == "Past"


def _of_finite(finite: Token, verb: Token, helpers: Sequence[Token]) -> int:
    compound = finite is not verb and _is_past_participle(verb) and any(
        h is finite and not h.deprel.startswith("cop") and not h.deprel.endswith(":pass") for h in helpers
    )
    tense, mood = finite.feat("Tense"), finite.feat("Mood")
    if mood == "Cnd":
        return -1 if compound else 1
    if tense == "Fut":
        return 1
    if tense in ("Past", "Imp"):
        return -1
    return -1 if compound and tense == "Pres" else 0

"""Where a time that does not say so itself points: to the past or to the future, by the clause that it stands in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from enum import IntEnum

from depeche.annotate.parsed import Parsed, Token
from depeche.extract.times.scan import Word
from depeche.languages.schema.times import TimeTense


class Lean(IntEnum):
    """Where a clause points. NONE: its words do not say; PRESENT: a present tense, which tells of either side."""

    PAST = -1
    NONE = 0
    FUTURE = 1
    PRESENT = 2


VERBAL = frozenset({"VERB", "AUX"})
STOPS = frozenset(".!?;\n")
AUXILIARIES = frozenset({"aux", "cop"})
INFINITIVE_LINKS = frozenset({"xcomp", "ccomp", "obl", "advcl", "obj", "csubj", "acl"})
#: How many words on either side are looked at where there is no parse.
REACH = 40
#: A shorter form ("a", "ont") is too often an auxiliary for its letters to tell anything of a full verb.
SHORTEST_FORM = 4


class Tenses:
    """The cues of one language, ready for look-up."""

    def __init__(self, cues: Iterable[TimeTense]) -> None:
        self.nominal: dict[str, TimeTense] = {}
        self.verbal: dict[str, TimeTense] = {}
        self.words: dict[str, Lean] = {}
        self.marks: dict[str, Lean] = {}
        endings: list[tuple[str, Lean]] = []
        participles: list[str] = []
        for cue in cues:
            lean = _lean_of(cue)
            (self.verbal if cue.infinitive else self.nominal).update(dict.fromkeys(cue.lemmas, cue))
            self.words.update(dict.fromkeys(cue.words, lean))
            self.marks.update(dict.fromkeys(cue.marks, lean))
            endings.extend((ending, lean) for ending in cue.endings)
            participles.extend(cue.participle_endings)
        self.endings = tuple(sorted(endings, key=lambda e: -len(e[0])))
        self.participles = tuple(participles)

    def in_tree(self, parsed: Parsed, start: int) -> Lean:
        """Where the clause points that governs the token at offset `start`."""
        index = bisect_right(parsed.starts, start) - 1
        if index < 0:
            return Lean.NONE
        below = index
        chain = list(parsed.ancestors(index))
        if index and index - 1 not in chain and self._governs_by_place(parsed.tokens[index - 1]):
            chain.insert(0, index - 1)  # the verb right before it, where the tree hangs the time elsewhere
        for at in chain:
            lean = self._of_cue(parsed, at, below)
            if lean is None and _is_predicate(parsed, at):
                lean = self._of_verb(parsed, at)
            if lean:
                return lean
            below = at
        return Lean.NONE

    def _governs_by_place(self, token: Token) -> bool:
        return token.upos == "VERB" or token.lemma in self.nominal

    def _of_cue(self, parsed: Parsed, at: int, below: int) -> Lean | None:
        """The direction that a governor gives to what it governs: "planned for", "must", "called on them to"."""
        token = parsed.tokens[at]
        cue = self.nominal.get(token.lemma)
        below_subject = parsed.tokens[below].deprel.startswith("nsubj")  # "Wednesday's meeting was put off to Monday"
        if cue and not below_subject and (token.upos not in VERBAL or token.feat("VerbForm") == "Part"):
            return _lean_of(cue)
        cue = self.verbal.get(token.lemma)
        if cue is None:
            return None
        child = parsed.tokens[below]
        if child.upos not in VERBAL or child.deprel.split(":")[0] not in INFINITIVE_LINKS or _finite(parsed, below):
            return None
        if not cue.any_tense and any(h.deprel == "aux:tense" for h in _helpers(parsed, at)):
            return None
        return _lean_of(cue)

    def _of_verb(self, parsed: Parsed, at: int) -> Lean:
        token, helpers = parsed.tokens[at], _helpers(parsed, at)
        finite = _finite(parsed, at)
        if finite is None and token.feat("VerbForm") == "Inf":
            return self._of_infinitive(parsed, at, helpers)
        if finite is None:
            bare = not helpers and token.feat("VerbForm") == "Part" and token.feat("Tense") == "Past"
            return Lean.PAST if bare else Lean.NONE
        compound = finite is not token and finite.deprel == "aux:tense"
        if compound:
            return Lean.FUTURE if finite.feat("Tense") == "Fut" else Lean.PAST
        if finite.feat("Mood") == "Cnd":
            return Lean.FUTURE
        form = finite.text.lower()
        told = self._of_word(form) if len(form) >= SHORTEST_FORM else Lean.NONE
        if told:
            return told
        tense = finite.feat("Tense")
        if tense == "Fut":
            return Lean.FUTURE
        if tense in ("Past", "Imp"):
            return Lean.PAST
        # An auxiliary in the present: compound past, passive and copula look alike to many parses, so it says nothing.
        return Lean.PRESENT if finite is token else Lean.NONE

    def _of_infinitive(self, parsed: Parsed, at: int, helpers: Sequence[Token]) -> Lean:
        if any(h.deprel == "aux:tense" for h in helpers):
            return Lean.PAST
        marks = (parsed.tokens[c].lemma for c in parsed.children[at] if parsed.tokens[c].deprel in ("mark", "case"))
        return next((self.marks[m] for m in marks if m in self.marks), Lean.NONE)

    def nearby(self, words: Sequence[Word], first: int, last: int) -> Lean:
        """Where the nearest telling word of the sentence points: what can be said without a parse."""
        left, right = first - 1, last
        open_left = open_right = True
        while (open_left or open_right) and right - last < REACH:
            open_left = open_left and left >= 0 and words[left].form[0] not in STOPS
            open_right = open_right and right < len(words) and words[right].form[0] not in STOPS
            for is_open, at in ((open_left, left), (open_right, right)):
                lean = self._of_word(words[at].form, participles=True) if is_open else Lean.NONE
                if lean:
                    return lean
            left, right = left - 1, right + 1
        return Lean.NONE

    def _of_word(self, form: str, participles: bool = False) -> Lean:
        lean = self.words.get(form)
        if lean is not None:
            return lean
        for ending, sign in self.endings:
            if form.endswith(ending) and len(form) > len(ending) + 1:
                return sign
        return (
            Lean.PAST if participles and len(form) >= SHORTEST_FORM and form.endswith(self.participles) else Lean.NONE
        )


def _lean_of(cue: TimeTense) -> Lean:
    return Lean.FUTURE if cue.direction == "future" else Lean.PAST


def _helpers(parsed: Parsed, at: int) -> list[Token]:
    children = (parsed.tokens[c] for c in parsed.children[at])
    return [t for t in children if t.deprel.split(":")[0] in AUXILIARIES]


def _finite(parsed: Parsed, at: int) -> Token | None:
    """The finite word of a predicate: the verb itself or one of its auxiliaries."""
    return next((t for t in [*_helpers(parsed, at), parsed.tokens[at]] if t.feat("VerbForm") == "Fin"), None)


def _is_predicate(parsed: Parsed, at: int) -> bool:
    return parsed.tokens[at].upos in VERBAL or any(parsed.tokens[c].deprel == "cop" for c in parsed.children[at])

"""Where the participants of a word stand around it: the slots of a verb or a noun in a dependency tree.

A slot is `subj`, `obj`, `inf` (an infinitive complement), `clause` (a finite one), `poss` (possessive determiner), `adj` (adjective of
nationality), `appos`, `head` (the noun that a noun depends on), or an adposition lemma ("avec").
Passives, participles, relative clauses, shared subjects and infinitives are worked out here, so that a frame is written
once, for the active verb.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from depeche.annotate.parsed import Parsed, Token
from depeche.languages.lexicon import Lexicon

Slots = dict[str, list[int]]

MAX_DEPTH = 6  # how far a subject is sought up the tree; real chains of raising and coordination stay under it


@dataclass(frozen=True)
class Grammar:
    """The closed-class words of a language, by role."""

    agent: frozenset[str]
    genitive: frozenset[str]
    dative: str
    between: frozenset[str]
    reflexive: frozenset[str]
    third_reflexive: frozenset[str]
    unaccusative: frozenset[str]
    subject_control: frozenset[str]
    object_control: frozenset[str]
    relative_place: frozenset[str]
    locative: frozenset[str]
    contraction: dict[str, str]

    def adposition(self, lemma: str, form: str) -> str:
        """The lemma of an adposition, fused forms undone ("du" -> "de")."""
        return self.contraction.get(form.lower()) or self.contraction.get(lemma) or lemma


@cache
def compile_grammar(lexicon: Lexicon) -> Grammar:
    """The grammar words of a lexicon as sets."""

    def words(role: str) -> frozenset[str]:
        return frozenset(f for entry in lexicon.grammar if entry.role == role for f in entry.forms)

    contraction = {f: e.lemma for e in lexicon.grammar if e.role == "contraction" and e.lemma for f in e.forms}
    return Grammar(
        agent=words("agent"),
        genitive=words("genitive"),
        dative=next(iter(words("dative"))),
        between=words("between"),
        reflexive=words("reflexive"),
        third_reflexive=words("third_reflexive"),
        unaccusative=words("unaccusative"),
        subject_control=words("subject_control"),
        object_control=words("object_control"),
        relative_place=words("relative_place"),
        locative=words("locative"),
        contraction=contraction,
    )


def base(deprel: str) -> str:
    """A relation without its subtype."""
    return deprel.partition(":")[0]


def adposition(parsed: Parsed, index: int, grammar: Grammar) -> str | None:
    """The adposition that introduces a phrase, or None. For "à la veille de X" the first one."""
    for child in parsed.children[index]:
        token = parsed.tokens[child]
        if token.deprel == "case" and child < index:
            return grammar.adposition(token.lemma, token.text)
    return None


def conjuncts(parsed: Parsed, index: int) -> list[int]:
    """The word and those coordinated with it, in text order."""
    found = [index]
    for child in parsed.children[index]:
        if base(parsed.tokens[child].deprel) == "conj":
            found.extend(conjuncts(parsed, child))
    return found


def is_passive(parsed: Parsed, index: int, grammar: Grammar) -> bool:
    """Whether a verb's subject is the one acted upon.

    A pronominal verb and one that takes the auxiliary of the passive in its active past ("est arrivé") never are, whatever the parser says.
    """
    token = parsed.tokens[index]
    if token.lemma in grammar.unaccusative or is_pronominal(parsed, index, grammar):
        return False
    relations = {parsed.tokens[c].deprel for c in parsed.children[index]}
    if "aux:pass" in relations or "nsubj:pass" in relations:
        return True
    if token.feat("VerbForm") != "Part" or token.feat("Tense") == "Pres":
        return False
    return base(token.deprel) in ("acl", "amod", "appos") and "nsubj" not in relations and "aux:tense" not in relations


def is_pronominal(parsed: Parsed, index: int, grammar: Grammar) -> bool:
    """Whether a verb stands with a reflexive pronoun that belongs to it."""
    for child in parsed.children[index]:
        token = parsed.tokens[child]
        if child > index or token.upos != "PRON" or base(token.deprel) not in ("expl", "obj", "iobj"):
            continue
        if token.lemma in grammar.reflexive or token.text.lower().replace("’", "'") in grammar.third_reflexive:
            return True
    return False


class SlotFinder:
    """Slots of the words of one parse; each word is worked out once."""

    def __init__(self, parsed: Parsed, grammar: Grammar) -> None:
        self.parsed = parsed
        self.grammar = grammar
        self._verbs: dict[int, Slots] = {}
        self._nouns: dict[int, Slots] = {}

    def of(self, index: int) -> Slots:
        """The slots of a word, as a verb or as a noun by its tag. Fillers are head tokens, coordinated ones included."""
        if self.parsed.tokens[index].upos in ("VERB", "AUX"):
            return self.verb(index)
        return self.noun(index)

    def verb(self, index: int, depth: int = 0) -> Slots:
        """The slots of a verb: subj and obj are the deep ones (the passive's subject is obj, its agent subj)."""
        if index in self._verbs:
            return self._verbs[index]
        slots: Slots = {}
        passive = is_passive(self.parsed, index, self.grammar)
        for child in self.parsed.children[index]:
            name = self._verb_slot(child, passive)
            if name:
                slots.setdefault(name, []).extend(self._expand(child))
        surface = "obj" if passive else "subj"
        if surface not in slots:
            inherited = self._inherited(index, depth)
            if inherited:
                slots[surface] = inherited
        if depth == 0:
            self._verbs[index] = slots
        return slots

    def noun(self, index: int) -> Slots:
        """The slots of a noun: adpositions of its complements, `poss`, `adj`, `appos`."""
        if index in self._nouns:
            return self._nouns[index]
        slots: Slots = {}
        own = self.parsed.tokens[index]
        if own.head >= 0 and base(own.deprel) == "nmod":
            slots["head"] = [own.head]
        for child in self.parsed.children[index]:
            token = self.parsed.tokens[child]
            relation = base(token.deprel)
            if relation in ("nmod", "obl") or (relation == "acl" and token.upos in ("NOUN", "PROPN")):
                name = adposition(self.parsed, child, self.grammar)
                slots.setdefault(name or "nmod", []).extend(self._expand(child))
            elif relation == "det" and "Poss=Yes" in token.feats:
                slots.setdefault("poss", []).append(child)
            elif relation == "amod":
                slots.setdefault("adj", []).extend(conjuncts(self.parsed, child))
            elif relation in ("acl", "nmod") and token.upos == "VERB" and token.feat("VerbForm") == "Inf":
                slots.setdefault("inf", []).append(child)
            elif relation == "appos":
                slots.setdefault("appos", []).append(child)
        self._nouns[index] = slots
        return slots

    def _verb_slot(self, child: int, passive: bool) -> str | None:
        token = self.parsed.tokens[child]
        relation = token.deprel
        kind = base(relation)
        if kind == "nsubj":
            return "obj" if passive else "subj"
        if relation == "obl:agent":
            return "subj" if passive else next(iter(self.grammar.agent))
        if kind == "obj":
            return None if token.lemma in self.grammar.reflexive and token.upos == "PRON" else "obj"
        if kind == "iobj":
            return self.grammar.dative
        if kind == "obl" and token.upos == "VERB":
            return "inf"
        if kind == "obl" or (kind == "nmod" and token.upos in ("NOUN", "PROPN", "PRON")):
            name = adposition(self.parsed, child, self.grammar)
            if passive and name in self.grammar.agent:
                return "subj"
            if name is None and token.upos == "PRON":
                return self.grammar.dative
            return name or "obl"
        if kind in ("xcomp", "ccomp", "advcl") and token.upos in ("VERB", "AUX"):
            return "inf" if token.feat("VerbForm") == "Inf" else "clause" if kind == "ccomp" else None
        if kind == "advmod" and token.lemma in self.grammar.relative_place:
            return "where"
        return None

    def _expand(self, index: int) -> list[int]:
        """A filler and its conjuncts; a relative pronoun stands for its antecedent."""
        token = self.parsed.tokens[index]
        if token.upos == "PRON" and "PronType=Rel" in token.feats:
            antecedent = self._antecedent(index)
            if antecedent is not None:
                return conjuncts(self.parsed, antecedent) if self._plural_verb(index) else [antecedent]
        return conjuncts(self.parsed, index)

    def _plural_verb(self, pronoun: int) -> bool:
        head = self.parsed.tokens[pronoun].head
        return head >= 0 and any("Number=Plur" in t.feats for t in self._finite(head))

    def _finite(self, index: int) -> list[Token]:
        tokens = [self.parsed.tokens[index]]
        tokens += [self.parsed.tokens[c] for c in self.parsed.children[index] if self.parsed.tokens[c].upos == "AUX"]
        return [t for t in tokens if "VerbForm=Fin" in t.feats]

    def _antecedent(self, pronoun: int) -> int | None:
        for ancestor in self.parsed.ancestors(pronoun):
            if self.parsed.tokens[ancestor].deprel.startswith("acl"):
                head = self.parsed.tokens[ancestor].head
                return head if head >= 0 and self.parsed.tokens[head].upos in ("NOUN", "PROPN", "PRON") else None
        return None

    def _inherited(self, index: int, depth: int) -> list[int]:
        """The subject that a verb shares with its governor (coordination, control, participle), or nothing."""
        token = self.parsed.tokens[index]
        if depth > MAX_DEPTH or token.head < 0:
            return []
        head, relation = self.parsed.tokens[token.head], base(token.deprel)
        if relation in ("acl", "amod") and head.upos in ("NOUN", "PROPN", "PRON", "ADJ"):
            if token.feat("VerbForm") == "Inf":
                return self._owner(token.head)
            return [] if token.deprel == "acl:relcl" else conjuncts(self.parsed, token.head)[:1]
        if head.upos in ("NOUN", "PROPN", "ADJ") and relation in ("xcomp", "ccomp", "advcl", "obl", "nmod"):
            return self.verb(token.head, depth + 1).get("subj", []) or self._owner(token.head)
        if head.upos not in ("VERB", "AUX"):
            return []
        above = self.verb(token.head, depth + 1)
        passive_above = is_passive(self.parsed, token.head, self.grammar)
        if relation == "conj":
            same = "obj" if passive_above else "subj"
            return above.get(same, [])
        if (
            relation in ("xcomp", "ccomp", "advcl", "obl")
            and "VerbForm=Fin" not in token.feats
            and not self._own_finite(index)
        ):
            return self._controller(head, above, passive_above, relation)
        return []

    def _own_finite(self, index: int) -> bool:
        return any(
            self.parsed.tokens[c].upos == "AUX" and "VerbForm=Fin" in self.parsed.tokens[c].feats
            for c in self.parsed.children[index]
        )

    def _controller(self, head: Token, above: Slots, passive: bool, relation: str) -> list[int]:
        if relation != "advcl" and head.lemma not in self.grammar.subject_control:
            controlled = above.get("obj") or (
                above.get(self.grammar.dative) if head.lemma in self.grammar.object_control else None
            )
            if controlled:
                return controlled
        return above.get("obj" if passive else "subj", [])

    def _owner(self, noun: int) -> list[int]:
        """Whose "volonté" or "décision" an infinitive after a noun is: its possessor, else the subject of its light verb."""
        slots = self.noun(noun)
        for name in ("poss", *self.grammar.genitive, "adj"):
            if slots.get(name):
                return slots[name]
        head = self.parsed.tokens[noun].head
        if (
            head >= 0
            and self.parsed.tokens[head].upos == "VERB"
            and base(self.parsed.tokens[noun].deprel) in ("obj", "obl")
        ):
            return self.verb(head, 1).get("subj", [])
        return []

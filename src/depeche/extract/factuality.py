"""Whether an event happened: the cues around its word, from the lexicon's `factuality` entries.

The event word's own clause is read first (negation, mood, adverbs, the word that opens the clause), then the words that govern it,
nearest first; the first cue that fits decides, and denial of a governing cue ("n'entend pas se rendre") turns into `denied`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from depeche.annotate.parsed import Parsed, Token
from depeche.extract.slots import Grammar, adposition, base, compile_grammar
from depeche.languages.lexicon import Lexicon
from depeche.languages.schema.grammar import FactualityCue
from depeche.records import Cue, Factuality, Span

GOVERNOR = FactualityCue(id="negation.governor", status="denied", scope="modifies")
DENIED = FactualityCue(id="negation.particle", status="denied", scope="modifies")
REACH = 3  # governors looked at above the event word; farther ones say nothing about it any more (checked on train)


@dataclass(frozen=True)
class CueTables:
    """The cues by their first word."""

    grammar: Grammar
    moods: tuple[FactualityCue, ...]
    modifies: dict[str, tuple[tuple[tuple[str, ...], FactualityCue], ...]]
    marks: dict[str, tuple[tuple[tuple[str, ...], FactualityCue], ...]]
    governs: dict[str, tuple[FactualityCue, ...]]
    particle: frozenset[str]
    occurs: dict[str, tuple[str, FactualityCue]]
    sure: frozenset[str]
    itself: dict[str, FactualityCue]


@cache
def compile_cues(lexicon: Lexicon) -> CueTables:
    """The factuality cues of a lexicon, indexed."""
    modifies: dict[str, list[tuple[tuple[str, ...], FactualityCue]]] = {}
    marks: dict[str, list[tuple[tuple[str, ...], FactualityCue]]] = {}
    governs: dict[str, list[FactualityCue]] = {}
    grammar = compile_grammar(lexicon)
    for cue in lexicon.factuality:
        for word in cue.words:
            parts = tuple(word.split())
            if cue.scope == "modifies":
                modifies.setdefault(parts[-1], []).append((parts, cue))
            elif cue.scope == "mark":
                marks.setdefault(parts[0], []).append((parts, cue))
            elif cue.scope == "governs":
                governs.setdefault(_bare(parts, grammar), []).append(cue)
    return CueTables(
        grammar=grammar,
        moods=tuple(c for c in lexicon.factuality if c.scope == "mood"),
        modifies={k: tuple(x) for k, x in modifies.items()},
        marks={k: tuple(sorted(x, key=lambda m: -len(m[0]))) for k, x in marks.items()},
        governs={k: tuple(x) for k, x in governs.items()},
        occurs={
            w.split()[0]: (w.partition(" ")[2], c) for c in lexicon.factuality if c.scope == "occurs" for w in c.words
        },
        itself={w: c for c in lexicon.factuality if c.scope == "itself" for w in c.words},
        sure=frozenset(c.id for c in lexicon.factuality if c.sure),
        particle=frozenset(w for c in lexicon.factuality if c.status == "denied" for w in c.needs),
    )


def _bare(parts: tuple[str, ...], grammar: Grammar) -> str:
    """The lemma under which a governing cue is found: the verb without its reflexive, the word after the copula."""
    if len(parts) == 1:
        word = parts[0]
        for pronoun in grammar.reflexive:
            if word.startswith(pronoun) and pronoun.endswith("'"):
                return word[len(pronoun) :]
        return word
    return parts[-1]


def find_factuality(parsed: Parsed, index: int, lexicon: Lexicon) -> Factuality:
    """The factuality of the event whose word is token `index`, with the cues that decided.

    Without any cue the answer is `actual`.
    """
    tables = compile_cues(lexicon)
    own = _clause_cue(parsed, index, tables)
    if own and own[0].status in ("denied", "habitual"):
        return _answer(parsed, own)
    if own is None or own[0].scope == "mood" or own[0].status == "actual":
        above = _governing_cue(parsed, index, tables)
        # "annonce que deux hommes ont été arrêtés", "pour avoir tué": what is told in the past is no longer to come
        if above is not None and not (above[0].status == "planned" and is_past(parsed, index)):
            return _answer(parsed, above)
    return _answer(parsed, own) if own else Factuality("actual")


def cues_at(parsed: Parsed, index: int, lexicon: Lexicon) -> list[FactualityCue]:
    """All cues in the word's own clause, deciding or not."""
    tables = compile_cues(lexicon)
    found = [*_modifiers(parsed, index, tables), _mark_cue(parsed, index, tables), _mood_cue(parsed, index, tables)]
    return [f[0] for f in found if f is not None]


def cues_above(parsed: Parsed, index: int, lexicon: Lexicon) -> Iterator[tuple[int, FactualityCue]]:
    """All cues among and around the words that govern a word, with their distance, deciding or not."""
    tables = compile_cues(lexicon)
    at = index
    for level in range(1, REACH + 2):
        head = parsed.tokens[at].head
        if head < 0:
            return
        found = (
            _governor(parsed, head, _slot_of(parsed, at, tables.grammar), tables),
            _mark_cue(parsed, head, tables),
            _mood_cue(parsed, head, tables),
            *_modifiers(parsed, head, tables),
        )
        yield from ((level, f[0]) for f in found if f is not None)
        at = head


Found = tuple[FactualityCue, int]


def _answer(parsed: Parsed, found: Found) -> Factuality:
    cue, at = found
    token = parsed.tokens[at]
    return Factuality(cue.status, (Cue(Span(token.start, token.end, token.text), cue.id),))


def _clause_cue(parsed: Parsed, index: int, tables: CueTables) -> Found | None:
    best: Found | None = None
    for found in _modifiers(parsed, index, tables):
        if best is None or found[0].status == "denied":
            best = found
    marked = _mark_cue(parsed, index, tables)
    # "si les officiers se rendent souvent à X" concedes a habit, "s'ils ne partent pas" denies nothing
    if marked and (best is None or best[0].status != "habitual"):
        best = marked
    itself = tables.itself.get(parsed.tokens[index].lemma)
    return best or ((itself, index) if itself else _mood_cue(parsed, index, tables))


def _modifiers(parsed: Parsed, index: int, tables: CueTables) -> Iterator[Found]:
    """The cues among the words that modify a word."""
    for child in _clause_words(parsed, index):
        token = parsed.tokens[child]
        for parts, cue in tables.modifies.get(token.lemma) or tables.modifies.get(token.text.lower(), ()):
            if cue.pos and token.upos not in cue.pos:
                continue
            if len(parts) > 1 and not _reads(parsed, child, parts):
                continue
            if not (cue.needs or cue.unless) or _in_company(parsed, index, cue):
                yield cue, child


def _reads(parsed: Parsed, last: int, parts: tuple[str, ...]) -> bool:
    """Whether the words of a cue stand before and at a token."""
    first = last - len(parts) + 1
    return first >= 0 and all(parsed.tokens[first + n].text.lower() == part for n, part in enumerate(parts[:-1]))


def _in_company(parsed: Parsed, index: int, cue: FactualityCue) -> bool:
    """Whether the other dependents let a cue stand: what it needs is there, what undoes it is not."""
    around = {parsed.tokens[index].lemma, *(parsed.tokens[c].lemma for c in parsed.children[index])}
    return (not cue.needs or not around.isdisjoint(cue.needs)) and around.isdisjoint(cue.unless)


def _clause_words(parsed: Parsed, index: int) -> Iterator[int]:
    """Dependents that may modify the event word, and the determiners of its adverbial phrases ("chaque semaine")."""
    for child in parsed.children[index]:
        token = parsed.tokens[child]
        relation = base(token.deprel)
        if relation in ("advmod", "amod", "det", "obl", "fixed") or (
            relation == "acl" and token.deprel != "acl:relcl" and token.feat("Tense") == "Past"
        ):
            yield child
        if relation == "obl":
            yield from (c for c in parsed.children[child] if parsed.tokens[c].deprel == "det")


def _mark_cue(parsed: Parsed, index: int, tables: CueTables) -> Found | None:
    for child in parsed.children[index]:
        token = parsed.tokens[child]
        if child < index and base(token.deprel) in ("mark", "case"):
            for words, cue in tables.marks.get(token.lemma, ()) or tables.marks.get(token.text.lower(), ()):
                following = [t.text.lower() for t in parsed.tokens[child : child + len(words)]]
                if tuple(following[1:]) == words[1:]:
                    if base(token.deprel) == "case" and parsed.tokens[index].upos != "VERB" and cue.status == "planned":
                        continue
                    if cue.if_done and is_done(parsed, index) and not _is_open(parsed, parsed.tokens[index].head):
                        return replace(cue, status=cue.if_done), child
                    return cue, child
    return None


def _is_open(parsed: Parsed, index: int) -> bool:
    """Whether a main clause stands in the future or the conditional, so that what it depends on is open."""
    if index < 0:
        return False
    verbs = (index, *(c for c in parsed.children[index] if parsed.tokens[c].upos == "AUX"))
    return any("Tense=Fut" in parsed.tokens[v].feats or "Mood=Cnd" in parsed.tokens[v].feats for v in verbs)


def _mood_cue(parsed: Parsed, index: int, tables: CueTables) -> Found | None:
    verbs = [index, *(c for c in parsed.children[index] if parsed.tokens[c].upos == "AUX")]
    for at in verbs:
        token = parsed.tokens[at]
        if token.upos not in ("VERB", "AUX"):
            continue
        for cue in tables.moods:
            if cue.compound and token.deprel != "aux:tense":
                continue
            if all(token.feat(name) in values for name, values in cue.feats.items()) or _is_formed(token, cue):
                if cue.if_reported and token.deprel != "aux:tense" and _is_reported(parsed, index):
                    return replace(cue, status=cue.if_reported), at
                return cue, at
    return None


def _is_formed(token: Token, cue: FactualityCue) -> bool:
    """Whether a verb's form is its lemma with an ending of the mood, which outweighs its tag."""
    for ending, others in cue.endings.items():
        if token.lemma.endswith(ending):
            form, stem = token.text.lower(), token.lemma.removesuffix(ending)
            return form.startswith(stem) and form[len(stem) :] in others
    return False


def _is_reported(parsed: Parsed, index: int) -> bool:
    """Whether a clause is the content of a verb in a past tense, so that its mood only follows that tense ("a dit qu'il viendrait")."""
    token = parsed.tokens[index]
    if base(token.deprel) != "ccomp" or token.head < 0:
        return False
    above = parsed.tokens[token.head]
    # "a fait savoir qu'il viendrait": the tense stands with the verb that governs the infinitive
    at = above.head if "VerbForm=Inf" in above.feats and above.head >= 0 else token.head
    return is_done(parsed, at) or parsed.tokens[at].feat("Tense") in ("Past", "Imp")


def _governing_cue(parsed: Parsed, index: int, tables: CueTables) -> Found | None:
    at = index
    for _ in range(REACH):
        token = parsed.tokens[at]
        if token.head < 0:
            return None
        if base(token.deprel) == "conj":
            at = token.head
            continue
        slot = _slot_of(parsed, at, tables.grammar)
        head = parsed.tokens[token.head]
        found = _governor(parsed, token.head, slot, tables)
        if found:
            return found
        if base(head.deprel) == "root" or slot not in (
            "xcomp",
            "ccomp",
            "acl",
            "obj",
            "subj",
            *tables.grammar.genitive,
        ):
            return _mood_of_governor(parsed, token, head, slot, tables)
        if "VerbForm=Fin" in head.feats and slot not in ("xcomp", "subj", "obj", *tables.grammar.genitive):
            return None
        at = token.head
    return None


def _governor(parsed: Parsed, head: int, slot: str, tables: CueTables) -> Found | None:
    token = parsed.tokens[head]
    for cue in tables.governs.get(token.lemma, ()):
        if slot not in cue.slots or (cue.pos and token.upos not in cue.pos):
            continue
        denied = _denial(parsed, head, tables, bare=cue.if_denied is not None)
        if denied is not None:
            return (replace(cue, status=cue.if_denied), head) if cue.if_denied else (GOVERNOR, denied[1])
        if cue.if_done and is_done(parsed, head):
            return replace(cue, status=cue.if_done), head
        return cue, head
    return None


def _occurs(parsed: Parsed, index: int, tables: CueTables) -> FactualityCue | None:
    """The cue of a verb that says that its subject takes place, with the noun that it needs for it ("avoir lieu")."""
    noun, cue = tables.occurs.get(parsed.tokens[index].lemma, ("", None))
    return cue if not noun or any(parsed.tokens[c].lemma == noun for c in parsed.children[index]) else None


def is_past(parsed: Parsed, index: int) -> bool:
    """Whether a verb is told in the past: simple or compound, compound infinitive included."""
    token = parsed.tokens[index]
    if token.feat("Tense") == "Past" and token.feat("VerbForm") == "Fin":
        return True
    auxiliaries = [parsed.tokens[c] for c in parsed.children[index] if parsed.tokens[c].deprel == "aux:tense"]
    return any("VerbForm=Inf" in a.feats for a in auxiliaries) or is_done(parsed, index)


def is_done(parsed: Parsed, index: int) -> bool:
    """Whether a verb stands in a compound past of the indicative ("a permis", "avait permis")."""
    return any(
        token.deprel in ("aux", "aux:tense") and token.feat("Tense") in ("Pres", "Imp") and token.feat("Mood") == "Ind"
        for token in (parsed.tokens[c] for c in parsed.children[index])
    )


def _mood_of_governor(parsed: Parsed, token: Token, head: Token, slot: str, tables: CueTables) -> Found | None:
    """A noun's event takes the mood of the verb whose subject or object it is ("la visite aura lieu jeudi"), an infinitive or participle
    that leads up to a clause in the future is still to come with it ("après avoir fait escale, il sera reçu")."""
    if slot == "advcl" and "VerbForm=Fin" not in token.feats:
        found = _mood_cue(parsed, token.head, tables) or _governing_cue(parsed, token.head, tables)
        return found if found and found[0].status == "planned" else None
    if token.upos in ("VERB", "AUX") or slot not in ("subj", "obj") or head.upos != "VERB":
        return None
    # "le débarquement n'a pas eu d'influence" leaves it standing, "la rencontre n'a pas eu lieu" does not
    occurs = _occurs(parsed, token.head, tables)
    bears = slot == "obj" or token.deprel == "nsubj:pass" or occurs is not None
    for found in _modifiers(parsed, token.head, tables):
        if found[0].status == "habitual" or (found[0].status == "denied" and bears):
            return found if found[0].status == "habitual" else (replace(occurs or GOVERNOR, status="denied"), found[1])
    return _mood_cue(parsed, token.head, tables)


def _denial(parsed: Parsed, index: int, tables: CueTables, *, bare: bool = False) -> Found | None:
    """What denies a word; with `bare` the particle of negation alone ("n'ont cessé de")."""
    for cue, child in _modifiers(parsed, index, tables):
        if cue.status == "denied" and base(parsed.tokens[child].deprel) == "advmod":
            return cue, child
    if bare:
        for child in parsed.children[index]:
            if parsed.tokens[child].lemma in tables.particle:
                return DENIED, child
    return None


def _slot_of(parsed: Parsed, index: int, grammar: Grammar) -> str:
    token = parsed.tokens[index]
    kind = base(token.deprel)
    if kind == "nsubj":
        return "subj"
    if kind in ("nmod", "obl", "iobj"):
        return adposition(parsed, index, grammar) or kind
    if kind == "acl" and token.feat("VerbForm") != "Inf":
        return "relcl"
    if kind in ("xcomp", "ccomp", "acl", "obj", "advcl"):
        return kind
    return kind

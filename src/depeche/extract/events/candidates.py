"""Which words of a parse may start an event, and in which frame."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from depeche.annotate.parsed import Parsed
from depeche.extract.events.tables import EventTables, LightEntry
from depeche.extract.slots import SlotFinder, Slots, base, is_pronominal
from depeche.languages.schema.events import EventFrame
from depeche.records import Participant, Span

FIXED_REACH = 4  # words that may stand between a verb and its fixed words ("mettre très sérieusement en garde")


class ActorView(Protocol):
    """What the events need to know about actors."""

    def participant(self, index: int) -> Participant | None:
        """The participant whose phrase is headed by this token, its actor resolved; None for what is no actor."""

    def participants(self, index: int) -> tuple[Participant, ...]:
        """All participants of a token: an adjective may name two ("franco-malien")."""

    def kind(self, index: int) -> str | None:
        """The kind of the actor headed by this token (see `records.vocabularies.ACTOR_KINDS`), None if it is none."""

    def is_political(self, index: int) -> bool:
        """Whether this token heads a politically relevant actor."""

    def place(self, index: int) -> Span | None:
        """The name of the place that this token heads, or None."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that starts an event in a frame. `words` are its token indices (the verb and its fixed words); `light` is the light
    verb that lends it participants, with its token index."""

    index: int
    words: tuple[int, ...]
    frame: EventFrame
    nominal: bool
    light: LightEntry | None = None
    light_index: int = -1


def find_candidates(
    parsed: Parsed, tables: EventTables, slots: SlotFinder, actors: ActorView
) -> Iterator[list[Candidate]]:
    """For each word that may start events, in text order, its frames that fit, the most specific first."""
    for index, token in enumerate(parsed.tokens):
        if token.upos in ("VERB", "AUX") or (token.upos == "ADJ" and token.lemma not in tables.adjectives):
            found = list(_verb(parsed, index, tables, slots, actors))
        elif token.upos in ("NOUN", "PROPN"):
            found = list(_noun(parsed, index, tables, slots, actors))
        elif token.upos == "ADJ":
            found = list(_adjective(parsed, index, tables, slots, actors))
        else:
            continue
        if found:
            yield found


def _verb(parsed: Parsed, index: int, tables: EventTables, slots: SlotFinder, actors: ActorView) -> Iterator[Candidate]:
    entries = tables.verbs.get(parsed.tokens[index].lemma)
    if not entries:
        return
    reflexive = is_pronominal(parsed, index, tables.grammar)
    filled = slots.verb(index)
    for entry in entries:
        if entry.reflexive != reflexive:
            continue
        fixed = match_fixed(parsed, index, entry.fixed)
        if fixed is not None and fits(entry.frame, filled, parsed, actors, tables):
            yield Candidate(index, (index, *fixed), entry.frame, nominal=False)


def _noun(parsed: Parsed, index: int, tables: EventTables, slots: SlotFinder, actors: ActorView) -> Iterator[Candidate]:
    entries = tables.nouns.get(parsed.tokens[index].lemma)
    if not entries:
        return
    light, at = _light_verb(parsed, index, tables)
    filled = slots.noun(index)
    for entry in entries:
        fixed = match_fixed(parsed, index, entry.fixed, gap=0)
        if fixed is None:
            continue
        # a frame that verbs share states its restrictions in the verb's slots, which a noun does not have
        if entry.frame.verbs or fits(entry.frame, filled, parsed, actors, tables):
            yield Candidate(index, (index, *fixed), entry.frame, nominal=True, light=light, light_index=at)


def _adjective(
    parsed: Parsed, index: int, tables: EventTables, slots: SlotFinder, actors: ActorView
) -> Iterator[Candidate]:
    frames = tables.adjectives.get(parsed.tokens[index].lemma)
    if not frames:
        return
    filled = adjective_slots(parsed, index, slots)
    for frame in frames:
        if fits(frame, filled, parsed, actors, tables):
            yield Candidate(index, (index,), frame, nominal=False)


def adjective_slots(parsed: Parsed, index: int, slots: SlotFinder) -> Slots:
    """The slots of an adjective: of its own clause as a predicate ("est prêt à"), else the noun that it stands with."""
    token = parsed.tokens[index]
    if any(base(parsed.tokens[c].deprel) in ("cop", "nsubj") for c in parsed.children[index]):
        filled = slots.verb(index)
        return {**filled, "obj": filled.get("subj", [])}
    own = slots.verb(index)
    head = [token.head] if token.head >= 0 else []
    return {**own, "subj": head, "obj": head}


def _light_verb(parsed: Parsed, index: int, tables: EventTables) -> tuple[LightEntry | None, int]:
    """The light verb that governs an event noun in the slot that it asks for, itself or over its fixed words ("l'objet de")."""
    head = parsed.tokens[index].head
    if head >= 0 and parsed.tokens[head].upos == "NOUN" and parsed.tokens[head].lemma in tables.light_words:
        head = parsed.tokens[head].head
    if head < 0 or parsed.tokens[head].upos not in ("VERB", "AUX"):
        return None, -1
    entries = tables.lights.get(parsed.tokens[head].lemma)
    if not entries:
        return None, -1
    reflexive = is_pronominal(parsed, head, tables.grammar)
    slot = slot_name(parsed, index, tables)
    for entry in entries:
        if (
            entry.reflexive == reflexive
            and entry.light.noun == slot
            and match_fixed(parsed, head, entry.fixed) is not None
        ):
            return entry, head
    return None, -1


def slot_name(parsed: Parsed, index: int, tables: EventTables) -> str:
    """The slot in which a word stands around its governor."""
    token = parsed.tokens[index]
    kind = base(token.deprel)
    if kind == "nsubj":
        return "obj" if token.deprel == "nsubj:pass" else "subj"
    if kind in ("obl", "nmod", "iobj"):
        for child in parsed.children[index]:
            if parsed.tokens[child].deprel == "case":
                return tables.grammar.adposition(parsed.tokens[child].lemma, parsed.tokens[child].text)
    return kind


def match_fixed(parsed: Parsed, index: int, fixed: tuple[str, ...], gap: int = FIXED_REACH) -> tuple[int, ...] | None:
    """The tokens of the fixed words after a word, by form or lemma, or None where they don't stand there."""
    if not fixed:
        return ()
    tokens, first = parsed.tokens, fixed[0]
    last = parsed.sentences[tokens[index].sentence].last
    for start in range(index + 1, min(index + 2 + gap, last - len(fixed) + 1)):
        token = tokens[start]
        if token.lemma != first and plain(token.text) != first:
            continue
        window = tokens[start : start + len(fixed)]
        if all(w in (t.lemma, plain(t.text)) for w, t in zip(fixed, window, strict=True)):
            return tuple(
                i for i in range(start, start + len(fixed)) if tokens[i].upos in ("NOUN", "ADJ", "VERB", "PROPN")
            )
    return None


def plain(form: str) -> str:
    """A form in lower case with a straight apostrophe, as the lexicon writes it."""
    return form.lower().replace("’", "'")


def fits(frame: EventFrame, slots: Slots, parsed: Parsed, actors: ActorView, tables: EventTables) -> bool:
    """Whether the fillers meet the frame's `need` and `avoid`."""
    for slot, classes in frame.need.items():
        if not any(belongs(i, c, parsed, actors, tables) for i in slots.get(slot, ()) for c in classes):
            return False
    for slot, classes in frame.avoid.items():
        if any(belongs(i, c, parsed, actors, tables) for i in slots.get(slot, ()) for c in classes):
            return False
    return True


def belongs(index: int, wanted: str, parsed: Parsed, actors: ActorView, tables: EventTables) -> bool:
    """Whether a filler is of a class ("@actor") or is a word (lemma)."""
    token = parsed.tokens[index]
    if not wanted.startswith("@"):
        return token.lemma == wanted or token.text.lower() == wanted
    if wanted == "@any":
        return True
    if wanted == "@event":
        return token.lemma in tables.nouns or token.lemma in tables.verbs
    if wanted == "@place":
        return actors.place(index) is not None
    kind = actors.kind(index)
    if wanted == "@actor":
        return kind is not None and actors.is_political(index)
    if wanted == "@person":
        return kind in ("person", "office", "crowd") or (
            kind is None and token.upos == "PRON" and "PronType=Prs" in token.feats
        )
    if wanted == "@state":
        return kind == "state"
    return kind in ("organisation", "armed_group", "crowd", "state")

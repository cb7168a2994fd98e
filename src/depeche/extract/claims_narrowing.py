"""What narrows the deed of a claim: "officielle" in "première visite officielle", "en tête-à-tête" in "jamais rencontré en tête-à-tête"."""

from __future__ import annotations

from depeche.extract.claims_text import ClaimText
from depeche.extract.offices import Resolver
from depeche.extract.slots import base
from depeche.records import Event, Span

_BESIDE = 2  # from a noun to the one that narrows it: "visite d'État", "visite de travail"
_CONTENT = frozenset({"obl", "obj", "iobj", "xcomp", "ccomp", "advcl"})


def find_narrowing(text: ClaimText, actors: Resolver, event: Event, claim: range, subject: Span | None) -> Span | None:
    """Words beside the deed that say neither who, nor whom, where or when, nor the claim itself, whose tokens are `claim`."""
    doers = {i for p in (*event.actors, *event.recipients) for i in text.tokens(p.words)}
    told = [s for s in (event.place, subject, *(t.span for t in text.times)) if s is not None]
    taken = doers.union(claim, *(text.tokens(span) for span in told))
    triggers = [i for span in event.triggers for i in text.tokens(span)]
    for trigger in triggers:
        token = text.parsed.tokens[trigger]
        if token.sentence != text.parsed.tokens[claim.start].sentence:
            continue
        if token.upos == "NOUN":
            found = _of_noun(text, actors, trigger, doers)
        else:
            found = _of_verb(text, trigger, taken.union(triggers))
        if found is not None:
            return found
    return None


def _of_noun(text: ClaimText, actors: Resolver, noun: int, doers: set[int]) -> Span | None:
    for child in text.parsed.children[noun]:
        token = text.parsed.tokens[child]
        if text.cue("ordinal", child) or text.cue("scope", child):
            continue
        if token.deprel == "amod" and token.upos == "ADJ" and child not in doers:
            return text.span(child, child + 1)
        if base(token.deprel) == "nmod" and child - noun == _BESIDE and not _named(text, actors, child):
            return text.span(noun + 1, child + 1)
    return None


def _of_verb(text: ClaimText, verb: int, taken: set[int]) -> Span | None:
    for child in text.parsed.children[verb]:
        token = text.parsed.tokens[child]
        if base(token.deprel) not in _CONTENT or child in taken or token.upos == "PRON":
            continue
        inside = [i for i in (child, *text.parsed.children[child]) if text.parsed.tokens[i].upos != "PUNCT"]
        aside = min(inside) > 0 and text.parsed.tokens[min(inside) - 1].upos == "PUNCT"  # ", selon le gouvernement"
        if not aside and not taken.intersection(inside):
            return text.span(min(inside), max(inside) + 1)
    return None


def _named(text: ClaimText, actors: Resolver, index: int) -> bool:
    """Does a token stand for somebody, or a place?"""
    token = text.parsed.tokens[index]
    found = actors.resolve(token.start, token.end)
    actor = actors.by_id.get(found[1]) if found else None
    return token.upos == "PROPN" or (actor is not None and (actor.country is not None or actor.kind != "state"))

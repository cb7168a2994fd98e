"""Other people's models: `spacy:NAME`, where that library is installed."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol

from depeche.annotate.parsed import ROOT, Entity, Parsed, Sentence, Token
from depeche.errors import ModelError

_LABELS = {
    "PER": "PER",
    "PERSON": "PER",
    "ORG": "ORG",
    "LOC": "LOC",
    "GPE": "LOC",
    "FAC": "LOC",
    "MISC": "MISC",
    "NORP": "MISC",
}
"""Entity labels of their models in our terms; EVENT, PRODUCT and the rest count as MISC, numbers and dates as nothing."""

_NONE = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"})


class Parser(Protocol):
    """What the rest of the program asks of a model."""

    name: str

    def parse(self, text: str) -> Parsed:
        """Parse any text."""


def load_external(spec: str) -> Parser:
    """The model that `spacy:NAME` names. Raises ModelError where the scheme, the library or the model is unknown."""
    scheme, _, name = spec.partition(":")
    if scheme != "spacy" or not name:
        raise ModelError(f"unknown model {spec!r}: accepted are a language, a model folder, or spacy:NAME")
    return SpacyModel(name)


class SpacyModel:
    """A spaCy pipeline seen as one of ours."""

    def __init__(self, name: str) -> None:
        try:
            spacy = import_module("spacy")
        except ImportError as error:
            raise ModelError(
                "spacy:NAME needs the spaCy library, which is not installed (pip install spacy)"
            ) from error
        try:
            self._nlp = spacy.load(name)
        except OSError as error:
            raise ModelError(f"spaCy has no model {name!r} here: {error}") from error
        self.name = f"spacy:{name}-{self._nlp.meta.get('version', '')}"

    def parse(self, text: str) -> Parsed:
        """Parse with the pipeline; tokens that are blanks are dropped, and what hangs on one climbs to its governor."""
        doc = self._nlp(text)
        kept = [t for t in doc if not t.is_space]
        place = {t.i: i for i, t in enumerate(kept)}
        tokens: list[Token] = []
        sentences: list[Sentence] = []
        for sentence in doc.sents if doc.has_annotation("SENT_START") else [doc[:]]:
            first = len(tokens)
            for t in sentence:
                if t.i not in place:
                    continue
                head = t.head
                while head.is_space and head.i != head.head.i:
                    head = head.head
                governor = ROOT if head.i == t.i or head.is_space else place[head.i]
                deprel = "root" if governor == ROOT else t.dep_ or "dep"
                end = t.idx + len(t.text)
                morph, lemma = str(t.morph), t.lemma_ or t.text
                tokens.append(Token(t.idx, end, t.text, lemma, t.pos_, morph, governor, deprel, len(sentences)))
            if len(tokens) > first:
                sentences.append(Sentence(first, len(tokens)))
        entities = tuple(
            Entity(e.start_char, e.end_char, _LABELS.get(e.label_, "MISC")) for e in doc.ents if e.label_ not in _NONE
        )
        return Parsed(text, tuple(tokens), tuple(sentences), entities, self.name)

"""Quick scores on gold tokens while training; the real ones are taken from raw text by evaluate.py."""

from __future__ import annotations

import torch
from batches import Featurizer
from corpora import Example
from labels import Labels
from net import Parser

from depeche.annotate.lemmas import apply


@torch.no_grad()
def quick(
    model: Parser, labels: Labels, vocabulary: dict[str, int], examples: list[Example], domain: int
) -> dict[str, float]:
    """Accuracy of tags, lemmas of content words, heads (best head each), and heads with main relations."""
    featurizer = Featurizer(vocabulary)
    right = dict.fromkeys(("upos", "feats", "lemma", "uas", "las"), 0)
    seen = dict.fromkeys(right, 0)
    ordered = sorted(examples, key=lambda e: len(e.words))
    for begin in range(0, len(ordered), 32):
        some = ordered[begin : begin + 32]
        out = model(featurizer.batch([e.words for e in some]), torch.full((len(some),), domain))
        for row, e in enumerate(some):
            size = len(e.words)
            heads = out["arcs"][row, :size].argmax(1)
            rel = model.relations(
                out["rel_dependent"][row, :size], out["rel_head"][row, (heads - 1).clamp_min(0)]
            ).argmax(1)
            upos = out["upos"][row, :size].argmax(1)
            scripts = out["lemmas"][row, :size].argmax(1)
            for i in range(size):
                same = int(heads[i]) - 1 == e.heads[i]
                name = "root" if heads[i] == 0 else labels.rels[int(rel[i])]
                right["upos"] += labels.upos[int(upos[i])] == e.upos[i]
                right["uas"] += same
                right["las"] += same and name.split(":")[0] == e.rels[i].split(":")[0]
                for key in ("upos", "uas", "las"):
                    seen[key] += 1
                if e.lemmas and e.lemmas[i] and e.upos[i] in ("NOUN", "VERB", "AUX", "ADJ", "PROPN", "ADV"):
                    seen["lemma"] += 1
                    right["lemma"] += apply(e.words[i], labels.lemmas[int(scripts[i])].partition("|")[2]) == e.lemmas[i]
    return {k: round(100 * right[k] / max(seen[k], 1), 2) for k in right}


def spans(tags: list[str]) -> set[tuple[int, int, str]]:
    """(first, last + 1, label) of BIO tags; an I- that follows nothing opens a name."""
    found, first, label = set(), 0, ""
    for i, tag in enumerate([*tags, "O"]):
        if label and tag != f"I-{label}":
            found.add((first, i, label))
            label = ""
        if tag != "O" and not label:
            first, label = i, tag[2:]
    return found


@torch.no_grad()
def names(
    model: Parser, labels: Labels, vocabulary: dict[str, int], examples: list[Example], domain: int
) -> dict[str, float]:
    """F1 of exact names."""
    featurizer = Featurizer(vocabulary)
    right = made = there = 0
    ordered = sorted(examples, key=lambda e: len(e.words))
    for begin in range(0, len(ordered), 32):
        some = ordered[begin : begin + 32]
        out = model(featurizer.batch([e.words for e in some]), torch.full((len(some),), domain))["names"].argmax(2)
        for row, e in enumerate(some):
            mine = spans([labels.names[int(k)] for k in out[row, : len(e.words)]])
            gold = spans(e.names)
            right, made, there = right + len(mine & gold), made + len(mine), there + len(gold)
    return {"names": round(200 * right / max(made + there, 1), 2)}

"""Train the parser on all corpora at once, from a pretrained encoder or from nothing."""

from __future__ import annotations

import math
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import torch
from batches import Featurizer, group
from corpora import DOMAINS, OLD, Example
from labels import Labels
from net import Batch, Parser, Sizes
from torch import Tensor
from torch.nn import functional as F

from depeche.annotate.lemmas import script

SHARES = {
    "sequoia": 1.0,
    "gsd": 1.0,
    "pud": 1.0,
    "questions": 0.15,
    "rhapsodie": 0.2,
    "stories": 0.1,
    "news": 1.0,
    "supersenses": 0.8,
    "old": 0.04,
}
"""How much of each corpus an epoch reads."""

SWAP = 0.25
"""How many of the marked news sentences have their names swapped."""

WEIGHTS = {"arcs": 1.0, "rels": 1.0, "upos": 1.0, "feats": 0.5, "lemmas": 0.5, "names": 1.0, "begins": 1.0}
STOPS = frozenset((".", "!", "?", "...", "…", ":"))
LONGEST = 90
IGNORE = -100


def disturb(example: Example, draw: np.random.Generator) -> Example:
    """Now and then the sentence as other outlets write it: capitals, no accents on capitals, no final stop."""
    chance = draw.random()
    words = example.words
    if chance < 0.04:
        words = [w.upper() for w in words]
    elif chance < 0.06:
        words = [w.lower() for w in words]
    elif chance < 0.3:
        words = [_bare(w) if w[0].isupper() else w for w in words]
    example = replace(example, words=words)
    last = len(words) - 1
    if draw.random() < 0.06 and last > 3 and words[-1] in ".!?" and last not in example.heads:
        cut = {k: v[:-1] for k, v in vars(example).items() if isinstance(v, list) and v}
        example = replace(example, **cut)
    return example


def glue(first: Example, second: Example) -> Example:
    """Two sentences as one, as where a title has no stop: two roots, and a mark where the second begins."""
    size = len(first.words)
    joined = {k: v + getattr(second, k) for k, v in vars(first).items() if isinstance(v, list)}
    joined["heads"] = first.heads + [h + size if h >= 0 else h for h in second.heads]
    joined["begins"] = [0] * size + [1] + [0] * (len(second.words) - 1)
    return replace(first, **joined)


def _glues(example: Example, draw: np.random.Generator) -> bool:
    """Whether to glue this sentence to the next: likely without a stop at its end, rare with one."""
    return bool(draw.random() < (0.04 if example.words[-1] in STOPS else 0.6))


def swap(example: Example, pool: dict[str, list[list[str]]], draw: np.random.Generator) -> Example:
    """The sentence with each name replaced by another of its label, so that its surroundings must tell what it is."""
    words, names, at = [], [], 0
    while at < len(example.words):
        label, end = example.names[at][2:], at + 1
        if example.names[at][0] != "B":
            words.append(example.words[at])
            names.append(example.names[at])
        else:
            while end < len(example.words) and example.names[end] == f"I-{label}":
                end += 1
            other = pool[label][int(draw.integers(len(pool[label])))]
            words += other
            names += [f"B-{label}"] + [f"I-{label}"] * (len(other) - 1)
        at = end
    return replace(example, words=words, names=names)


def name_pool(examples: list[Example]) -> dict[str, list[list[str]]]:
    """The names of marked sentences by label."""
    pool: dict[str, list[list[str]]] = {}
    for e in examples:
        open_: list[str] = []
        for word, tag in zip(e.words, e.names, strict=True):
            if tag[0] == "B":
                open_ = [word]
                pool.setdefault(tag[2:], []).append(open_)
            elif tag[0] == "I":
                open_.append(word)
    return pool


def _bare(word: str) -> str:
    """The word without the accent on its first letter."""
    return unicodedata.normalize("NFD", word[0])[0] + word[1:]


class Targets:
    """Turns the labels of examples into padded numbers."""

    def __init__(self, labels: Labels) -> None:
        self.index = {key: {v: i for i, v in enumerate(values)} for key, values in vars(labels).items()}

    def __call__(self, examples: list[Example]) -> dict[str, Tensor]:
        width = max(len(e.words) for e in examples)
        rows: dict[str, list[list[int]]] = {
            k: [] for k in ("upos", "feats", "lemmas", "heads", "rels", "names", "begins")
        }
        for e in examples:
            values = {
                "upos": [self.index["upos"].get(u, IGNORE) for u in e.upos],
                "feats": [self.index["feats"].get(f"{u}|{f}", IGNORE) for u, f in zip(e.upos, e.feats, strict=False)],
                "lemmas": [
                    self.index["lemmas"].get(f"{u}|{script(w, m)}", IGNORE) if m else IGNORE
                    for w, u, m in zip(e.words, e.upos, e.lemmas, strict=False)
                ],
                "heads": [h + 1 for h in e.heads],
                "rels": [self.index["rels"].get(r, IGNORE) for r in e.rels],
                "begins": _begins(e),
                "names": [self.index["names"][n] for n in e.names],
            }
            for key, row in values.items():
                rows[key].append(row + [IGNORE] * (width - len(row)))
        return {key: torch.tensor(value) for key, value in rows.items()}


def _begins(example: Example) -> list[int]:
    """Targets of sentence beginnings; nothing is asked of the first word, nor of cut-up old newspapers."""
    if example.domain == OLD:
        return []
    return [IGNORE, *(example.begins[1:] if example.begins else [0] * (len(example.words) - 1))]


def losses(model: Parser, batch: Batch, domain: Tensor, targets: dict[str, Tensor]) -> dict[str, Tensor]:
    """The loss of each task that this batch has labels for."""
    out = model(batch, domain)
    found = {}
    for key in ("upos", "feats", "lemmas", "names", "begins"):
        if (targets[key] != IGNORE).any():
            found[key] = F.cross_entropy(out[key].flatten(0, 1), targets[key].flatten(), ignore_index=IGNORE)
    heads, rels = targets["heads"], targets["rels"]
    if (heads != IGNORE).any():
        found["arcs"] = F.cross_entropy(out["arcs"].flatten(0, 1), heads.flatten(), ignore_index=IGNORE)
        row, at = ((heads > 0) & (rels != IGNORE)).nonzero(as_tuple=True)
        scores = model.relations(out["rel_dependent"][row, at], out["rel_head"][row, heads[row, at] - 1])
        found["rels"] = F.cross_entropy(scores, rels[row, at])
    return found


class Average:
    """A running average of the weights, which scores better than the last ones."""

    def __init__(self, model: Parser, keep: float = 0.998) -> None:
        self.model, self.keep, self.seen = deepcopy(model), keep, 0

    @torch.no_grad()
    def update(self, model: Parser) -> None:
        """Move towards the weights of the model."""
        self.seen += 1
        keep = min(self.keep, self.seen / (self.seen + 9))
        for mine, other in zip(self.model.parameters(), model.parameters(), strict=True):
            mine.lerp_(other, 1 - keep)


def epoch(corpora: dict[str, list[Example]], shares: dict[str, float], draw: np.random.Generator) -> list[Example]:
    """The examples of one pass, disturbed."""
    chosen: list[Example] = []
    for name, share in shares.items():
        some = corpora.get(name, [])
        count = int(len(some) * share)
        picked = []
        for i in draw.permutation(len(some))[:count].tolist():
            example = some[i]
            if i + 1 < len(some) and example.heads and len(example.words) + len(some[i + 1].words) <= LONGEST:
                bare = disturb(example, draw)
                example = glue(bare, some[i + 1]) if _glues(bare, draw) else example
            picked.append(example)
        if name == "news":
            pool = name_pool(some)
            picked = [swap(e, pool, draw) if draw.random() < SWAP else e for e in picked]
        chosen.extend(picked)
    return [disturb(e, draw) for e in chosen]


def pretrained(model: Parser, path: Path) -> None:
    """Take word vectors and the first layer from the language models."""
    saved = torch.load(path)
    model.words.load_state_dict(saved["words"], strict=False)  # endings come after pretraining
    model.lower.load_state_dict(saved["lower"])


def groups(model: Parser, rate: float, started: bool) -> list[dict[str, object]]:
    """Parameter groups: what is pretrained moves more slowly."""
    slow = 0.3 if started else 1.0
    lower = list(model.lower.parameters())
    words = list(model.words.parameters())
    known = {id(p) for p in lower + words}
    rest = [p for p in model.parameters() if id(p) not in known]
    return [{"params": lower, "lr": rate * slow}, {"params": words, "lr": rate * slow}, {"params": rest, "lr": rate}]


@dataclass(frozen=True)
class Course:
    """How to train: all that the seeds and the data leave open."""

    epochs: int = 10
    opening: tuple[int, int] = (549, 14)  # up to this step the rate falls as if there were so many epochs
    tokens: int = 1500  # in a batch
    rate: float = 1.5e-3
    seed: int = 1
    shares: dict[str, float] = field(default_factory=lambda: dict(SHARES))


def fit(
    corpora: dict[str, list[Example]],
    labels: Labels,
    vocabulary: dict[str, int],
    sizes: Sizes,
    course: Course,
    start: Path | None = None,
    evaluate: Callable[[Parser], dict[str, float]] | None = None,
) -> Parser:
    """Train, from the language models in `start` if given, and return the averaged model."""
    torch.manual_seed(course.seed)
    draw = np.random.default_rng(course.seed)
    model = Parser(sizes, len(vocabulary), labels.sizes(), DOMAINS)
    if start:
        pretrained(model, start)
    featurizer, targets = Featurizer(vocabulary), Targets(labels)
    optimizer = torch.optim.AdamW(
        groups(model, course.rate, bool(start)), betas=(0.9, 0.95), weight_decay=0.01, fused=True
    )
    average, began = Average(model), time.time()
    rates, done = [g["lr"] for g in optimizer.param_groups], 0
    for number in range(course.epochs):
        examples = epoch(corpora, course.shares, draw)
        batches = group([len(e.words) for e in examples], course.tokens, draw)
        sums: Counter[str] = Counter()
        model.train()
        for batch in batches:
            some = [examples[i] for i in batch]
            pace = _pace(done, len(batches) * (course.opening[1] if done < course.opening[0] else course.epochs))
            for settings, rate in zip(optimizer.param_groups, rates, strict=True):
                settings["lr"] = rate * pace
            words = featurizer.batch([e.words for e in some], 0.1, draw)
            found = losses(model, words, torch.tensor([e.domain for e in some]), targets(some))
            optimizer.zero_grad()
            sum((WEIGHTS[k] * v for k, v in found.items()), torch.zeros(())).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 3.0)
            optimizer.step()
            average.update(model)
            done += 1
            sums.update({key: value.item() for key, value in found.items()})
        shown = " ".join(f"{k} {v / len(batches):.3f}" for k, v in sorted(sums.items()))
        print(f"epoch {number + 1}/{course.epochs} {shown} {time.time() - began:.0f} s", flush=True)
        if evaluate and (number % 3 == 2 or number + 1 == course.epochs):
            print("   ", evaluate(average.model.eval()), flush=True)
    return average.model.eval()


def _pace(done: int, total: int) -> float:
    """The share of the learning rate: 80 steps of warm-up, then a cosine down to a hundredth."""
    return min((done + 1) / 80, 0.5 * (1 + math.cos(math.pi * min(done / total, 1))) + 0.01)

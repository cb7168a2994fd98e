"""A tagger of names over the frozen encoder: a small BiLSTM and a chain of tags (CRF), trained in minutes.

Trained with the rest, names got fragments ("ministère" and "Économie" for "ministère de l'Économie"): tags chosen one by one, in a layer
shaped by syntax. This one sees the language-model layer too, and scores whole sequences.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from batches import Featurizer, group
from corpora import DOMAINS, Example
from fit import IGNORE, Targets, disturb, name_pool, swap
from labels import NAMES
from net import Batch, Parser, TwoWay, backwards
from torch import Tensor, nn
from torch.nn import functional as F

FORBIDDEN = -1e4


@dataclass(frozen=True)
class NameCourse:
    """How to train the tagger of names."""

    epochs: int = 20
    variants: int = 5  # disturbed and swapped copies of each sentence, encoded once
    tokens: int = 1500
    rate: float = 2e-3
    other: float = 0.4  # share of the Sequoia entities an epoch
    seed: int = 1


class NameTagger(nn.Module):
    """Emissions and transitions of BIO tags."""

    def __init__(self, width: int, inner: int = 256, memory: int = 128, domain: int = 8) -> None:
        super().__init__()
        self.inner = nn.Linear(width + domain, inner)
        self.layer = TwoWay(inner, memory)
        self.memory = memory
        self.out = nn.Linear(2 * memory, len(NAMES))
        self.domains = nn.Embedding(DOMAINS, domain)
        self.moves = nn.Parameter(torch.zeros(len(NAMES), len(NAMES)))
        wrong = [[b[0] == "I" and a[1:] != b[1:] for b in NAMES] for a in NAMES]
        self.register_buffer("wrong", torch.tensor(wrong))
        self.register_buffer("no_start", torch.tensor([n[0] == "I" for n in NAMES]))

    def transitions(self) -> Tensor:
        """Scores [before, after]; an I- after anything but its own name is out of question."""
        return self.moves.masked_fill(self.wrong, FORBIDDEN)

    def forward(self, states: Tensor, lengths: Tensor, domain: Tensor) -> Tensor:
        """Emissions [b, t, tags]."""
        spread = self.domains(domain).unsqueeze(1).expand(-1, states.shape[1], -1)
        drop = 0.4 if self.training else 0.0
        inner = F.relu(self.inner(torch.cat([F.dropout(states, drop), spread], 2)))
        hidden = self.layer(F.dropout(inner, drop * 0.75), backwards(lengths, states.shape[1]))
        found: Tensor = self.out(F.dropout(hidden, drop))
        return found

    def loss(self, emissions: Tensor, tags: Tensor) -> Tensor:
        """Minus the log probability of whole tag sequences; tags are IGNORE beyond the end."""
        moves = self.transitions()
        alive = tags != IGNORE
        safe = tags.clamp_min(0)
        total = emissions[:, 0].masked_fill(self.no_start, FORBIDDEN)
        score = total.gather(1, safe[:, :1]).squeeze(1)
        for step in range(1, emissions.shape[1]):
            on = alive[:, step]
            made = torch.logsumexp(total.unsqueeze(2) + moves, 1) + emissions[:, step]
            total = torch.where(on.unsqueeze(1), made, total)
            gain = moves[safe[:, step - 1], safe[:, step]] + emissions[:, step].gather(
                1, safe[:, step : step + 1]
            ).squeeze(1)
            score = score + torch.where(on, gain, torch.zeros_like(gain))
        return (torch.logsumexp(total, 1) - score).sum() / alive.sum()


@torch.no_grad()
def frozen(model: Parser, batch: Batch) -> Tensor:
    """Top states, language-model states and word vectors, side by side."""
    vectors = model.words(batch)
    order = backwards(batch.lengths, vectors.shape[1])
    low = states = model.lower(vectors[..., : model.sizes.input], order)
    for layer in model.upper:
        states = layer(states, order)
    return torch.cat([states, low, vectors], 2)


@dataclass
class _Encoded:
    states: Tensor
    tags: list[int]
    domain: int


def _encode(model: Parser, examples: list[Example], featurizer: Featurizer, targets: Targets) -> list[_Encoded]:
    """Each sentence with its frozen states."""
    made: list[_Encoded] = []
    ordered = sorted(examples, key=lambda e: len(e.words))
    for begin in range(0, len(ordered), 48):
        some = ordered[begin : begin + 48]
        states = frozen(model, featurizer.batch([e.words for e in some]))
        tags = targets(some)["names"].tolist()
        made += [
            _Encoded(states[i, : len(e.words)].clone(), tags[i][: len(e.words)], e.domain) for i, e in enumerate(some)
        ]
    return made


def _variants(
    corpora: dict[str, list[Example]], course: NameCourse, draw: np.random.Generator
) -> list[tuple[list[Example], list[Example]]]:
    """Copies of the news and of Sequoia: the first as they stand, then disturbed, names swapped in some."""
    news, other = corpora["news"], corpora["supersenses"]
    pool = name_pool(news)
    made = [(news, other)]
    for _ in range(course.variants - 1):
        swapped = [swap(e, pool, draw) if draw.random() < 0.4 else e for e in news]
        made.append(([disturb(e, draw) for e in swapped], [disturb(e, draw) for e in other]))
    return made


def fit_names(
    model: Parser,
    corpora: dict[str, list[Example]],
    vocabulary: dict[str, int],
    targets: Targets,
    course: NameCourse,
    evaluate: Callable[[NameTagger], object] | None = None,
) -> NameTagger:
    """Train the tagger over the frozen encoder; returns its averaged weights."""
    torch.manual_seed(course.seed)
    draw = np.random.default_rng(course.seed)
    featurizer = Featurizer(vocabulary)
    encoded = [
        tuple(_encode(model, part, featurizer, targets) for part in variant)
        for variant in _variants(corpora, course, draw)
    ]
    tagger = NameTagger(encoded[0][0][0].states.shape[1])
    average = torch.optim.swa_utils.AveragedModel(tagger, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.99))
    optimizer = torch.optim.AdamW(tagger.parameters(), lr=course.rate, weight_decay=0.01)
    began = time.time()
    for number in range(course.epochs):
        news, other = encoded[number % course.variants]
        chosen = [*news, *(other[i] for i in draw.permutation(len(other))[: int(len(other) * course.other)])]
        tagger.train()
        total = 0.0
        pace = min(1.0, 1.5 * (1 - number / course.epochs))
        for settings in optimizer.param_groups:
            settings["lr"] = course.rate * pace
        batches = group([len(e.tags) for e in chosen], course.tokens, draw)
        for batch in batches:
            some = [chosen[i] for i in batch]
            lengths = torch.tensor([len(e.tags) for e in some])
            states = nn.utils.rnn.pad_sequence([e.states for e in some], batch_first=True)
            tags = nn.utils.rnn.pad_sequence(
                [torch.tensor(e.tags) for e in some], batch_first=True, padding_value=IGNORE
            )
            loss = tagger.loss(tagger(states, lengths, torch.tensor([e.domain for e in some])), tags)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(tagger.parameters(), 3.0)
            optimizer.step()
            average.update_parameters(tagger)
            total += loss.item()
        print(f"names {number + 1}/{course.epochs} {total / len(batches):.4f} {time.time() - began:.0f} s", flush=True)
        if evaluate and (number % 4 == 3 or number + 1 == course.epochs):
            print("   ", evaluate(average.module.eval()), flush=True)
    result: NameTagger = average.module.eval()
    return result


@torch.no_grad()
def best_tags(tagger: NameTagger, states: Tensor, lengths: Tensor, domain: int) -> list[list[int]]:
    """The best sequence of each sentence."""
    emissions = tagger(states, lengths, torch.full((len(lengths),), domain))
    moves, made = tagger.transitions(), []
    for row, size in enumerate(lengths.tolist()):
        total = emissions[row, 0].masked_fill(tagger.no_start, FORBIDDEN)
        back = []
        for step in range(1, size):
            best, where = (total.unsqueeze(1) + moves).max(0)
            total = best + emissions[row, step]
            back.append(where)
        path = [int(total.argmax())]
        for where in reversed(back):
            path.append(int(where[path[-1]]))
        made.append(path[::-1])
    return made

"""The network: word features -> language-model BiLSTM -> BiLSTM layers -> tags, features, lemma scripts, heads, relations, entities."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from depeche.annotate.features import BUCKETS, ENDINGS, SHAPES


@dataclass(frozen=True)
class Sizes:
    """All the widths; recorded in the model."""

    words: int = 144
    grams: int = 96
    shapes: int = 16
    endings: int = 64  # only for tags, lemmas and names, above the encoder
    memory: int = 400  # first layer, each direction: the one that is pretrained
    upper: int = 300  # next layers, each direction
    layers: int = 1  # how many upper layers
    arc: int = 256
    rel: int = 96
    tag: int = 192
    domain: int = 16

    @property
    def input(self) -> int:
        """Width of a word's vector as the encoder sees it."""
        return self.words + self.grams + self.shapes

    @property
    def wide(self) -> int:
        """Width of a word's whole vector."""
        return self.input + self.endings


@dataclass
class Batch:
    """Sentences of about the same length. `kinds` index the rows of the unique words below."""

    kinds: Tensor  # [b, t] rows of the unique words
    lengths: Tensor  # [b]
    vocabulary: Tensor  # [u] vocabulary rows of the unique words
    grams: Tensor  # flat n-gram rows
    starts: Tensor  # [u] where each word's n-grams begin
    shapes: Tensor  # [u]
    endings: Tensor  # [u, 5]


def backwards(lengths: Tensor, width: int) -> Tensor:
    """Indices that turn each row round within its own length: [b, t]."""
    steps = torch.arange(width).unsqueeze(0)
    turned = lengths.unsqueeze(1) - 1 - steps
    return torch.where(turned >= 0, turned, steps)


def turn(states: Tensor, order: Tensor) -> Tensor:
    """Reorder the time axis of [b, t, d] by indices [b, t]."""
    return states.gather(1, order.unsqueeze(2).expand(-1, -1, states.shape[2]))


class Words(nn.Module):
    """A word's vector: vocabulary, n-grams, shape and endings side by side."""

    def __init__(self, sizes: Sizes, vocabulary: int) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, sizes.words)
        self.grams = nn.EmbeddingBag(BUCKETS, sizes.grams, mode="mean")
        self.shapes = nn.Embedding(SHAPES, sizes.shapes)
        self.endings = nn.EmbeddingBag(ENDINGS, sizes.endings, mode="mean")
        nn.init.normal_(self.endings.weight, std=0.4)
        nn.init.normal_(self.words.weight, std=0.1)
        nn.init.normal_(self.grams.weight, std=0.2)
        nn.init.normal_(self.shapes.weight, std=0.3)

    def forward(self, batch: Batch) -> Tensor:
        unique = torch.cat(
            [
                self.words(batch.vocabulary),
                self.grams(batch.grams, batch.starts),
                self.shapes(batch.shapes),
                self.endings(batch.endings),
            ],
            1,
        )
        return unique[batch.kinds]


class TwoWay(nn.Module):
    """A BiLSTM over padded rows without packing: the backward half reads each row turned round."""

    def __init__(self, width: int, memory: int) -> None:
        super().__init__()
        self.onward = nn.LSTM(width, memory, batch_first=True)
        self.backward_ = nn.LSTM(width, memory, batch_first=True)

    def forward(self, states: Tensor, order: Tensor) -> Tensor:
        left, _ = self.onward(states)
        right, _ = self.backward_(turn(states, order))
        return torch.cat([left, turn(right, order)], 2)


class LanguageModel(nn.Module):
    """Pretraining: each direction guesses the next word among the true one and shared draws from the vocabulary."""

    def __init__(self, sizes: Sizes, words: Words, lower: TwoWay, frequency: Tensor, draws: int = 2000) -> None:
        super().__init__()
        self.words, self.lower, self.draws = words, lower, draws
        self.left = nn.Linear(sizes.memory, sizes.words)
        self.right = nn.Linear(sizes.memory, sizes.words)
        self.bias = nn.Parameter(torch.zeros(frequency.numel()))
        weights = frequency.pow(0.75)
        self.register_buffer("draw", weights / weights.sum())
        self.register_buffer("log_draw", (weights / weights.sum() * draws).clamp_min(1e-12).log())
        self.memory, self.input = sizes.memory, sizes.input

    def forward(self, batch: Batch) -> Tensor:
        states = F.dropout(self.words(batch)[..., : self.input], 0.1, self.training)
        width = states.shape[1]
        order = backwards(batch.lengths, width)
        hidden = F.dropout(self.lower(states, order), 0.1, self.training)
        inside = torch.arange(width).unsqueeze(0) < batch.lengths.unsqueeze(1)
        targets = batch.vocabulary[batch.kinds]
        guess = inside[:, 1:]  # both the pair (t-1 -> t) and (t -> t-1) exist where t is inside
        left = self.left(hidden[:, :-1, : self.memory][guess])
        right = self.right(hidden[:, 1:, self.memory :][guess])
        negative = torch.multinomial(self.draw, self.draws, replacement=True)
        right_targets = targets[:, :-1][guess]
        return self._loss(left, targets[:, 1:][guess], negative) + self._loss(right, right_targets, negative)

    def _loss(self, guess: Tensor, target: Tensor, negative: Tensor) -> Tensor:
        keep = target != 0  # row 0 is the unknown word: nothing to learn from guessing it
        guess, target = guess[keep], target[keep]
        table = self.words.words.weight
        true = (guess * table[target]).sum(1) + self.bias[target] - self.log_draw[target]
        false = guess @ table[negative].T + (self.bias[negative] - self.log_draw[negative])
        false = false.masked_fill(target.unsqueeze(1) == negative.unsqueeze(0), -1e4)
        return (torch.logaddexp(true, false.logsumexp(1)) - true).mean()


class Parser(nn.Module):
    """All tasks over one encoder. A domain vector lets corpora with other conventions train the same encoder."""

    def __init__(self, sizes: Sizes, vocabulary: int, outputs: dict[str, int], domains: int) -> None:
        super().__init__()
        self.sizes = sizes
        self.words = Words(sizes, vocabulary)
        self.lower = TwoWay(sizes.input, sizes.memory)
        widths = [2 * sizes.memory] + [2 * sizes.upper] * (sizes.layers - 1)
        self.upper = nn.ModuleList(TwoWay(w, sizes.upper) for w in widths)
        self.domains = nn.Embedding(domains, sizes.domain)
        top = 2 * sizes.upper + sizes.domain
        self.arc_dependent, self.arc_head = nn.Linear(top, sizes.arc), nn.Linear(top, sizes.arc)
        self.rel_dependent, self.rel_head = nn.Linear(top, sizes.rel), nn.Linear(top, sizes.rel)
        self.tag = nn.Linear(top + sizes.wide, sizes.tag)
        self.name = nn.Linear(top + sizes.wide, sizes.tag)
        self.root = nn.Parameter(torch.zeros(sizes.arc))
        self.arc = nn.Parameter(torch.zeros(sizes.arc, sizes.arc))
        self.arc_bias = nn.Parameter(torch.zeros(sizes.arc))
        self.rel = nn.Parameter(torch.zeros(sizes.rel + 1, outputs["rels"], sizes.rel + 1))
        self.upos = nn.Linear(sizes.tag, outputs["upos"])
        self.feats = nn.Linear(sizes.tag, outputs["feats"])
        self.lemmas = nn.Linear(sizes.tag, outputs["lemmas"])
        self.names = nn.Linear(sizes.tag, outputs["names"])
        self.begins = nn.Linear(sizes.tag, 2)
        nn.init.normal_(self.root, std=0.1)
        nn.init.orthogonal_(self.arc)

    def encode(self, batch: Batch, domain: Tensor) -> tuple[Tensor, Tensor]:
        """(top states with the domain, word vectors), both with dropout."""
        vectors = self.words(batch)
        order = backwards(batch.lengths, vectors.shape[1])
        states = self.lower(_dropped(vectors[..., : self.sizes.input], 0.25, self.training), order)
        for layer in self.upper:
            states = layer(_dropped(states, 0.33, self.training), order)
        spread = self.domains(domain).unsqueeze(1).expand(-1, states.shape[1], -1)
        return torch.cat([_dropped(states, 0.33, self.training), spread], 2), _dropped(vectors, 0.3, self.training)

    def forward(self, batch: Batch, domain: Tensor) -> dict[str, Tensor]:
        top, vectors = self.encode(batch, domain)
        drop = 0.25 if self.training else 0.0
        dependent = F.dropout(F.relu(self.arc_dependent(top)), drop)
        head = F.dropout(F.relu(self.arc_head(top)), drop)
        head = torch.cat([self.root.expand(head.shape[0], 1, -1), head], 1)
        arcs = (dependent @ self.arc + self.arc_bias) @ head.transpose(1, 2)
        width = head.shape[1]
        outside = torch.arange(width).unsqueeze(0) > batch.lengths.unsqueeze(1)
        arcs = arcs.masked_fill(outside.unsqueeze(1), -1e4)
        arcs = arcs - 1e4 * torch.eye(width)[1:, :]
        wide = torch.cat([top, vectors], 2)
        tag = F.dropout(F.relu(self.tag(wide)), drop)
        name = F.dropout(F.relu(self.name(wide)), drop)
        return {
            "arcs": arcs,
            "rel_dependent": F.dropout(F.relu(self.rel_dependent(top)), drop),
            "rel_head": F.dropout(F.relu(self.rel_head(top)), drop),
            "upos": self.upos(tag),
            "feats": self.feats(tag),
            "lemmas": self.lemmas(tag),
            "names": self.names(name),
            "begins": self.begins(tag),
        }

    def relations(self, dependent: Tensor, head: Tensor) -> Tensor:
        """Scores [n, relations] of pairs of relation vectors [n, d]."""
        ones = torch.ones(dependent.shape[0], 1)
        left, right = torch.cat([dependent, ones], 1), torch.cat([head, ones], 1)
        size = self.rel.shape
        mixed = (left @ self.rel.reshape(size[0], -1)).reshape(-1, size[1], size[2])
        return (mixed * right.unsqueeze(1)).sum(2)


def _dropped(states: Tensor, share: float, training: bool) -> Tensor:
    """Dropout with one mask for all steps of a sentence."""
    if not training:
        return states
    mask = torch.rand(states.shape[0], 1, states.shape[2]) >= share
    return states * mask / (1 - share)

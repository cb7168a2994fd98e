"""Pretrain word vectors and the first BiLSTM layer as two language models (next word, previous word) on raw news."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from batches import Featurizer, group
from net import LanguageModel, Sizes, TwoWay, Words
from news import News


@dataclass(frozen=True)
class Leg:
    """One stretch of pretraining: a warm-up, then a cosine that reaches zero at `steps`; it breaks off at `stop`."""

    steps: int
    stop: int = 10**9
    tokens: int = 3000  # in a batch
    rate: float = 2e-3
    seed: int = 1


def pretrain(
    news: News, vocabulary: dict[str, int], sizes: Sizes, leg: Leg, out: Path, start: Path | None = None
) -> None:
    """Train the language models and write words and layer to `out`; `start` gives those of an earlier leg."""
    torch.manual_seed(leg.seed)
    draw = np.random.default_rng(leg.seed)
    featurizer = Featurizer(vocabulary)
    frequency = torch.ones(len(vocabulary))
    for word, row in vocabulary.items():
        frequency[row] = max(news.counts.get(word, 0), 1)
    words, lower = Words(sizes, len(vocabulary)), TwoWay(sizes.input, sizes.memory)
    model = LanguageModel(sizes, words, lower, frequency)
    if start:
        saved = torch.load(start)
        words.load_state_dict(saved["words"], strict=False)
        lower.load_state_dict(saved["lower"])
    optimizer = torch.optim.Adam(model.parameters(), lr=leg.rate, betas=(0.9, 0.98), fused=True)
    lengths = np.diff(news.offsets).tolist()
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / 100, 0.5 * (1 + math.cos(math.pi * min(s / leg.steps, 1))))
    )
    done, total, began = 0, 0.0, time.time()
    while done < min(leg.steps, leg.stop):
        for batch in group(lengths, leg.tokens, draw):
            sentences = [[news.types[k] for k in news.ids[news.offsets[i] : news.offsets[i + 1]]] for i in batch]
            loss = model(featurizer.batch(sentences, 0.02, draw))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            done, total = done + 1, total + loss.item()
            if done % 50 == 0:
                print(f"step {done}/{leg.steps} loss {total / 50:.4f} {time.time() - began:.0f} s", flush=True)
                total = 0.0
            if done >= min(leg.steps, leg.stop):
                break
    torch.save({"words": words.state_dict(), "lower": lower.state_dict()}, out)

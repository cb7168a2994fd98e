"""The raw news, cut into sentences of word types: what the encoder is pretrained on."""

from __future__ import annotations

import json
import lzma
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from depeche.annotate.features import normal
from depeche.annotate.tokenize import Tokenizer

SHORTEST, LONGEST = 3, 70


@dataclass(frozen=True)
class News:
    """Sentences as ids into `types` (spellings as they stand), flat, with the offset of each sentence."""

    types: list[str]
    ids: np.ndarray
    offsets: np.ndarray
    counts: Counter[str]


def articles(path: Path) -> Iterator[str]:
    """The text of each article: title, lead and body as paragraphs."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield "\n\n".join(record[key] for key in ("title", "lead", "text") if record.get(key))


def read_news(path: Path, tokenizer: Tokenizer, limit: int = 0) -> News:
    """All sentences of the news with 3 to 70 tokens; repeated ones (furniture, agency boilerplate) are kept once."""
    index: dict[str, int] = {}
    counts: Counter[str] = Counter()
    ids, offsets, seen = [], [0], set()
    for number, text in enumerate(articles(path)):
        if limit and number >= limit:
            break
        spans = tokenizer.spans(text)
        for first, last in tokenizer.sentences(text, spans):
            if not SHORTEST <= last - first <= LONGEST:
                continue
            words = [text[a:b] for a, b in spans[first:last]]
            key = hash(tuple(words))
            if key in seen:
                continue
            seen.add(key)
            ids.extend(index.setdefault(w, len(index)) for w in words)
            offsets.append(len(ids))
    types = list(index)
    array = np.array(ids, dtype=np.int32)
    for kind, count in enumerate(np.bincount(array, minlength=len(types))):
        counts[normal(types[kind])] += int(count)
    return News(types, array, np.array(offsets, dtype=np.int64), counts)

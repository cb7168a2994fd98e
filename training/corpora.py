"""Read the treebanks and the entity corpora into one kind of example, multiword tokens merged, conventions made alike."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from depeche.annotate.tokenize import Tokenizer

SEQUOIA, GSD, PUD, QUESTIONS, SPOKEN, NEWS, FRSEMCOR, OLD = range(8)
DOMAINS = 8

_NAMES = {"PERS": "PER", "PER": "PER", "LOC": "LOC", "ORG": "ORG", "PROD": "MISC", "EVE": "MISC", "HumanProd": "MISC"}


@dataclass
class Example:
    """One sentence. An empty list means that the corpus says nothing about it, and no loss is taken."""

    words: list[str]
    domain: int
    upos: list[str] = field(default_factory=list)
    feats: list[str] = field(default_factory=list)
    lemmas: list[str | None] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    rels: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    begins: list[int] = field(default_factory=list)  # 1 where a sentence begins inside: two were glued


def _blocks(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """(`sent_id`, rows) of each sentence of a CoNLL-U file."""
    name, rows = "", []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if not line:
            if rows:
                yield name, rows
            rows = []
        elif line.startswith("# sent_id = "):
            name = line[12:]
        elif not line.startswith("#"):
            rows.append(line.split("\t"))


def _merged(rows: list[list[str]]) -> tuple[list[list[str]], list[int], list[bool]]:
    """Rows with each multiword token as one row (that of its first word, under its own form), and heads as list indices."""
    place, kept, until, form, merged = {"0": -1}, [], 0, "", []
    for row in rows:
        if "." in row[0]:
            continue
        if "-" in row[0]:
            first, last = row[0].split("-")
            until, form = int(last), row[1]
            pending = int(first)
            continue
        if int(row[0]) <= until and int(row[0]) > pending:
            place[row[0]] = len(kept) - 1
            continue
        inside = int(row[0]) <= until
        place[row[0]] = len(kept)
        kept.append([row[0], form if inside else row[1], *row[2:]])
        merged.append(inside)
    heads = [place[row[6]] if row[6] != "_" else -1 for row in kept]
    by_number = {row[0]: row for row in rows}
    for index, row in enumerate(kept):
        if heads[index] == index:  # "auquel": the first word hangs on the second; what holds the second holds the whole
            inner = by_number[row[6]]
            heads[index], row[7] = place[inner[6]], inner[7]
    return kept, heads, merged


def treebank(path: Path, domain: int) -> list[Example]:
    """The sentences of a treebank. Features come from Sequoia and GSD alone, lemmas from those and the questions."""
    examples = []
    for _, rows in _blocks(path):
        kept, heads, merged = _merged(rows)
        example = Example([r[1] for r in kept], domain)
        example.upos = [r[3] for r in kept]
        example.heads, example.rels = heads, [r[7] for r in kept]
        if domain in (SEQUOIA, GSD):
            example.feats = ["" if r[5] == "_" else r[5] for r in kept]
        if domain in (SEQUOIA, GSD, QUESTIONS):
            example.lemmas = [None if m or r[2] == "_" else r[2] for r, m in zip(kept, merged, strict=True)]
        examples.append(example)
    return examples


def supersenses(path: Path) -> list[Example]:
    """Sequoia with named entities (last column, as `1:PERS` then `1`), mapped to the four labels."""
    examples = []
    for _, rows in _blocks(path):
        kept, _, _ = _merged(rows)
        names, open_ = [], ("", "")
        for row in kept:
            mark = row[12].split(";")[0]
            number, _, label = mark.partition(":")
            if label:
                label = _NAMES.get(label.split("-")[0], "")
                names.append(f"B-{label}" if label else "O")
                open_ = (number, label)
            elif mark not in ("*", "_") and number == open_[0] and open_[1]:
                names.append(f"I-{open_[1]}")
            else:
                names.append("O")
        examples.append(Example([r[1] for r in kept], FRSEMCOR, names=names))
    return examples


def news_entities(path: Path, tokenizer: Tokenizer) -> list[Example]:
    """Marked news sentences, cut by our own tokenizer; a name that ends inside a token takes the whole token."""
    examples = []
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        spans = tokenizer.spans(record["text"])
        names = ["O"] * len(spans)
        for start, end, label in record["entities"]:
            inside = [i for i, (a, b) in enumerate(spans) if a < end and b > start]
            for i in inside:
                names[i] = ("B-" if i == inside[0] else "I-") + label
        examples.append(Example([record["text"][a:b] for a, b in spans], NEWS, names=names))
    return examples


def old_newspapers(path: Path, longest: int = 60) -> list[Example]:
    """OCR of old newspapers with I- tags and no sentences: cut at full stops and at `longest` tokens."""
    examples, words, names, before = [], [], [], "O"
    for line in path.read_text(encoding="utf-8").splitlines():
        word, _, tag = line.rpartition(" ")
        if not word:
            continue
        if tag != "O":
            tag = ("I" if before[1:] == tag[1:] else "B") + tag[1:]
        words.append(word)
        names.append(tag)
        before = tag
        if (word == "." and tag == "O") or len(words) >= longest:
            if len(words) > 5:
                examples.append(Example(words, OLD, names=names))
            words, names, before = [], [], "O"
    return examples


def read_all(data: Path, tokenizer: Tokenizer) -> dict[str, list[Example]]:
    """Every corpus of the data folder, by a short name."""
    trees, names = data / "treebanks", data / "entities"
    return {
        "sequoia": treebank(trees / "fr_sequoia-train.conllu", SEQUOIA),
        "sequoia-dev": treebank(trees / "fr_sequoia-dev.conllu", SEQUOIA),
        "gsd": treebank(trees / "fr_gsd-dev.conllu", GSD),
        "pud": treebank(trees / "fr_pud-wiki.conllu", PUD),
        "questions": treebank(trees / "fr_fqb.conllu", QUESTIONS),
        "rhapsodie": treebank(trees / "fr_rhapsodie.conllu", SPOKEN),
        "stories": treebank(trees / "fr_parisstories.conllu", SPOKEN),
        "news": news_entities(names / "news-fr-train.jsonl", tokenizer),
        "supersenses": supersenses(names / "sequoia-frsemcor-train.conllup"),
        "supersenses-dev": supersenses(names / "sequoia-frsemcor-dev.conllup"),
        "old": old_newspapers(names / "europeana-bnf.bio"),
    }

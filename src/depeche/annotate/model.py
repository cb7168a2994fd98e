"""A language model: a folder of weights and labels, and `parse`, which turns a text into a `Parsed`.

The network runs in onnxruntime on one thread. Sentences are batched within one text only, so that a text always gets the same
floats, whatever was parsed before it.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from depeche.annotate.decode import IMPOSSIBLE, best_sequences, best_tree, name_spans, plain_moves
from depeche.annotate.features import endings, grams, normal, shape
from depeche.annotate.lemmas import VerbForms, choose
from depeche.annotate.parsed import ROOT, Entity, Parsed, Sentence, Token
from depeche.annotate.tokenize import Span, Tokenizer
from depeche.errors import DepecheError, ModelError

if TYPE_CHECKING:
    import numpy as np
    import onnxruntime
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

CACHE = 1 << 15
"""Word vectors kept between texts; when full, all are dropped. A vector depends on its word alone."""

BATCH = 1600
"""Most tokens (padding included) of one run of the network: larger ones gain nothing and hold more memory."""

SURE = 0.0
"""How far the score of "a sentence begins here" must lie above the other one for a sentence to be cut there. Swept on Sequoia dev
from -2 to 4: sentence F1 88.0 at -1, 87.6 at 0, 84.7 at 1; at -1 dashes inside sentences are cut too often in the news."""

CANDIDATES = 12
"""How many lemma scripts of an unseen word are tried for one that makes a known word."""

PORTION = 256
"""Sentences whose scores are held at once: a text of 20 MB must not need gigabytes."""

LOOSE = 0.65
"""A batch holds no sentence shorter than this share of its longest: padding is work thrown away."""

COMMON = 3
"""Lemmas of a tag that must share an ending before a new lemma of that tag may have it."""

VERBAL = frozenset({"VERB", "AUX"})
"""Tags whose unseen words are looked up in the verb table before a lemma is guessed."""

PAIRS = 2048
"""Most word pairs scored for their relation at once, which bounds memory."""


@dataclass(frozen=True)
class Labels:
    """What each output number stands for; feature labels carry their tag ("NOUN|Gender=Fem")."""

    upos: tuple[str, ...]
    feats: tuple[str, ...]
    lemmas: tuple[str, ...]
    rels: tuple[str, ...]
    names: tuple[str, ...]


@dataclass
class _Found:
    """What the network says of one sentence: label numbers, and lemma scores."""

    heads: list[int]
    upos: list[int]
    feats: list[int]
    lemmas: Floats
    names: list[tuple[int, int, str]]
    begins: list[int]  # places after the first where another sentence begins
    rels: list[int] = field(default_factory=list)


class WordTable:
    """The vectors of words: vocabulary row, mean of n-gram rows, shape, mean of ending rows; cached by spelling."""

    def __init__(self, folder: Path) -> None:
        import numpy as np

        with np.load(folder / "vectors.npz") as arrays:
            self._words, self._word_scale = arrays["words"], arrays["word_scale"]
            self._grams, self._gram_scale = arrays["grams"], arrays["gram_scale"]
            self._endings, self._ending_scale = arrays["endings"], arrays["ending_scale"]
            self._shapes = arrays["shapes"].astype(np.float32)
        lines = (folder / "vocabulary.txt").read_text(encoding="utf-8").split("\n")
        self._rows = {word: row for row, word in enumerate(lines) if word}
        self.width = sum(a.shape[1] for a in (self._words, self._grams, self._shapes, self._endings))
        self._known: dict[str, int] = {}
        self._table = np.zeros((CACHE, self.width), dtype=np.float32)

    def rows(self, words: list[str]) -> list[int]:
        """Rows of `table` that hold the vectors of these words (at most `CACHE` unlike ones) until the next call."""
        known = self._known
        fresh = {w for w in words if w not in known}
        if len(known) + len(fresh) > CACHE:
            known.clear()
            fresh = set(words)
        for word in fresh:
            row = known[word] = len(known)
            self._table[row] = self._vector(word)
        return [known[w] for w in words]

    def __contains__(self, word: str) -> bool:
        """Whether the vocabulary holds the word."""
        return word in self._rows

    @property
    def table(self) -> Floats:
        """The cached vectors."""
        return self._table

    def _vector(self, word: str) -> Floats:
        """One word's vector, from the stored rows alone."""
        import numpy as np

        row, pieces, ends = self._rows.get(normal(word), 0), grams(word), endings(word)
        whole = self._words[row].astype(np.float32) * self._word_scale[row]
        parts = (self._grams[pieces].astype(np.float32) * self._gram_scale[pieces][:, None]).mean(0)
        tail = (self._endings[ends].astype(np.float32) * self._ending_scale[ends][:, None]).mean(0)
        return cast("Floats", np.concatenate([whole, parts, self._shapes[shape(word)], tail]))


class Model:
    """A loaded model. `parse` is deterministic and keeps nothing of a text."""

    def __init__(self, folder: Path, tokenizer: Tokenizer) -> None:
        try:
            meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
            self.name = str(meta["name"])
            self._labels = Labels(**{key: tuple(values) for key, values in meta["labels"].items()})
            moves = meta["moves"]
            self._table = WordTable(folder)
            self._lexicon = _lexicon(folder / "lexicon.tsv")
            self._encoder, self._relations = _session(folder / "encoder.onnx"), _session(folder / "relations.onnx")
        except DepecheError:
            raise
        except Exception as error:
            raise ModelError(f"{folder}: not a complete model: {error}") from error
        self._tokenizer = tokenizer
        self._outputs = [o.name for o in self._encoder.get_outputs()]
        self._allowed = _allowed(self._labels)
        self._moves = plain_moves(self._labels.names) + _floats(moves)
        self._scripts = _scripts(self._labels)
        self._tails = _tails(self._lexicon)
        self._verbs = VerbForms.from_file(folder.parent / "verb_forms.tsv")

    def parse(self, text: str) -> Parsed:
        """Tokens, sentences, tags, lemmas, heads and entities of any text; an empty one gives an empty parse."""
        spans = self._tokenizer.spans(text)
        cut = self._tokenizer.sentences(text, spans)
        words = [text[a:b] for a, b in spans]
        tokens: list[Token] = []
        entities: list[Entity] = []
        sentences: list[Sentence] = []
        for begin in range(0, len(cut), PORTION):
            ranges, found = self._run(words, cut[begin : begin + PORTION])
            for (first, last), one in zip(ranges, found, strict=True):
                self._add(tokens, one, len(sentences), words[first:last], spans[first:last])
                sentences.append(Sentence(first, last))
                entities.extend(
                    Entity(spans[first + a].start, spans[first + b - 1].end, label) for a, b, label in one.names
                )
        return Parsed(text, tuple(tokens), tuple(sentences), tuple(entities), self.name)

    def _add(self, tokens: list[Token], found: _Found, number: int, words: list[str], spans: list[Span]) -> None:
        """Append the tokens of one sentence."""
        labels, base = self._labels, len(tokens)
        columns = zip(spans, words, found.upos, found.feats, found.heads, found.rels, strict=True)
        for index, ((start, end), word, tag, feat, head, rel) in enumerate(columns):
            upos = labels.upos[tag]
            lemma = self._lexicon.get((normal(word), upos)) or self._lemma(word, tag, found.lemmas[index])
            feats = labels.feats[feat].partition("|")[2]
            governor = base + head - 1 if head else ROOT
            deprel = labels.rels[rel] if head else "root"
            tokens.append(Token(start, end, word, lemma, upos, feats, governor, deprel, number))

    def _lemma(self, word: str, tag: int, scores: Floats) -> str:
        """The lemma of a word that the lexicon lacks: of a verb form its verb, the likelier one where two share it; else the likeliest
        script of its tag, if it can be one that makes a known word."""
        verbs = self._verbs.lemmas(normal(word)) if self._labels.upos[tag] in VERBAL else ()
        if len(verbs) == 1:
            return verbs[0]
        scripts, rows = self._scripts[tag]
        best = scores[rows].argsort(kind="stable")[: -CANDIDATES - 1 : -1]
        tails = self._tails.get(self._labels.upos[tag], frozenset())
        edits = [scripts[i] for i in best]
        if verbs:
            guess = choose(word, edits, verbs.__contains__)
            return guess if guess in verbs else verbs[0]
        return choose(word, edits, lambda w: w[-2:] in tails and w in self._table)

    def _run(self, words: list[str], ranges: list[tuple[int, int]]) -> tuple[list[tuple[int, int]], list[_Found]]:
        """Sentences and what the network says of them. One in which another sentence begins is cut there and read again."""
        found = self._read(words, ranges)
        pieces: list[tuple[int, int]] = []
        again: list[int] = []
        for (first, last), one in zip(ranges, found, strict=True):
            cuts = [first, *(first + i for i in one.begins), last]
            if len(cuts) > 2:
                again.extend(range(len(pieces), len(pieces) + len(cuts) - 1))
            pieces.extend(zip(cuts, cuts[1:], strict=False))
        if not again:
            return ranges, found
        fresh = dict(zip(again, self._read(words, [pieces[i] for i in again]), strict=True))
        kept = iter([one for one in found if not one.begins])
        return pieces, [fresh[i] if i in fresh else next(kept) for i in range(len(pieces))]

    def _read(self, words: list[str], ranges: list[tuple[int, int]]) -> list[_Found]:
        """Run the network over the sentences, the longest first, and put the answers back in order."""
        found: dict[int, _Found] = {}
        for batch in _batches([b - a for a, b in ranges]):
            found.update(zip(batch, self._read_batch([words[slice(*ranges[i])] for i in batch]), strict=True))
        return [found[i] for i in range(len(ranges))]

    def _inputs(self, sentences: list[list[str]]) -> dict[str, NDArray[Any]]:
        """Word vectors [longest, sentences, width], and the lengths."""
        import numpy as np

        lengths = np.array([len(s) for s in sentences], dtype=np.int32)
        inputs = np.zeros((int(lengths.max()), len(sentences), self._table.width), dtype=np.float32)
        rows = self._table.rows([w for s in sentences for w in s])
        begin = 0
        for column, sentence in enumerate(sentences):
            inputs[: len(sentence), column] = self._table.table[rows[begin : begin + len(sentence)]]
            begin += len(sentence)
        return {"words": inputs, "lengths": lengths}

    def _read_batch(self, sentences: list[list[str]]) -> list[_Found]:
        """One run: word vectors in, structures of each sentence out."""
        import numpy as np

        raw: dict[str, NDArray[Any]] = dict(
            zip(self._outputs, self._encoder.run(None, self._inputs(sentences)), strict=True)
        )
        diagonal = np.arange(raw["arcs"].shape[1])
        raw["arcs"][:, diagonal, diagonal + 1] = IMPOSSIBLE  # no word governs itself
        tags = raw["upos"].argmax(2)
        feats = (raw["feats"] + self._allowed[tags]).argmax(2)
        begins = raw["begins"][:, :, 1] - raw["begins"][:, :, 0] > SURE
        made: list[_Found] = []
        left, right = [], []
        paths = best_sequences(raw["names"], [len(s) for s in sentences], self._labels.names, self._moves)
        for row, sentence in enumerate(sentences):
            n = len(sentence)
            heads = best_tree(raw["arcs"][row, :n, : n + 1])
            left.append(raw["dependent"][row, :n])
            right.append(raw["head"][row][[max(h - 1, 0) for h in heads]])
            made.append(
                _Found(
                    heads,
                    tags[row, :n].tolist(),
                    feats[row, :n].tolist(),
                    raw["lemmas"][row, :n],
                    name_spans(paths[row], self._labels.names),
                    _apart(begins[row, :n].nonzero()[0].tolist()),
                )
            )
        rels = self._relate(np.concatenate(left), np.concatenate(right))
        begin = 0
        for one in made:
            one.rels = rels[begin : begin + len(one.heads)]
            begin += len(one.heads)
        return made

    def _relate(self, dependent: Floats, head: Floats) -> list[int]:
        """The best relation of each pair of word and governor."""
        found: list[int] = []
        for begin in range(0, len(dependent), PAIRS):
            some = {"dependent": dependent[begin : begin + PAIRS], "head": head[begin : begin + PAIRS]}
            found.extend(self._relations.run(None, some)[0].argmax(1).tolist())
        return found


def _apart(places: list[int]) -> list[int]:
    """Places of cuts, without the start and without those that would leave one token alone."""
    kept = [0]
    for place in places:
        if place - kept[-1] > 1:
            kept.append(place)
    return kept[1:]


def _batches(lengths: list[int]) -> Iterator[list[int]]:
    """Indices of sentences in batches of nearly one length, the longest first."""
    batch: list[int] = []
    longest = 0
    for i in sorted(range(len(lengths)), key=lambda i: (-lengths[i], i)):
        if batch and ((len(batch) + 1) * longest > BATCH or lengths[i] < LOOSE * longest):
            yield batch
            batch = []
        if not batch:
            longest = lengths[i]
        batch.append(i)
    if batch:
        yield batch


def _session(path: Path) -> onnxruntime.InferenceSession:
    """An onnxruntime session that uses one thread: the same sums in the same order, and one core a process."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _floats(rows: list[list[float]]) -> Floats:
    """A matrix out of meta.json."""
    import numpy as np

    return np.array(rows, dtype=np.float32)


def _lexicon(path: Path) -> dict[tuple[str, str], str]:
    """Lemmas of seen words: {(normal form, tag): lemma}."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return {(form, upos): lemma for form, upos, lemma in rows}


def _allowed(labels: Labels) -> Floats:
    """A penalty [tags, feature labels] on the features of other tags."""
    import numpy as np

    tags = {u: i for i, u in enumerate(labels.upos)}
    penalty = np.full((len(labels.upos), len(labels.feats)), -1e4, dtype=np.float32)
    for column, label in enumerate(labels.feats):
        penalty[tags[label.partition("|")[0]], column] = 0.0
    return penalty


def _scripts(labels: Labels) -> list[tuple[list[str], list[int]]]:
    """For each tag its lemma scripts, and their places among all."""
    found: list[tuple[list[str], list[int]]] = [([], []) for _ in labels.upos]
    places = {u: i for i, u in enumerate(labels.upos)}
    for row, label in enumerate(labels.lemmas):
        tag, _, edit = label.partition("|")
        found[places[tag]][0].append(edit)
        found[places[tag]][1].append(row)
    return found


def _tails(lexicon: dict[tuple[str, str], str]) -> dict[str, frozenset[str]]:
    """For each tag the last two letters that at least three of its lemmas have: a verb's lemma looks like an infinitive."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for (_, tag), lemma in lexicon.items():
        seen[tag][lemma[-2:]] += 1
    return {tag: frozenset(t for t, n in counts.items() if n >= COMMON) for tag, counts in seen.items()}

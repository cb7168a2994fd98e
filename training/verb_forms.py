"""Writes `verb_forms.tsv`, the paradigms that lemmatise verb forms no treebank holds.

`python training/verb_forms.py --treebanks DIR --news FILE` conjugates, by `verb_patterns.tsv` and the spelling rules of the first conjugation,
the verbs of the language's data files, of the treebanks, and those with enough forms in the model's vocabulary and the news. It prints how
many (form, lemma) pairs of the treebanks the table agrees with.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from news import articles

from depeche.annotate.features import normal, straighten
from depeche.annotate.lemmas import VerbForms

LANGUAGE = Path(__file__).parent.parent / "src/depeche/languages/fr"
PATTERNS = Path(__file__).parent / "verb_patterns.tsv"

INFINITIVE = re.compile(r"[a-zà-öø-ÿœ-]+(?:er|ir|ïr|re|oir)")
FUTURE = ["ai", "as", "a", "ons", "ez", "ont", "ais", "ait", "aient", "ions", "iez"]
PLURAL = ["ons", "ez", "ais", "ait", "aient", "ions", "iez", "ant"]
SUBJUNCTIVE = ["e", "es", "ent", "ions", "iez"]
PAST = ["s", "t", "rent", "sse", "sses", "ssions", "ssiez", "ssent"]
HAT = {"a": "â", "i": "î", "u": "û", "n": "în"}
REFORM = str.maketrans("îû", "iu")
"""The spelling of 1990, which many newspapers follow, drops these accents."""
MUTE = ["e", "es", "ent"]
FIRST = [
    "ons",
    "ez",
    "ais",
    "ait",
    "aient",
    "ions",
    "iez",
    "ant",
    "ai",
    "as",
    "a",
    "âmes",
    "âtes",
    "ât",
    "èrent",
    "asse",
    "asses",
    "assions",
    "assiez",
    "assent",
    "é",
    "ée",
    "és",
    "ées",
]

ATTESTED = 4
"""Forms that must stand in the news or the vocabulary before an infinitive-like word counts as a verb: with fewer, nouns come in."""

VERBAL = (
    "ait",
    "aient",
    "ant",
    "era",
    "ira",
    "ront",
    "èrent",
    "é",
    "ée",
    "és",
    "ées",
    "issent",
    "ie",
    "ies",
    "u",
    "us",
    "i",
    "it",
    "int",
    "ert",
    "dent",
)
"""Endings of which one at least must be attested too: names (Oliver, Olive, Olives…) have none of them."""

COMMON = 3
"""Occurrences in the treebanks that set a verb apart from a misspelling."""

SHORTEST = 5
"""Letters of a verb that only its forms attest: most shorter words are nouns, whose forms are forms of other verbs."""


@dataclass(frozen=True)
class Pattern:
    """One row of the patterns file, cells as written."""

    cut: str
    present: tuple[str, str, str]
    p1: str
    p3: str
    future: str
    past: str
    participle: str
    subjunctive: str
    more: tuple[str, ...]


def read_patterns(path: Path = PATTERNS) -> dict[str, Pattern]:
    """Patterns by infinitive, or by "-" and ending."""
    found: dict[str, Pattern] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        verbs, cut, s1, s2, s3, p1, p3, future, past, participle, subjunctive, more = line.split("\t")
        pattern = Pattern(cut, (s1, s2, s3), p1, p3, future, past, participle, subjunctive, tuple(more.split()))
        for verb in verbs.split():
            if verb in found:
                raise ValueError(f"{path}: {verb!r} stands twice")
            found[verb] = pattern
    return found


def forms(verb: str, patterns: dict[str, Pattern]) -> set[str]:
    """All simple forms of an infinitive, itself included; spelling variants are all there.

    >>> {"craint", "craignaient", "craindra"} < forms("craindre", read_patterns())
    True
    """
    pattern = patterns.get(verb)
    if pattern is None and verb.endswith("er"):
        bases = {verb[:-2], verb[:-2].translate(REFORM)}
        return {verb, *(base + "er" for base in bases), *(form for base in bases for form in _first_group(base))}
    if pattern is None:
        endings = [p for p in patterns if p.startswith("-") and verb.endswith(p[1:])]
        if not endings:
            return {verb}
        pattern = patterns[max(endings, key=len)]
    return {verb, *_other_groups(verb[: -len(pattern.cut)], pattern)}


def _first_group(base: str) -> Iterator[str]:
    """Forms of a verb in -er, by the spelling rules: ç and ge before a and o, è before a mute e, y and i, double l and t."""
    strong = list(_strong(base))
    for stem in strong:
        yield from (stem + e for e in MUTE)
    future = {*strong, base} if "é" in base or base.endswith("ay") else set(strong)
    if base.endswith("envoy"):
        future = {base[:-2] + "er"}
    for stem in future:
        link = "r" if base.endswith("envoy") else "er"
        yield from (stem + link + e for e in FUTURE)
    for ending in FIRST:
        soft = ending[0] in "aâo"
        if soft and base.endswith("c"):
            yield base[:-1] + "ç" + ending
        elif soft and base.endswith("g"):
            yield base + "e" + ending
        else:
            yield base + ending


def _strong(base: str) -> Iterator[str]:
    """The stems before a mute e."""
    if re.search(r"[ou]y$", base):
        yield base[:-1] + "i"
    elif base.endswith("ay"):
        yield base[:-1] + "i"
        yield base
    elif match := re.search(r"(?<![ei])e([b-df-hj-np-tvz]|vr)$", base):
        yield base[: match.start()] + "è" + match[1]
        if match[1] in "lt":
            yield base + match[1]
    elif match := re.search(r"é([b-df-hj-np-tv-z]{1,2}u?)$", base):
        yield base[: match.start()] + "è" + match[1]
        yield base
    else:
        yield base


def _other_groups(stem: str, pattern: Pattern) -> Iterator[str]:
    """Forms by principal parts."""
    impersonal = "only3" in pattern.more
    yield from (form for cell in (*pattern.present, pattern.p3) for form in _fill(stem, cell))
    for part in _fill(stem, pattern.p1):
        yield from (part + e for e in (["ait", "ant"] if impersonal else PLURAL))
    for part in _fill(stem, pattern.future):
        yield from (part + e for e in (["a", "ait"] if impersonal else FUTURE))
    for part in _fill(stem, pattern.past):
        yield from (part + e for e in (["t", "sse"] if impersonal else PAST))
        vowel = 2 if part.endswith("in") else 1
        hat = part[:-vowel] + HAT.get(part[-1], part[-1])
        yield from (hat + e for e in (["t"] if impersonal else ["t", "mes", "tes"]))
    for part in _fill(stem, pattern.subjunctive):
        yield from (part + e for e in (["e", "ent"] if impersonal else SUBJUNCTIVE))
    if not pattern.subjunctive:
        yield from (
            p.removesuffix("ent") + e for p in _fill(stem, pattern.p3) if p.endswith("ent") for e in ("e", "es")
        )
    for cell in pattern.participle.split(","):
        yield from _participles(stem, cell)
    yield from (stem + m[1:] if m[0] == "+" else m for m in pattern.more if m != "only3")


def _fill(stem: str, cell: str) -> Iterator[str]:
    """The variants of one cell behind their stem."""
    if cell not in ("", "-"):
        for variant in cell.split(","):
            yield stem + variant.replace("_", "")


def _participles(stem: str, cell: str) -> Iterator[str]:
    """Masculine and feminine, singular and plural."""
    if cell == "-":
        return
    if "/" in cell:
        yield from (stem + part for part in cell.split("/"))
        return
    one = stem + cell.replace("_", "")
    yield from (one, one + "e", one + "es", one if one.endswith("s") else one + "s")


def data_verbs(folder: Path = LANGUAGE) -> set[str]:
    """The verbs that head the verb entries of the language's data files: "s'en prendre" gives "prendre"."""
    files = [folder / f"{name}.yaml" for name in ("reporting", "light_verbs", "factuality", "grammar", "office_cues")]
    found: set[str] = set()
    for path in [*files, *sorted((folder / "events").glob("*.yaml"))]:
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            for text in (*_texts(entry.get("verbs")), *_texts(entry.get("verb"))):
                words = [w for w in re.split(r"[ '’]", normal(text)) if INFINITIVE.fullmatch(w)]
                found.update(words[:1])
    return found


def _texts(value: str | list[str] | None) -> list[str]:
    """The strings of a YAML value."""
    return [value] if isinstance(value, str) else value or []


def treebank_pairs(folder: Path) -> Counter[tuple[str, str]]:
    """(form, lemma) of every verb and auxiliary."""
    pairs: Counter[tuple[str, str]] = Counter()
    for path in sorted(folder.glob("*.conllu")):
        if "test" in path.name:
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            columns = line.split("\t")
            if len(columns) == 10 and columns[3] in ("VERB", "AUX") and INFINITIVE.fullmatch(columns[2]):
                pairs[normal(columns[1]), columns[2]] += 1
    return pairs


def write(path: Path, verbs: Counter[str], patterns: dict[str, Pattern]) -> None:
    """One line a paradigm ("=", number, ending of the lemma, endings of the forms), then one a verb, the commonest first."""
    paradigms: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for verb in verbs:
        made = forms(verb, patterns)
        low, high = min(made), max(made)
        same = next((i for i, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), len(low))
        paradigms[verb[same:], tuple(sorted(f[same:] for f in made))].append(verb)
    ordered = sorted(paradigms.items(), key=lambda item: (-len(item[1]), item[0]))
    lines = [
        "# Verb paradigms, written by training/verb_forms.py: =, number, ending of the lemma, endings of the forms ('_': none)."
    ]
    lines += [f"=\t{n}\t{end or '_'}\t{' '.join(e or '_' for e in ends)}" for n, ((end, ends), _) in enumerate(ordered)]
    lines.append("# Verbs and their paradigm, the commonest first: of a form that several share, that one is taken.")
    number = {verb: n for n, (_, some) in enumerate(ordered) for verb in some}
    lines += [f"{verb}\t{number[verb]}" for verb in sorted(number, key=lambda v: (-verbs[v], v))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def news_words(path: Path | None) -> set[str]:
    """The words of a news file that stand in it more than once."""
    seen: Counter[str] = Counter()
    for text in articles(path) if path else ():
        seen.update(re.findall(r"[a-zà-öø-ÿœ-]{3,}", normal_text(text)))
    return {word for word, n in seen.items() if n > 1}


def normal_text(text: str) -> str:
    """A whole text in the spelling of the vocabulary."""
    return straighten(text).lower()


def select(words: set[str], pairs: Counter[tuple[str, str]], patterns: dict[str, Pattern]) -> Counter[str]:
    """Verbs with their weight: occurrences in the treebanks first, then forms attested.

    Taken are the verbs of the data files, infinitives with enough forms among the words, and the verbs of the treebanks save
    misspellings: rare ones, absent from the words, of whose forms another verb has one ("génèrent": générer, not génèrer).
    """
    counts = count(pairs)
    found = {v for v, n in counts.items() if n >= COMMON or v in words} | data_verbs()
    found |= {
        w for w in words if len(w) >= SHORTEST and INFINITIVE.fullmatch(w) and _attested(words & forms(w, patterns))
    }
    found -= {new for verb in found if (new := verb.translate(REFORM)) != verb}  # not a verb of its own
    owned = {form for verb in found for form in forms(verb, patterns)}
    disputed = {lemma for form, lemma in pairs if form in owned}
    found |= counts.keys() - disputed
    made = {verb: forms(verb, patterns) for verb in found}
    return Counter({v: counts[v] * 100 + len(words & some) for v, some in made.items() if len(some) > 1})


def _attested(some: set[str]) -> bool:
    """Whether forms found in texts make a verb."""
    return len(some) >= ATTESTED and any(form.endswith(VERBAL) for form in some)


def count(pairs: Counter[tuple[str, str]]) -> Counter[str]:
    """Occurrences of each lemma."""
    counts: Counter[str] = Counter()
    for (_, lemma), n in pairs.items():
        counts[lemma] += n
    return counts


def agreement(table: VerbForms, pairs: Counter[tuple[str, str]]) -> str:
    """How many (form, lemma) pairs of the treebanks the table holds, and for how many its first lemma is the right one."""
    held = {p: n for p, n in pairs.items() if p[1] in table.lemmas(p[0])}
    first = {p: n for p, n in held.items() if table.lemmas(p[0])[0] == p[1]}
    lines = []
    for name, some in (("held", held), ("first choice", first)):
        share = 100 * sum(some.values()) / sum(pairs.values())
        lines.append(f"{name}: {len(some)} of {len(pairs)} pairs, {share:.2f} % of tokens")
    missed = sorted(pairs.keys() - held.keys(), key=lambda p: (-pairs[p], p))
    return "\n".join([*lines, "not held: " + ", ".join("/".join(p) for p in missed)])


def main() -> None:
    """Write the table, print its size and its agreement with the treebanks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--treebanks", type=Path, required=True)
    parser.add_argument("--news", type=Path, help="news articles, as for pretraining, whose words attest further verbs")
    parser.add_argument("--out", type=Path, default=LANGUAGE / "verb_forms.tsv")
    options = parser.parse_args()
    patterns, pairs = read_patterns(), treebank_pairs(options.treebanks)
    words = set((LANGUAGE / "model/vocabulary.txt").read_text(encoding="utf-8").split("\n")) | news_words(options.news)
    verbs = select(words, pairs, patterns)
    write(options.out, verbs, patterns)
    print(f"{len(verbs)} verbs, {sum(len(forms(v, patterns)) for v in verbs)} forms")
    print(agreement(VerbForms.from_file(options.out), pairs))


if __name__ == "__main__":
    main()

"""Cuts: one phenomenon a case, as UD French has them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import depeche
from depeche.annotate.tokenize import MAX_SENTENCE, Tokenizer, load_rules
from depeche.errors import LexiconError

RULES = Path(depeche.__file__).parent / "languages" / "fr" / "tokens.yaml"
TOKENIZER = Tokenizer.from_file(RULES)

WORDS = [
    ("l'accord d’Alger", "l' accord d’ Alger"),
    ("a-t-il plaidé", "a -t-il plaidé"),
    ("dit-elle, est-ce que", "dit -elle , est -ce que"),
    ("donnez-le-moi", "donnez -le -moi"),
    ("Aix-en-Provence et Mantes-la-Jolie", "Aix-en-Provence et Mantes-la-Jolie"),
    ("celui-ci aujourd'hui", "celui-ci aujourd'hui"),
    ("c’est-à-dire", "c’est-à-dire"),
    ("ces jours-là", "ces jours -là"),
    ("Kim Jong-il", "Kim Jong-il"),
    ("jusqu'au Conseil", "jusqu' au Conseil"),
    ("qu'il", "qu' il"),
    ("M. Macron et Mme Merkel", "M. Macron et Mme Merkel"),
    ("M.Macron", "M. Macron"),
    ("J. F. Kennedy", "J. F. Kennedy"),
    ("80\u00a0000 soldats", "80\u00a0000 soldats"),
    ("80\u202f000", "80\u202f000"),
    ("en 2012 300 personnes", "en 2012 300 personnes"),
    ("1.050 emplois, 3,5 %", "1.050 emplois , 3,5 %"),
    ("20%", "20 %"),
    ("à 12h30", "à 12 h 30"),
    ("le 1er mai au XXIe siècle", "le 1er mai au XXIe siècle"),
    ("n°79", "n° 79"),
    ("«\u00a0Oui\u00a0»", "« Oui »"),
    ("“Oui” (…)", "“ Oui ” ( … )"),
    ("voir https://exemple.org/a?b=1.", "voir https://exemple.org/a?b=1 ."),
    ("à nom.prenom@exemple.fr,", "à nom.prenom@exemple.fr ,"),
    ("renfort.La France", "renfort . La France"),
    ("les député(e)s", "les député(e)s"),
    ("N'Djamena", "N'Djamena"),
    ("attend...", "attend ..."),
]

SENTENCES = [
    ("Il part. Elle reste.", ["Il part.", "Elle reste."]),
    ("Il part.Elle reste.", ["Il part.", "Elle reste."]),
    ("M. Macron part. Fin", ["M. Macron part.", "Fin"]),
    ("« Oui. Non. » Il part.", ["« Oui.", "Non. »", "Il part."]),
    ('"Je pars." a-t-il dit.', ['"Je pars." a-t-il dit.']),
    ('"Je pars." Il est parti.', ['"Je pars."', "Il est parti."]),
    ('Il a dit : "Je pars. Tu restes".', ['Il a dit : "Je pars.', 'Tu restes".']),
    ("Quoi ? demande-t-il.", ["Quoi ? demande-t-il."]),
    ("Un titre\n\nle corps", ["Un titre", "le corps"]),
    ("Un titre\nLe corps du texte.", ["Un titre", "Le corps du texte."]),
    ("une ligne qui\nva à la suite", ["une ligne qui\nva à la suite"]),
    ("Pékin, Moscou, etc. Il part.", ["Pékin, Moscou, etc.", "Il part."]),
    ("Fini »Pour tenter", ["Fini »", "Pour tenter"]),
]


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_tokens(text: str, expected: str) -> None:
    tokens = TOKENIZER.words(text)
    assert " ".join(tokens) == expected
    assert [text[a:b] for a, b in TOKENIZER.spans(text)] == tokens


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(text: str, expected: list[str]) -> None:
    spans = TOKENIZER.spans(text)
    assert [text[spans[a].start : spans[b - 1].end] for a, b in TOKENIZER.sentences(text, spans)] == expected


@settings(max_examples=300, deadline=None)
@given(st.text() | st.text(alphabet="aÀ.'’-« »\"()\n\r 1,h%@/!?\u00a0", max_size=200))
def test_any_text_is_covered_by_tokens_and_sentences(text: str) -> None:
    spans = TOKENIZER.spans(text)
    kept = "".join("".join(text[a:b].split()) for a, b in spans)
    assert kept == "".join(text.split())
    assert all(a < b for a, b in spans)
    assert all(left.end <= right.start for left, right in zip(spans, spans[1:], strict=False))
    ranges = TOKENIZER.sentences(text, spans)
    assert [i for a, b in ranges for i in range(a, b)] == list(range(len(spans)))


@pytest.mark.parametrize(
    "piece", ["a", "a-", "1 000 ", "www.", "l'", ".", '"', "\n", "a.", "-il", "@", "(", "a@b.", "\x00\ud800"]
)
def test_long_lines_take_linear_time(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    spans = TOKENIZER.spans(text)
    assert all(b - a <= MAX_SENTENCE for a, b in TOKENIZER.sentences(text, spans))


@pytest.mark.parametrize(
    "content", ["", "[1, 2]", "elisions: [l]", "elisions: 3", RULES.read_text(encoding="utf-8") + "\nunknown: [a]\n"]
)
def test_broken_word_lists_are_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "tokens.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LexiconError, match=r"tokens\.yaml:1"):
        load_rules(path)

"""CoNLL-U: ours comes back as it was; others' is read with its multiword tokens merged; what is broken is named by its line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depeche.annotate import ROOT, Entity, Parsed, Sentence, Token
from depeche.annotate.conllu import read_conllu, write_conllu
from depeche.errors import InputError

BLANKS = st.text(alphabet=" \n\t\u00a0", max_size=3)
FORMS = st.text(alphabet="aé'|\\#_.«-1", min_size=1, max_size=4)


@st.composite
def parses(draw: st.DrawFn) -> Parsed:
    """A parse of nonsense: any blanks, any tree, names over whole tokens."""
    forms = draw(st.lists(FORMS, min_size=1, max_size=12))
    cuts = sorted(draw(st.sets(st.integers(1, len(forms)), max_size=3)) | {len(forms)})
    pieces, tokens, sentences, at = [draw(BLANKS)], [], [], 0
    at = len(pieces[0])
    first = 0
    for number, cut in enumerate(cuts):
        for i in range(first, cut):
            head = ROOT if i == first else draw(st.integers(first, i - 1))
            end = at + len(forms[i])
            tokens.append(Token(at, end, forms[i], "lemme", "NOUN", draw(st.sampled_from(["", "Gender=Fem|Number=Sing"])),
                                head, "root" if head == ROOT else "obl:mod", number))  # fmt: skip
            gap = draw(BLANKS)
            pieces += [forms[i], gap]
            at = end + len(gap)
        sentences.append(Sentence(first, cut))
        first = cut
    named = draw(st.sets(st.integers(0, len(tokens) - 1), max_size=3))
    entities = tuple(Entity(tokens[i].start, tokens[i].end, "PER") for i in sorted(named))
    return Parsed("".join(pieces), tuple(tokens), tuple(sentences), entities)


@settings(max_examples=200, deadline=None)
@given(parses())
def test_what_is_written_is_read_back(parsed: Parsed) -> None:
    assert read_conllu(write_conllu(parsed)) == [(parsed.text, parsed)]


def rows(*lines: str) -> str:
    return "\n".join(line.replace(" ", "\t") for line in lines) + "\n\n"


OTHERS = "# newdoc\n# text = Il va au port.\n" + rows(
    "1 Il il PRON _ _ 2 nsubj _ _",
    "2 va aller VERB _ Tense=Pres 0 root _ _",
    "3-4 au _ _ _ _ _ _ _ _",
    "3 à à ADP _ _ 5 case _ _",
    "4 le le DET _ _ 5 det _ _",
    "5 port port NOUN _ _ 2 obl:arg _ NER=B-LOC|SpaceAfter=No",
    "6 . . PUNCT _ _ 2 punct _ _",
)


def test_a_multiword_token_is_one_token_with_the_tag_of_its_first_word() -> None:
    [(text, parsed)] = read_conllu(OTHERS)
    assert text.rstrip() == "Il va au port."
    assert [(t.text, t.upos, t.head, t.deprel) for t in parsed.tokens] == [
        ("Il", "PRON", 1, "nsubj"),
        ("va", "VERB", ROOT, "root"),
        ("au", "ADP", 3, "case"),
        ("port", "NOUN", 1, "obl:arg"),
        (".", "PUNCT", 1, "punct"),
    ]
    assert parsed.entities == (Entity(9, 13, "LOC"),)
    assert all(text[t.start : t.end] == t.text for t in parsed.tokens)


def test_offsets_come_from_the_text_where_nothing_else_tells_blanks() -> None:
    source = "# text = l'eau\n" + rows("1 l' le DET _ _ 2 det _ _", "2 eau eau NOUN _ _ 0 root _ _")
    [(text, parsed)] = read_conllu(source)
    assert text.rstrip() == "l'eau" and parsed.tokens[1].start == 2


def test_documents_part_at_newdoc() -> None:
    assert [len(p.tokens) for _, p in read_conllu(OTHERS + OTHERS)] == [5, 5]
    assert read_conllu("") == []


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("1\tIl\n", "line 1: 2 columns"),
        (rows("x Il il PRON _ _ 0 root _ _"), "line 1: 'x' is no word number"),
        (rows("1 Il il PRON _ _ 7 nsubj _ _"), "line 1: head '7'"),
        (rows("1 a a X _ _ 2 dep _ _", "2 b b X _ _ 1 dep _ _"), "line 1: .*cycle"),
        ("# text = autre\n" + rows("1 Il il PRON _ _ 0 root _ _"), "line 2: 'Il' does not come next"),
        (rows("1 Il il PRON _ _ 0 root _ TokenRange=0:5"), "line 1: TokenRange"),
        (rows("1 a a X _ _ 0 root _ _", "1 b b X _ _ 0 root _ _"), "line 2: word 1 stands twice"),
        (rows("1-2 du _ _ _ _ _ _ _ _"), "line 1: the words of the multiword token"),
    ],
)
def test_what_is_broken_is_named_by_its_line(source: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_conllu(source)

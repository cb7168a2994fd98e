import gzip
import io
import json
import lzma
import random
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from depeche.errors import InputError
from depeche.ingest import Input, Problem, make_document, open_sources, parse_date
from depeche.records import Document

TEXT = (
    "Le ministre de la Défense s'est rendu lundi à Niamey, où il a été reçu par le président. Il a salué « un allié »."
)
LINE = {"id": "a-1", "text": TEXT, "published": "2021-03-12", "outlet": "Le Quotidien", "url": "https://exemple.fr/1"}


def documents(*paths: Path | str, **given_: object) -> list[Document]:
    return [item.document for item in open_sources(paths, **given_) if isinstance(item, Input)]


def problems(*paths: Path | str, **given_: object) -> list[Problem]:
    return [item for item in open_sources(paths, **given_) if isinstance(item, Problem)]


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# ------------------------------------------------------------------ plain text


def test_a_text_file_is_one_document(tmp_path: Path):
    (document,) = documents(
        write(tmp_path, "depeche.txt", "\ufeff" + TEXT.replace(". ", ".\r\n")), published="2021-03-12", outlet="X"
    )
    assert document.text == TEXT.replace(". ", ".\n")
    assert (document.name, document.lang, document.published, document.outlet) == (
        "depeche.txt",
        "fr",
        date(2021, 3, 12),
        "X",
    )
    assert (document.title, document.url, document.source) == (None, None, "text")


@pytest.mark.parametrize(
    ("encoding", "note"),
    [("cp1252", "cp1252"), ("latin-1", "cp1252"), ("utf-16", "utf-16-le"), ("utf-16-le", "utf-16-le")],
)
def test_other_encodings_are_told_and_noted(tmp_path: Path, encoding: str, note: str):
    text = TEXT if encoding != "cp1252" else TEXT.replace("'", "\u2019") + " Le cœur du Mali… coûte 3 €."
    (document,) = documents(write(tmp_path, "a.txt", text.encode(encoding)))
    assert document.text == text
    assert document.source == f"text (decoded as {note})"


def test_short_cp1252_is_no_mojibake(tmp_path: Path):
    (document,) = documents(write(tmp_path, "a.txt", "Le général Traoré a été arrêté à Ségou.".encode("cp1252")))
    assert document.text == "Le général Traoré a été arrêté à Ségou."


def test_utf8_cut_in_a_letter_stays_utf8(tmp_path: Path):
    path = write(tmp_path, "a.txt", (TEXT + " Il a été").encode()[:-1])
    (document,) = documents(path)
    assert document.text == TEXT + " Il a ét\ufffd"
    (problem,) = problems(path)
    assert problem.warning and "U+FFFD" in problem.found


def test_cleaning_takes_what_is_unseen_and_keeps_no_break_spaces(tmp_path: Path):
    (document,) = documents(
        write(tmp_path, "a.txt", "Le prési\u00addent\u200b a dit\u00a0: e\u0301te\u0301.\r\n\r\nFin\x0b.\x07")
    )
    assert document.text == "Le président a dit\u00a0: été.\n\nFin\n."


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"%PDF-1.7\n1 0 obj", "PDF"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"Bonjour\x00\x00\x01\x02 le monde" * 9, "NUL"),
        (b"PK\x03\x04\x14\x00", "ZIP"),
    ],
)
def test_binary_files_are_a_problem_whatever_their_suffix(tmp_path: Path, content: bytes, what: str):
    for suffix in ("txt", "html", "jsonl", "conllu"):
        (problem,) = list(open_sources([write(tmp_path, f"a.{suffix}", content)]))
        assert isinstance(problem, Problem) and not problem.warning
        assert "binary" in problem.found and what in problem.found and "UTF-8" in problem.accepted


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a.conllu", "a"])
@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_a_problem(tmp_path: Path, name: str, content: bytes):
    (problem,) = list(open_sources([write(tmp_path, name, content)]))
    assert isinstance(problem, Problem) and problem.found == "empty" and not problem.warning


def test_what_cannot_be_opened_is_a_problem_and_the_rest_is_read(tmp_path: Path):
    good = write(tmp_path, "good.txt", TEXT)
    items = list(open_sources([tmp_path / "nowhere.txt", tmp_path, "a\0b", good]))
    assert [type(item) for item in items] == [Problem, Problem, Problem, Input]
    assert "no such file" in str(items[0]) and str(items[0]).startswith(str(tmp_path / "nowhere.txt"))
    assert "directory" in str(items[1])


def test_large_texts_and_long_lines_take_linear_time(tmp_path: Path):
    words = random.Random(1).choices(TEXT.split(), k=40)
    started = time.perf_counter()
    large = write(tmp_path, "large.txt", ((" ".join(words) + "\n") * 130_000)[:20_000_000])
    line = write(tmp_path, "line.txt", (" ".join(words) * 7000)[:1_000_000])
    for path, size in ((large, 19_000_000), (line, 990_000)):
        (document,) = documents(path)
        assert len(document.text) > size
    assert time.perf_counter() - started < 60


# ------------------------------------------------------------------ JSONL


def test_jsonl_states_its_own_metadata_and_unknown_keys_are_passed_over(tmp_path: Path):
    path = write(
        tmp_path,
        "a.jsonl",
        json.dumps(LINE | {"title": "T", "lang": "fr", "x": [1]}) + "\n\n" + json.dumps({"id": 7, "text": TEXT}),
    )
    first, second = documents(path, published="2020-01-01", outlet="Autre")
    assert (first.name, first.published, first.outlet, first.title, first.url) == (
        "a-1", date(2021, 3, 12), "Le Quotidien", "T", "https://exemple.fr/1",
    )  # fmt: skip
    assert (second.name, second.published, second.outlet) == ("7", date(2020, 1, 1), "Autre")
    assert first.id != second.id


def test_bad_lines_are_problems_with_their_line_and_the_rest_is_read(tmp_path: Path):
    lines = [
        json.dumps(LINE), "{broken", "[1, 2]", '"text"', '{"id": "x"}', '{"id": "x", "text": 3}', '{"id": "x", "text": "  "}',
        "[" * 100_000, json.dumps(LINE | {"lang": "xx"}), json.dumps(LINE | {"id": "last"}),
    ]  # fmt: skip
    items = list(open_sources([write(tmp_path, "a.jsonl", "\n".join(lines))]))
    assert [i.line for i in items if isinstance(i, Problem)] == [2, 3, 4, 5, 6, 7, 8, 9]
    assert [i.document.name for i in items if isinstance(i, Input)] == ["a-1", "last"]
    assert all('"id"' in i.accepted for i in items[1:6] if isinstance(i, Problem))
    assert str(items[1]).startswith(f"{tmp_path}/a.jsonl:2: not JSON")


def test_an_impossible_date_is_a_warning_and_the_line_is_read_without_it(tmp_path: Path):
    path = write(tmp_path, "a.jsonl", json.dumps(LINE | {"published": "2024-13-45"}))
    warning, item = open_sources([path], published="2020-01-01")
    assert isinstance(warning, Problem) and warning.warning and warning.line == 1
    assert "2024-13-45" in warning.found and "YYYY-MM-DD" in warning.accepted
    assert isinstance(item, Input) and item.document.published is None


def test_a_field_of_the_wrong_type_is_a_warning(tmp_path: Path):
    path = write(tmp_path, "a.jsonl", json.dumps(LINE | {"outlet": 3}))
    assert [p.warning for p in problems(path)] == [True]
    assert documents(path)[0].outlet is None


def test_a_latin1_line_among_utf8_lines_is_read(tmp_path: Path):
    bad = json.dumps(LINE, ensure_ascii=False).encode("cp1252")
    path = write(tmp_path, "a.jsonl", json.dumps(LINE, ensure_ascii=False).encode() + b"\n" + bad)
    assert [d.text for d in documents(path)] == [TEXT, TEXT]


@pytest.mark.parametrize(("suffix", "pack"), [("gz", gzip.compress), ("xz", lzma.compress)])
def test_compressed_lines_are_read_and_a_cut_file_as_far_as_it_goes(tmp_path: Path, suffix: str, pack):
    noise = random.Random(2)
    data = "\n".join(json.dumps(LINE | {"id": str(n), "noise": noise.random()}) for n in range(800)).encode()
    assert len(documents(write(tmp_path, f"a.jsonl.{suffix}", pack(data)))) == 800
    cut = write(tmp_path, f"cut.jsonl.{suffix}", pack(data)[:-1500])
    assert len(documents(cut)) > 100
    assert any("cut off" in p.found for p in problems(cut))


def test_a_json_file_holds_one_document_or_a_list(tmp_path: Path):
    assert [d.name for d in documents(write(tmp_path, "a.json", json.dumps(LINE, indent=2)))] == ["a-1"]
    items = list(open_sources([write(tmp_path, "b.json", json.dumps([LINE, 3, LINE], indent=2))]))
    assert [type(item) for item in items] == [Input, Problem, Input]
    assert len(documents(write(tmp_path, "c.json", json.dumps(LINE) + "\n" + json.dumps(LINE)))) == 2


def test_utf16_lines_as_some_shells_write_them(tmp_path: Path):
    lines = json.dumps(LINE, ensure_ascii=False) + "\r\n" + json.dumps(LINE, ensure_ascii=False)
    assert [d.text for d in documents(write(tmp_path, "a.jsonl", lines.encode("utf-16")))] == [TEXT, TEXT]


def test_surrogates_and_nuls_in_json_do_no_harm(tmp_path: Path):
    path = write(tmp_path, "a.jsonl", json.dumps({"id": "\ud800", "text": TEXT + "\ud800\u0000", "title": "\udfff"}))
    (document,) = documents(path)
    json.dumps([document.text, document.name, document.title], ensure_ascii=False).encode()


# ------------------------------------------------------------------ HTML

PAGE = """<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Visite à Niamey - Le Quotidien</title>
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": ["NewsArticle"], "headline": "Visite à Niamey",
"datePublished": "2021-03-12T23:30:00+01:00", "author": [{"@type": "Person", "name": "Jeanne Duval"}], "publisher": {"name": "Le Quotidien"}}]}</script>
<meta property="article:published_time" content="2021-03-13T08:00:00Z"><meta property="og:title" content="Autre titre">
<link rel="canonical" href="https://exemple.fr/niamey"></head><body><nav><a href="/">Accueil</a></nav><article><h1>Visite à Niamey</h1>
<p>Par Jeanne Duval</p><p>Le ministre de la Défense s'est rendu lundi à Niamey, où il a été reçu par le président nigérien dans la soirée.</p>
<h2>Un accord attendu</h2><p>Il a signé un accord de coopération militaire avec son homologue, selon un communiqué de la présidence du Niger.</p>
<p>Lire aussi : Le Mali rappelle son ambassadeur</p><script>alert("x")</script></article><footer>Mentions légales</footer></body></html>"""


def test_a_page_gives_its_article_and_its_metadata_json_ld_first(tmp_path: Path):
    (document,) = documents(write(tmp_path, "page.html", PAGE))
    assert (document.title, document.outlet, document.url) == (
        "Visite à Niamey",
        "Le Quotidien",
        "https://exemple.fr/niamey",
    )
    assert document.published == date(2021, 3, 12)
    assert "\n" in document.text and "alert" not in document.text
    found = [(b.kind, document.text[b.start : b.end]) for b in document.blocks]
    assert ("byline", "Par Jeanne Duval") in found
    assert ("headline", "Le Mali rappelle son ambassadeur") in found


def test_what_the_caller_says_goes_before_what_a_page_claims(tmp_path: Path):
    (document,) = documents(write(tmp_path, "page.html", PAGE), published="2020-02-02", outlet="Moi")
    assert (document.published, document.outlet) == (date(2020, 2, 2), "Moi")


def test_meta_elements_serve_where_json_ld_is_broken(tmp_path: Path):
    (document,) = documents(write(tmp_path, "page.html", PAGE.replace('"@graph"', "@graph")))
    assert (document.title, document.published) == ("Autre titre", date(2021, 3, 13))


def test_an_impossible_date_in_a_page_gives_way_to_the_next_or_a_warning(tmp_path: Path):
    page = PAGE.replace("2021-03-12T23:30:00+01:00", "2021-13-45")
    assert documents(write(tmp_path, "a.html", page))[0].published == date(2021, 3, 13)
    worse = write(tmp_path, "b.html", page.replace("2021-03-13T08:00:00Z", "hier"))
    assert [p.warning for p in problems(worse)] == [True]
    assert documents(worse)[0].published is None


def test_a_declared_charset_is_followed(tmp_path: Path):
    page = PAGE.replace('charset="utf-8"', 'charset="iso-8859-1"').encode("cp1252")
    (document,) = documents(write(tmp_path, "a.html", page))
    assert "Défense" in document.text


@pytest.mark.parametrize(
    "page",
    [
        "<p>" + TEXT,
        "<html><body><div><p>" + TEXT + "<p>" + TEXT + "</b></div><table><tr><td>",
        "<div>" * 5000 + TEXT,
        "<html><head><title>x</title><body>" + TEXT,
        "<?xml version='1.0' encoding='utf-8'?><html><body><p>" + TEXT,
    ],
)
def test_broken_pages_are_read(tmp_path: Path, page: str):
    (document,) = documents(write(tmp_path, "a.html", page))
    assert "Niamey" in document.text and "<" not in document.text


@pytest.mark.parametrize(
    "page", ["<html><body></body></html>", "<html><script>var a = 1;</script></html>", "<!-- -->", "<"]
)
def test_a_page_without_text_is_a_problem(tmp_path: Path, page: str):
    items = list(open_sources([write(tmp_path, "a.html", page)]))
    assert all(isinstance(i, Problem) for i in items) or "<" in items[0].document.text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, len(PAGE)), junk=st.binary(max_size=30), at=st.integers(0, len(PAGE)))
def test_no_page_raises(tmp_path: Path, cut: int, junk: bytes, at: int):
    data = PAGE.encode()
    assert list(open_sources([write(tmp_path, "a.html", data[:at] + junk + data[at : max(at, cut)])])) is not None


# ------------------------------------------------------------------ kinds, standard input, language


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PAGE, "html"),
        ("<!-- saved -->\n" + PAGE, "html"),
        (json.dumps(LINE) + "\n" + json.dumps(LINE), "jsonl"),
        (TEXT, "text"),
        ("{voir plus bas} " + TEXT, "text"),
        ("1. " + TEXT, "text"),
    ],
)
def test_content_tells_the_kind_where_the_suffix_does_not(tmp_path: Path, content: str, kind: str):
    for name in ("a", "a.txt", "a.news"):
        found = documents(write(tmp_path, name, content))
        assert found and {d.source for d in found} == {kind}


def test_hostile_heads_are_told_at_once(tmp_path: Path):
    started = time.perf_counter()
    for content in ("<!--a-->" * 2000 + "x", "# a\n" * 4000, "{" * 9000, "<!-- " * 3000):
        assert list(open_sources([write(tmp_path, "a", content)]))
    assert time.perf_counter() - started < 5


def test_the_kind_that_the_caller_names_goes_first(tmp_path: Path):
    (document,) = documents(write(tmp_path, "a.html", PAGE), kind="text")
    assert document.text.startswith("<!DOCTYPE")
    with pytest.raises(InputError, match="text, html, jsonl, conllu"):
        open_sources(["x"], kind="pdf")


def test_standard_input_is_read(tmp_path: Path):
    for content, source in ((TEXT, "text"), (json.dumps(LINE), "jsonl"), (PAGE, "html")):
        (document,) = documents("-", stdin=io.BytesIO(content.encode()))
        assert document.source == source
    assert [p.file for p in problems("-", stdin=io.BytesIO(b""))] == ["stdin"]


CONLLU = """# newdoc id = un
# text = Le ministre arrive.
1\tLe\tle\tDET\t_\t_\t2\tdet\t_\t_
2\tministre\tministre\tNOUN\t_\t_\t3\tnsubj\t_\t_
3\tarrive\tarriver\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t_\t_\t3\tpunct\t_\t_

"""


def test_conllu_comes_with_its_parse(tmp_path: Path):
    for name in ("a.conllu", "a.txt"):
        (item,) = open_sources([write(tmp_path, name, CONLLU)])
        assert isinstance(item, Input) and item.parsed is not None
        assert item.document.text == item.parsed.text and item.document.text.startswith("Le ministre arrive.")
        assert item.document.name == "un"


def test_a_broken_document_of_conllu_is_a_problem_with_its_line(tmp_path: Path):
    broken = CONLLU.replace("id = un", "id = deux").replace("\t3\tnsubj\t_\t_", "\t3")
    items = list(open_sources([write(tmp_path, "a.conllu", CONLLU + broken + CONLLU.replace("id = un", "id = trois"))]))
    assert [i.document.name if isinstance(i, Input) else i.line for i in items] == ["un", 11, "trois"]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The defence minister met the president of Niger on Monday and said that the army will stay.", "en"),
        ("El ministro de Defensa se reunió el lunes con el presidente y dijo que el ejército no se irá.", "es"),
        ("Der Minister hat sich am Montag mit dem Präsidenten getroffen und eine Erklärung abgegeben.", "de"),
        ("Il ministro della Difesa ha incontrato lunedì il presidente e ha detto che non lascerà il paese.", "it"),
        ("O ministro da Defesa encontrou-se com o presidente na segunda-feira e disse que não vai sair.", "pt"),
        ("De minister heeft maandag met de president gesproken en zegt dat het leger niet zal vertrekken.", "nl"),
        ("Министр обороны встретился в понедельник с президентом Нигера.", "Cyrillic"),
        ("التقى وزير الدفاع يوم الاثنين مع رئيس النيجر في نيامي", "Arabic"),
    ],
)
def test_a_text_in_another_language_is_not_read_as_french(tmp_path: Path, text: str, lang: str):
    (problem,) = list(open_sources([write(tmp_path, "a.txt", text)]))
    assert isinstance(problem, Problem) and f": {lang}" in problem.found and "fr" in problem.accepted
    with pytest.raises(InputError, match="language without a folder"):
        make_document(text)


def test_a_language_that_is_stated_is_believed(tmp_path: Path):
    path = write(tmp_path, "a.txt", TEXT)
    assert [d.lang for d in documents(path, lang="fr-FR")] == ["fr"]
    (problem,) = problems(path, lang="xx")
    assert "xx" in problem.found and "fr" in problem.accepted


def test_short_texts_and_names_alone_are_read_as_french():
    for text in ("Fermer", "Emmanuel Macron, Angela Merkel", "Niamey, lundi."):
        assert make_document(text).lang == "fr"


# ------------------------------------------------------------------ dates, ids


@pytest.mark.parametrize(
    "words",
    [
        "2020-02-05",
        "2020-02-05T10:30",
        "2020-02-05 10:30:00",
        "2020-02-05T23:59:60Z",
        "2020-02-05T10:30:00.123+01:00",
        " 2020-02-05T10:30:00+0100 ",
    ],
)
def test_accepted_dates(words: str):
    assert parse_date(words) == date(2020, 2, 5)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "2024-13-45",
        "2023-02-29",
        "05/02/2020",
        "2020-2-5",
        "20200205",
        "hier",
        "2020",
        "2020-02",
        "2020-02-05T25:00",
        "2020-02-05x",
        "٢٠٢٠-٠٢-٠٥",
    ],
)
def test_refused_dates(words: str):
    assert parse_date(words) is None
    with pytest.raises(InputError, match="YYYY-MM-DD"):
        open_sources(["x"], published=words)
    with pytest.raises(InputError, match="YYYY-MM-DD"):
        make_document(TEXT, published=words)


def test_ids_rest_on_text_and_source():
    one, same, other = make_document(TEXT), make_document("\ufeff" + TEXT + "\r\n"), make_document(TEXT, outlet="X")
    assert one.id == same.id != other.id
    assert len(one.id) == 16


def test_a_text_without_words_is_refused():
    with pytest.raises(InputError, match="empty"):
        make_document(" \u200b\n")


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=300), name=st.sampled_from(["a.txt", "a.html", "a.jsonl", "a.conllu", "a", "a.jsonl.gz"])
)
def test_no_bytes_raise(tmp_path: Path, data: bytes, name: str):
    items = list(open_sources([write(tmp_path, name, data)]))
    assert items, "each source gives a document or a problem"

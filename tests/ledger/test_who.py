"""Who held an office: learned from dispatches, asked on a day, told apart from lists."""

from __future__ import annotations

import json
from datetime import date

import pytest

import depeche
from depeche.analysis.titles import office_key_of
from depeche.analysis.who import who
from depeche.cli.main import main
from depeche.errors import InputError
from depeche.ledger import write
from depeche.ledger.lists import import_lists
from depeche.ledger.queries.tenures import stand_ins
from depeche.ledger.rows import rows_of

NEWS = (
    ("2014-02-03", "Le ministre zambien de la Défense, Josué Banda, a reçu lundi une délégation militaire."),
    ("2014-09-08", "Le ministre zambien de la Défense Josué Banda s'est rendu lundi à Lusaka."),
    ("2015-06-01", "Josué Banda, ministre zambien de la Défense, a salué lundi cet accord."),
    ("2016-03-07", "La ministre zambienne de la Défense, Esther Phiri, a pris ses fonctions lundi."),
    ("2016-10-03", "La ministre zambienne de la Défense, Esther Phiri, a rencontré lundi son homologue."),
    ("2016-11-07", "L'ancien ministre zambien de la Défense, Josué Banda, a critiqué lundi cette visite."),
    ("2017-01-09", "Le ministre zambien de la Défense, Paul Mwale, a démissionné lundi."),
    ("2017-05-08", "Esther Phiri, ministre zambienne de la Défense, a quitté lundi le pays."),
    ("2016-12-05", "La ministre zambienne de la Défense a rencontré le président tanzanien lundi."),
)


@pytest.fixture(scope="module")
def news_rows():
    return tuple(rows_of(depeche.read(text, published=day, lang="fr"), "test") for day, text in NEWS)


@pytest.fixture
def zambia(store, news_rows):
    write.add(store, news_rows)
    return store


@pytest.mark.parametrize(
    ("words", "of", "key"),
    [
        ("ministre de la Défense", "DZA", "minister.defence"),
        ("chef de l'Etat", "FRA", "head_of_state"),
        ("présidente", "FRA", "head_of_state"),
        ("président", "ESP", "head_of_government"),
        ("président du conseil", "ITA", "head_of_government"),
        ("secrétaire d'État", "USA", "minister.foreign"),
        ("maire de Nantes", "FRA", "mayor:nantes"),
        ("présidente", "Parti des Dunes", "president"),
        ("minister.defence", "DZA", "minister.defence"),
    ],
)
def test_an_office_goes_by_title_or_key(words, of, key):
    assert office_key_of(words, of) == key


def test_words_that_are_no_office_are_refused():
    with pytest.raises(InputError, match="'la lune' is no title"):
        office_key_of("la lune", "DZA")


def test_the_holder_on_a_day_between_witnesses(zambia):
    answer = who(zambia, "ministre de la Défense", "Zambie", date(2014, 12, 1))
    (holder,) = answer.holders
    assert (holder.person, holder.certainty, holder.source, holder.witnesses) == ("Josué Banda", "seen", "read", 3)
    assert (holder.first_seen, holder.last_seen, holder.ends_by) == (
        date(2014, 2, 3),
        date(2015, 6, 1),
        date(2016, 3, 7),
    )
    assert holder.shown[0].words == "Le ministre zambien de la Défense Josué Banda"
    assert len(answer.records) == 4
    assert answer.to_frame()["person"].tolist() == ["Josué Banda"]


def test_a_day_that_no_witness_covers_is_told_as_such(zambia):
    between = who(zambia, "ministre de la Défense", "ZMB", date(2015, 12, 1)).holders
    assert [(h.person, h.certainty) for h in between] == [("Josué Banda", "last seen"), ("Esther Phiri", "bounds")]
    after = who(zambia, "minister.defence", "ZMB", date(2019, 1, 1)).holders
    assert [(h.person, h.certainty) for h in after] == [("Esther Phiri", "last seen")]
    assert who(zambia, "minister.defence", "ZMB", date(2001, 1, 1)).holders == ()


def test_one_contradicting_word_is_a_doubt(zambia):
    (holder,) = who(zambia, "minister.defence", "ZMB", date(2017, 1, 9)).holders
    assert holder.person == "Esther Phiri"
    assert [(d.kind, d.person, d.witnesses) for d in holder.doubts] == [("rival", "paul mwale", 1)]


def test_a_document_that_names_only_the_office_is_resolved(zambia):
    with zambia.connect() as con:
        (found,) = stand_ins(con, ["esther phiri"])
        tenure = con.execute("SELECT person FROM tenures WHERE id = ?", [found.tenure]).fetchone()
        words = con.execute(
            "SELECT name FROM participants WHERE mention = ? AND role = ?", [found.mention, found.role]
        ).fetchone()
        assert stand_ins(con, ["josue banda"]) == []
    assert (tenure, words) == (("Esther Phiri",), ("La ministre zambienne de la Défense",))


def test_lists_answer_beside_what_was_read(zambia, tmp_path):
    path = tmp_path / "leaders.csv"
    path.write_text(
        "stateabb,ccode,leader,sdate,smonth,syear,emonth,eyear\nZAM,551,Tembo,3,2,2012,8,2016\nZAM,551,Zulu,1,8,2016,,\n",
        encoding="utf-8",
    )
    import_lists(zambia, [path])
    answer = who(zambia, "président", "ZMB", date(2014, 1, 1))
    assert [(h.person, h.source, h.certainty) for h in answer.holders] == [("Tembo", "reign-leaders", "seen")]
    assert answer.holders[0].shown[0].words == "ZAM,551,Tembo,3,2,2012,8,2016"


def test_the_order_of_the_documents_does_not_count(tmp_path, news_rows):
    found = []
    for name, order in (("a", news_rows), ("b", news_rows[::-1])):
        store = depeche.ledger.store.Store(tmp_path / f"{name}.duckdb", create=True)
        for one in order:
            write.add(store, [one])
        with store.connect() as con:
            found.append(con.execute("SELECT * FROM tenures ORDER BY id").fetchall())
    assert found[0] == found[1]


def test_forgetting_a_witness_changes_the_tenure(zambia, news_rows):
    write.forget(zambia, [news_rows[0].id])
    (holder,) = who(zambia, "minister.defence", "ZMB", date(2015, 1, 1)).holders
    assert (holder.first_seen, holder.witnesses) == (date(2014, 9, 8), 2)


def test_the_command(zambia, capsys):
    path = str(zambia.path)
    assert main(["who", "ministre de la Défense", "Zambie", "--on", "2014-12-01", "--ledger", path]) == 0
    out = capsys.readouterr().out
    assert "Josué Banda  2014-02-03 to 2015-06-01, seen  (read)" in out
    assert main(["who", "minister.defence", "ZMB", "--on", "2014-12-01", "--ledger", path, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["holders"][0]["certainty"] == "seen"
    assert main(["who", "minister.finance", "ZMB", "--ledger", path]) == 1
    assert main(["who", "la lune", "ZMB", "--ledger", path]) == 2


SENATORS = (
    ("2018-02-05", "La sénatrice de Carvane Inès Marolle (Loire) a protesté lundi. Le sénateur italien Carlo Ricci a salué ce texte."),
    ("2018-03-05", "Le sénateur italien Carlo Ricci s'est rendu lundi à Rome. Le sénateur italien Paolo Neri a protesté."),
    ("2018-09-03", "Le sénateur italien Paolo Neri a rencontré lundi ses électeurs."),
    ("2019-02-04", "L'ancien sénateur italien Carlo Ricci a condamné lundi ce vote, comme le sénateur italien Paolo Neri."),
)  # fmt: skip


def test_offices_of_many_do_not_depend_on_the_way_either(tmp_path):
    rows = [rows_of(depeche.read(text, published=day, lang="fr"), "test") for day, text in SENATORS]
    whole, parts = (depeche.ledger.store.Store(tmp_path / f"{name}.duckdb", create=True) for name in ("whole", "parts"))
    write.add(whole, rows)
    for one in (rows[2], rows[0], rows[3]):
        write.add(parts, [one])
    write.forget(parts, [rows[0].id])
    write.add(parts, [rows[1], rows[0]])
    found = []
    for store in (whole, parts):
        with store.connect() as con:
            found.append(
                [con.execute(f"SELECT * FROM {t} ORDER BY ALL").fetchall() for t in ("tenures", "tenure_months")]
            )
    assert found[0] == found[1]
    assert {row[1] for row in found[0][0]} >= {"Carlo Ricci", "Paolo Neri"}

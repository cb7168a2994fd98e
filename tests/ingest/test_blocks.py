import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depeche.errors import LexiconError
from depeche.ingest import clean, find_blocks, load_furniture
from depeche.ingest.furniture import compile_furniture, fold
from depeche.languages.schema.furniture import FurniturePhrase

FRENCH = load_furniture("fr")


def blocks(text: str, **known: str) -> list[tuple[str, str]]:
    return [(b.kind, text[b.start : b.end]) for b in find_blocks(text, FRENCH, **known)]


def kinds(text: str, kind: str) -> list[str]:
    return [words for found, words in blocks(text) if found == kind]


PARAGRAPH = "Le ministre des Affaires étrangères s'est rendu lundi à Niamey, où il a rencontré son homologue nigérien."
SECOND = "Les deux hommes ont signé un accord de coopération militaire, selon un communiqué publié dans la soirée."


@pytest.mark.parametrize(
    "line",
    [
        "Bouton retour en haut de la page",
        "Fermer",
        "FERMER",
        "× Fermer",
        "Partager sur Facebook",
        "Partager cet article",
        "S'abonner",
        "S’abonner",
        "Déjà abonné ? Connectez-vous",
        "Publié le 12 mars 2021 à 10h32",
        "Publié le 12/03/2021 à 10:32 - Mis à jour le 13/03/2021 à 08:00",
        "Mis à jour le 3 mai 2022 à 18 h 05",
        "Il y a 3 heures",
        "Temps de lecture : 4 min",
        "3 min de lecture",
        "© 2021 Le Quotidien. Tous droits réservés.",
        "Ce site utilise des cookies pour améliorer votre expérience.",
        "Tout accepter",
        "Continuer sans accepter",
        "Abonnez-vous à notre newsletter pour ne rien manquer",
        "Les plus lus",
        "12 commentaires",
        "Facebook Twitter WhatsApp",
        "Mots-clés : Niger, diplomatie, sécurité",
        "La suite après cette publicité",
        "https://exemple.fr/article/123",
        "1 / 4",
    ],
)
def test_a_line_of_the_page_is_furniture_above_between_and_below(line: str):
    for text in (f"{line}\n\n{PARAGRAPH}", f"{PARAGRAPH}\n{line}\n{SECOND}", f"{PARAGRAPH}\n\n{SECOND}\n\n{line}"):
        assert kinds(text, "furniture") == [line]
        assert PARAGRAPH in " ".join(kinds(text, "body"))


@pytest.mark.parametrize(
    "line",
    [
        "Par Jeanne Duval",
        "Par Jeanne Duval, envoyée spéciale à Bamako",
        "Jeanne Duval avec AFP",
        "De notre correspondant à Alger",
        "Par La rédaction avec AFP",
        "Avec AFP",
        "Le Quotidien avec Reuters",
        "AFP",
        "Propos recueillis par Jeanne Duval",
        "Jeanne Duval, publié le lundi 3 mai 2021 à 10h12",
    ],
)
def test_a_signature_is_a_byline(line: str):
    assert kinds(f"{line}\n\n{PARAGRAPH}", "byline") == [line]
    assert kinds(f"{PARAGRAPH}\n\n{line}", "byline") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Crédit photo : Agence Nord",
        "(Crédit : Jeanne Duval)",
        "Photo d'illustration",
        "Photo : le palais présidentiel, lundi à Niamey",
        "© AFP / Jeanne Duval",
        "Jeanne Duval / AFP",
        "Le palais présidentiel, à Niamey, lundi. © Jeanne Duval / Agence",
    ],
)
def test_a_credit_is_a_caption(line: str):
    assert "caption" in dict(blocks(f"{line}\n\n{PARAGRAPH}"))


@pytest.mark.parametrize(
    ("opening", "rest"),
    [
        ("ALGER, 1er octobre (Agence) — ", PARAGRAPH),
        ("NIAMEY (AFP) - ", PARAGRAPH),
        ("Ouagadougou, le 3 mai 2021 (AIB) - ", PARAGRAPH),
        ("PARIS – ", PARAGRAPH),
        ("(AFP) - ", PARAGRAPH),
        ("VIDÉO - ", PARAGRAPH),
    ],
)
def test_a_dateline_is_parted_from_its_sentence(opening: str, rest: str):
    found = blocks(opening + rest)
    assert found[0][0] in ("byline", "furniture")
    assert found[-1] == ("body", rest)


def test_the_cue_of_a_link_is_furniture_and_the_rest_a_headline():
    assert blocks(f"{PARAGRAPH}\n\nLire aussi : Le Niger rappelle son ambassadeur\n\n{SECOND}") == [
        ("body", PARAGRAPH),
        ("furniture", "Lire aussi :"),
        ("headline", "Le Niger rappelle son ambassadeur"),
        ("body", SECOND),
    ]


def test_a_link_glued_into_a_paragraph_ends_where_the_next_sentence_begins():
    assert blocks(f"{PARAGRAPH}Lire aussi : Le Niger rappelle son ambassadeur{SECOND}") == [
        ("body", PARAGRAPH),
        ("furniture", "Lire aussi :"),
        ("headline", "Le Niger rappelle son ambassadeur"),
        ("body", SECOND),
    ]


def test_furniture_inside_a_paragraph_is_cut_out():
    text = "Le président (photo d'archives) a reçu lundi le Premier ministre (voir notre carte), qui arrivait de Tunis."
    assert [(kind, words) for kind, words in blocks(text) if kind != "body"] == [
        ("caption", "(photo d'archives)"),
        ("furniture", "(voir notre carte)"),
    ]
    assert "a reçu lundi le Premier ministre" in kinds(text, "body")


@pytest.mark.parametrize(
    "text",
    [
        "Publié le 20 décembre, le rapport accuse le gouvernement d'avoir fait tirer sur la foule.",
        "Le groupe a appelé à fermer la frontière et à partager le renseignement.",
        "Il faut lire aussi dans ce geste un avertissement à la Russie.",
        "Par ailleurs, le ministre a démissionné.",
        "Avec l'Algérie, la Tunisie a fermé sa frontière.",
        "De Paris à Berlin, les capitales ont condamné l'attaque.",
        "Photo à l'appui, l'opposant a accusé la police.",
        "Partager le pouvoir avec les rebelles reste exclu, a dit le président.",
        "Par 12 voix contre 3, le Conseil de sécurité a condamné l'attaque.",
        "Paris, lundi, a rappelé son ambassadeur à Bamako.",
        "L'information a été donnée à l'Agence France-Presse (AFP).",
        "Le Mali (avec le Niger) a quitté la force conjointe.",
        "Recevez mes condoléances, a écrit le roi au président.",
        "Suivre la ligne du parti ne suffit plus, selon lui.",
        "Menu de la rencontre : le nucléaire iranien et le Liban.",
    ],
)
def test_news_is_no_furniture(text: str):
    assert kinds(text, "furniture") + kinds(text, "byline") + kinds(text, "caption") == []


def test_rubrics_count_at_the_edges_alone():
    assert kinds(f"Accueil > Monde > Afrique\n{PARAGRAPH}", "furniture") == ["Accueil > Monde > Afrique"]
    assert kinds(f"Afrique\n{PARAGRAPH}\nPolitique\n{SECOND}\nSport", "furniture") == ["Afrique", "Sport"]


def test_the_title_and_headings_are_headlines_and_the_author_line_a_byline():
    text = f"Niamey et Paris se rapprochent\n\nJ. Duval\n\n{PARAGRAPH}\n\nUn accord attendu\n\n{SECOND}"
    assert blocks(text, author="J. Duval") == [
        ("headline", "Niamey et Paris se rapprochent"),
        ("byline", "J. Duval"),
        ("body", PARAGRAPH),
        ("headline", "Un accord attendu"),
        ("body", SECOND),
    ]
    assert blocks(f"Le titre.\n{PARAGRAPH}", title="Le titre")[0] == ("headline", "Le titre.")


def test_wrapped_lines_are_one_block():
    text = "Le ministre s'est rendu lundi à Niamey, où il a\nrencontré son homologue. Les deux hommes ont\nsigné un accord."
    assert blocks(text) == [("body", text)]


def test_folding_keeps_offsets():
    for text in ("ÉCOLE d’Été", "İstanbul ŒUVRE ß", "ﬁn Ǆ ŉ"):
        assert len(fold(text)) == len(text)
    assert fold("À l’Été") == "a l'ete"


def test_entries_without_words_or_with_broken_patterns_are_refused():
    with pytest.raises(LexiconError, match="phrases or patterns"):
        compile_furniture([FurniturePhrase("x")])
    with pytest.raises(LexiconError, match="no regular expression"):
        compile_furniture([FurniturePhrase("x", patterns=("(?:",))])
    with pytest.raises(LexiconError, match="not defined above"):
        compile_furniture([FurniturePhrase("x", patterns=("{nowhere}",))])
    with pytest.raises(LexiconError, match="instead|write"):
        compile_furniture([FurniturePhrase("x", patterns=("(a)",))])


PIECES = st.sampled_from(
    [
        "Lire aussi : ",
        "(photo : AFP)",
        "Par Jeanne Duval",
        "ALGER (AFP) — ",
        "\n",
        "\n\n",
        " ",
        "A",
        "é",
        "Fermer",
        "©",
        "(",
        ")",
        ".",
        "«",
        "\u00a0",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=30).map("".join))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_blocks_cover_any_text_in_order(text: str):
    text = clean(text)
    at = 0
    for block in find_blocks(text, FRENCH):
        assert block.start >= at and block.end > block.start
        assert not text[at : block.start].strip()
        at = block.end
    assert not text[at:].strip()


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_cleaning_twice_changes_nothing(text: str):
    assert clean(clean(text)) == clean(text)
    clean(text).encode("utf-8")


@pytest.mark.parametrize(
    "unit", ["A-", "Par A", "(photo ", "Lire aussi : ", "#ab ", "A | ", "Jean Dupont / ", "3 mai ", '"a":1,', "ALGER "]
)
def test_hostile_lines_take_linear_time(unit: str):
    started = time.perf_counter()
    find_blocks("\n".join([(unit * 300)[:290]] * 100), FRENCH)
    find_blocks(unit * (200_000 // len(unit)), FRENCH)
    assert time.perf_counter() - started < 5

"""What the cues alone say of an event word, before any learned component."""

from __future__ import annotations

from functools import cache

import pytest

from depeche.annotate import load
from depeche.extract.factuality import compile_cues, cues_above, cues_at, find_factuality, is_done, is_past
from depeche.languages.lexicon import Lexicon, load_lexicon
from depeche.records import Factuality


@cache
def lexicon() -> Lexicon:
    return load_lexicon("fr")


def factuality(text: str, word: str) -> Factuality:
    parsed = load("fr").parse(text)
    index = next(i for i, t in enumerate(parsed.tokens) if t.text == word)
    return find_factuality(parsed, index, lexicon())


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("Les rebelles ont attaqué la ville.", "attaqué", "actual"),
        ("Le président n'a pas hésité à bombarder la ville.", "bombarder", "actual"),
        ("Plus de 280 personnes ont été arrêtées.", "arrêtées", "actual"),
        ("Il n'a rencontré que le ministre.", "rencontré", "actual"),
        ("Le ministre n'a pas seulement critiqué Ankara.", "critiqué", "actual"),
        ("L'opération a permis de libérer les otages.", "libérer", "actual"),
        ("L'Union a appelé à la cessation de l'offensive.", "offensive", "actual"),
        ("Le gouvernement a annoncé avoir libéré cent prisonniers.", "libéré", "actual"),
        ("La préfecture annonce que dix personnes ont été interpellées.", "interpellées", "actual"),
        ("Ils ont été condamnés pour avoir attaqué un poste.", "attaqué", "actual"),
        ("Le débarquement n'a pas eu d'influence sur la guerre.", "débarquement", "actual"),
        ("La visite prévue mardi aura lieu à Paris.", "visite", "planned"),
        ("Ankara veut acheter des missiles.", "acheter", "planned"),
        ("Le roi doit rencontrer le pape.", "rencontrer", "planned"),
        ("Les opposants manifesteront dimanche à Tbilissi.", "manifesteront", "planned"),
        ("Le président engagea des troupes au Mali.", "engagea", "actual"),
        ("La Maison Blanche a dit que le président signerait un décret.", "signerait", "planned"),
        ("L'accord permettrait de libérer les otages.", "libérer", "possible"),
        ("Paris n'exclut pas une intervention militaire.", "intervention", "possible"),
        ("Paris sanctionnera l'armée si elle ne se retire pas du pays.", "retire", "possible"),
        ("Le ministre aurait rencontré des rebelles.", "rencontré", "possible"),
        ("Le coup d'État avorté a fait des morts.", "coup", "possible"),
        ("Des hommes armés ont tenté d'assassiner le ministre.", "assassiner", "possible"),
        ("L'armée n'a plus attaqué la ville depuis lundi.", "attaqué", "denied"),
        ("La rencontre n'a pas eu lieu.", "rencontre", "denied"),
        ("Il est parti sans rencontrer la junte.", "rencontrer", "denied"),
        ("Le Kremlin dément avoir attaqué l'hôpital.", "attaqué", "denied"),
        ("Les syndicats n'ont cessé de réclamer un dialogue.", "réclamer", "habitual"),
        ("Les rebelles attaquent chaque semaine des convois.", "attaquent", "habitual"),
        ("Des heurts se produisent régulièrement dans la ville.", "heurts", "habitual"),
        ("Des militants dénoncent depuis des années la censure.", "dénoncent", "habitual"),
    ],
)
def test_status_by_cues(text: str, word: str, status: str) -> None:
    assert factuality(text, word).status == status


def test_the_cue_is_the_word_that_decides() -> None:
    text = "L'ONU a réclamé la libération du président."
    (cue,) = factuality(text, "libération").cues
    assert (cue.span.text, cue.rule) == ("réclamé", "governs.content")
    assert text[cue.span.start : cue.span.end] == cue.span.text


def test_without_a_cue_there_is_none_to_show() -> None:
    assert factuality("Les rebelles ont attaqué la ville.", "attaqué").cues == ()


def test_past_and_done() -> None:
    parsed = load("fr").parse("Il a quitté le pays après avoir rencontré le roi.")
    at = {t.text: i for i, t in enumerate(parsed.tokens)}
    assert is_past(parsed, at["quitté"]) and is_done(parsed, at["quitté"])
    assert is_past(parsed, at["rencontré"]) and not is_done(parsed, at["rencontré"])


def test_all_cues_are_listed_for_the_learned_model() -> None:
    parsed = load("fr").parse("Ankara veut attaquer régulièrement la ville si Paris le permet.")
    index = next(i for i, t in enumerate(parsed.tokens) if t.text == "attaquer")
    assert "habitual" in {c.status for c in cues_at(parsed, index, lexicon())}
    assert (1, "governs.wish") in {(level, c.id) for level, c in cues_above(parsed, index, lexicon())}


def test_sure_cues_are_cues() -> None:
    known = {c.id for c in lexicon().factuality}
    assert compile_cues(lexicon()).sure <= known
    assert "negation.adverb" in compile_cues(lexicon()).sure

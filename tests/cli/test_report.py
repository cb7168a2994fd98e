"""The HTML report in a real browser: a click on a record shows its words, hostile text stays text."""

from __future__ import annotations

import html
import os
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from depeche.cli.report import render_report
from depeche.records import Block, Document, Event, Factuality, Participant, Quote, Reading, Span

CHROMIUM, DRIVER = shutil.which("chromium") or shutil.which("google-chrome"), shutil.which("chromedriver")
needs_browser = pytest.mark.skipif(
    not (CHROMIUM and DRIVER) and not os.environ.get("CI"), reason="needs Chromium and its driver (CI installs them)"
)
TEXT = "Le ministre malien a reçu l'ambassadeur. « Une visite <b>utile</b> », a-t-il dit.\n<script>document.title='pwned'</script>\nFermer"


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


def reading() -> Reading:
    host, guest = span("Le ministre malien"), span("l'ambassadeur")
    event = Event(
        "1", "CONSULT", "visit", "043", (span("reçu"),), (Participant(guest, guest, None),), (Participant(host, host, "MLI"),),
        Factuality("actual"), span("Le ministre malien a reçu l'ambassadeur."), "consult.recevoir",
    )  # fmt: skip
    quote = Quote("2", span("Une visite <b>utile</b>"), "direct", (), "quotes")
    furniture = Block(TEXT.index("Fermer"), len(TEXT), "furniture")
    document = Document("d", TEXT, "fr", date(2024, 5, 14), title="<img src=x onerror=alert(1)>", blocks=(furniture,))
    return Reading(document, "m", events=(event,), quotes=(quote,))


def test_the_page_escapes_every_word_of_the_text() -> None:
    page = render_report([reading()])
    assert "<b>utile</b>" not in page
    assert "<script>document.title" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


def test_the_page_stands_alone() -> None:
    page = render_report([reading()])
    assert "default-src 'none'" in page
    assert "src=" not in page.replace("script-src", "").replace("default-src", "").replace("style-src", "").replace(
        "img src=x", ""
    )
    assert "http" not in page.replace("http-equiv", "")


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
                 "--disable-component-update", "--disable-sync", "--window-size=1300,900"):  # fmt: skip
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield driver
    driver.quit()


@needs_browser
def test_a_click_on_a_record_shows_its_words(browser, tmp_path: Path) -> None:
    page = tmp_path / "reading.html"
    page.write_text(render_report([reading()]), encoding="utf-8")
    browser.get(page.as_uri())
    browser.find_element("css selector", ".record.event").click()
    assert {m.text for m in browser.find_elements("css selector", "mark.on")} == {
        "Le ministre malien",
        "reçu",
        "l'ambassadeur",
    }
    browser.find_element("css selector", "mark.quote").click()
    assert [r.text for r in browser.find_elements("css selector", ".record.on")] == [
        "nobody named direct Une visite <b>utile</b>"
    ]
    assert browser.title == "Dépêche: a reading"


@needs_browser
def test_the_keyboard_does_what_a_click_does(browser, tmp_path: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    page = tmp_path / "reading.html"
    page.write_text(render_report([reading()]), encoding="utf-8")
    browser.get(page.as_uri())
    browser.find_element("css selector", ".record.quote").send_keys(Keys.ENTER)
    assert [m.text for m in browser.find_elements("css selector", "mark.on")] == ["Une visite <b>utile</b>"]
    browser.find_element("css selector", "mark.event[tabindex]").send_keys(Keys.SPACE)
    assert browser.find_element("css selector", ".record.event").get_attribute("aria-pressed") == "true"
    browser.find_element("css selector", ".record.event").send_keys(Keys.ESCAPE)
    assert browser.find_elements("css selector", ".on") == []


@needs_browser
@pytest.mark.parametrize("width", [1400, 390])
def test_the_page_fits_its_window(browser, tmp_path: Path, width: int) -> None:
    page = tmp_path / "reading.html"
    page.write_text(render_report([reading(), reading()]), encoding="utf-8")
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    browser.get(page.as_uri())
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    assert len(browser.find_elements("css selector", "nav a")) == 2


def test_a_page_without_readings_says_so() -> None:
    assert "Nothing was read." in render_report([])


def test_every_piece_of_text_is_on_the_page_once() -> None:
    page = render_report([reading()])
    inside = page.split('<div class="text"')[1].partition(">")[2].split('<div class="records">')[0]
    assert html.unescape(re.sub(r"<[^>]+>", "", inside)) == TEXT

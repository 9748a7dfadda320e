"""A sealed page in a real Firefox, from disk and offline: it opens, and what was altered does not."""

import re

import pytest
from firefox import firefox

from atlas.sealing import seal_page

PHRASE = "water huis boom fiets kaas orgel"


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    with firefox(tmp_path_factory.mktemp("firefox")) as opened:
        yield opened


def opened(session, path, phrase):
    session.do("WebDriver:Navigate", url=path.as_uri())
    session.do("WebDriver:ElementSendKeys", id=session.find("#phrase"), text=phrase)
    session.do("WebDriver:ElementClick", id=session.find("#open"))


def test_a_sealed_page_opens_and_works(session, page_html, tmp_path):
    path = tmp_path / "beveiligd.html"
    path.write_bytes(seal_page(page_html, [PHRASE]))
    opened(session, path, "kaas kaas kaas kaas kaas kaas")
    session.wait_until("document.querySelector('#told.problem')")
    assert session.run("return told.textContent").startswith("Deze wachtzin past niet op dit bestand.")
    opened(session, path, PHRASE.upper().replace(" ", "-"))
    session.wait_until("document.documentElement.classList.contains('ready')")
    assert session.do("WebDriver:GetTitle").endswith(re.search("<title>(.*?)</title>", page_html)[1])
    assert session.run("return document.querySelectorAll('svg path, canvas').length") > 0
    asked = session.run("return performance.getEntriesByType('resource').map((one) => one.name)")
    assert all(url.startswith(("file:", "data:")) for url in asked)
    assert session.run("return navigator.onLine") is False


def test_one_that_was_altered_does_not_open(session, page_html, tmp_path):
    path = tmp_path / "beveiligd.html"
    sealed = seal_page(page_html, [PHRASE])
    path.write_bytes(sealed.replace(sealed[-60_000:-59_990], b"AAAAAAAAAA"))
    opened(session, path, PHRASE)
    session.wait_until("document.querySelector('#told.problem')")
    assert "niet heel of is veranderd" in session.run("return told.textContent")

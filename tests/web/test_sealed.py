"""A sealed page in a real browser, from disk and with the network cut."""

import base64
import random
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from atlas.sealing import seal_page

PHRASE = "water huis boom fiets kaas orgel"
WAIT = 15_000


@pytest.fixture
def shell(browser, tmp_path):
    """Open a sealed file: the page, what it asked for, what it complained of."""
    contexts = []

    def opened(content, *, before="", scripts=True, width=900):
        path = tmp_path / f"beveiligd{len(contexts)}.html"
        path.write_bytes(content)
        context = browser.new_context(
            java_script_enabled=scripts, viewport={"width": width, "height": 700}, offline=True
        )
        contexts.append(context)
        page, asked, complaints = context.new_page(), [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if before:
            page.add_init_script(before)
        page.goto(path.as_uri())
        return page, asked, complaints

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def sealed(page_html):
    return seal_page(page_html, ["een andere zin van zes woorden", PHRASE])


def told(page):
    return page.locator("#told").inner_text()


def test_it_opens_and_works_as_the_open_page_does(shell, sealed, page_html):
    page, asked, complaints = shell(sealed)
    assert page.title() == "Beveiligd bestand"
    page.fill("#phrase", PHRASE.upper().replace(" ", "-"))
    page.press("#phrase", "Enter")
    page.wait_for_selector("html.ready", state="attached", timeout=WAIT)
    assert page.title().endswith(re.search("<title>(.*?)</title>", page_html)[1])
    assert page.evaluate("Object.keys(atlas.state).length") > 0
    assert page.locator("svg path, canvas").count()
    assert all(url.startswith(("file:", "data:")) for url in asked)
    assert not complaints


def test_a_page_of_five_megabytes_opens(shell, page_html):
    filled = page_html.replace("</body>", f"<p hidden>{noise(5_000_000 - len(page_html))}</p></body>")
    page, _, _ = shell(seal_page(filled, [PHRASE]))
    page.fill("#phrase", PHRASE)
    page.click("#open")  # how long it takes is measured by bench/sealed.py
    page.wait_for_selector("html.ready", state="attached", timeout=4 * WAIT)


def noise(length):
    """Text that can hardly be packed, as figures are."""
    return random.Random(1).randbytes(length // 2 + 1).hex()[: max(length, 0)]


def test_a_wrong_phrase_gets_a_sentence_and_another_try(shell, sealed):
    page, _, _ = shell(sealed)
    page.fill("#phrase", "kaas kaas kaas kaas kaas kaas")
    page.click("#open")
    page.wait_for_selector("#told.problem", timeout=WAIT)
    assert told(page).startswith("Deze wachtzin past niet op dit bestand.")
    assert page.evaluate("document.activeElement.id") == "phrase"
    page.fill("#phrase", PHRASE)
    page.click("#open")
    page.wait_for_selector("html.ready", state="attached", timeout=WAIT)


def decoded(sealed):
    found = re.search(rb'id="sealed">([^<]*)<', sealed)
    return bytearray(base64.b64decode(found[1])), found.span(1)


def altered(sealed, place, to):
    content, (start, end) = decoded(sealed)
    content[place : place + len(to)] = to
    return sealed[:start] + base64.b64encode(content) + sealed[end:]


@pytest.mark.parametrize(
    ("place", "to", "sentence"),
    [(9, (1000).to_bytes(4, "big"), "niet verzegeld zoals het hoort"), (8, b"\2", "niet verzegeld zoals"),
     (13, b"\0", "niet heel of is veranderd"), (0, b"X", "niet heel of is veranderd")],
)  # fmt: skip
def test_other_parameters_are_refused_before_a_phrase_is_asked(shell, sealed, place, to, sentence):
    page, _, _ = shell(altered(sealed, place, to))
    assert sentence in told(page)
    assert page.is_disabled("#open")


def test_an_altered_content_is_not_opened(shell, sealed):
    page, _, _ = shell(altered(sealed, -40, b"\1\2\3"))
    page.fill("#phrase", PHRASE)
    page.click("#open")
    page.wait_for_selector("#told.problem", timeout=WAIT)
    assert "niet heel of is veranderd" in told(page)


@pytest.mark.parametrize("part", [0.5, 0.9, 0.999])
def test_half_a_file_says_so(shell, sealed, part):
    page, _, _ = shell(sealed[: int(len(sealed) * part)])
    assert "niet heel" in told(page)


@pytest.mark.parametrize(
    "without",
    [
        "Object.defineProperty(Crypto.prototype, 'subtle', {get: () => undefined})",
        "Object.defineProperty(window, 'crypto', {get: () => undefined})",
        "delete window.DecompressionStream",
    ],
)
def test_without_the_browsers_own_means_it_says_what_to_do(shell, sealed, without):
    page, _, complaints = shell(sealed, before=without)
    assert told(page).startswith("Sla het bestand op en open het vanaf uw schijf in Edge, Chrome of Firefox.")
    assert page.is_disabled("#open")
    assert not complaints


def test_without_script_it_says_what_to_do(shell, sealed):
    page, _, _ = shell(sealed, scripts=False)
    assert "Sla het bestand op" in page.locator("noscript").inner_text()


@pytest.mark.parametrize("width", [320, 900])
def test_the_shell_is_accessible(shell, sealed, width):
    page, _, _ = shell(sealed, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.fill("#phrase", "mis")
    page.click("#open")
    page.wait_for_selector("#told.problem", timeout=WAIT)
    assert page.get_by_label("Wachtzin", exact=True).is_visible()
    assert Axe().run(page).violations_count == 0
    page.check("#show")
    assert page.get_attribute("#phrase", "type") == "text"

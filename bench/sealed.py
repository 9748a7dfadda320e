"""A sealed page of 5 MB opened from disk, offline, in Chromium and Firefox: from the button to a usable page.

The page is the embedded atlas, filled up with what can hardly be packed. How long the browser itself takes to
start is not counted.
"""

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from measuring import ROOT, figure, sized
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(ROOT / "tests" / "web"))
from firefox import firefox

from atlas.core.figures.indicators import load_catalogue
from atlas.core.figures.payload import build_payload
from atlas.geo.boundaries.levels import boundary_payload
from atlas.sealing import seal_page
from atlas.web.page import render

PHRASE = "water-huis-boom-fiets-kaas-orgel"
READY = "document.documentElement.classList.contains('ready')"
LONGEST_S = 5
SIZE = 5_000_000
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


def main():
    with tempfile.TemporaryDirectory() as room:
        path = Path(room, "beveiligd.html")
        path.write_bytes(seal_page(page_of(SIZE), [PHRASE]))
        profile = Path(room, "firefox")
        profile.mkdir()
        for name, opened in (("Chromium", in_chromium), ("Firefox", in_firefox)):
            took = opened(path, profile, sized(5, 1))
            figure(
                f"sealed page of 5 MB opens in {name}, median", statistics.median(took), LONGEST_S, unit="s"
            )


def page_of(size):
    page = render(build_payload(load_catalogue(), *boundary_payload()))
    filling = random.Random(1).randbytes((size - len(page.encode())) // 2).hex()
    return page.replace("</body>", f"<p hidden>{filling}</p></body>")


def in_chromium(path, _profile, runs):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        context, took = browser.new_context(offline=True), []
        for _ in range(runs):
            page = context.new_page()
            page.goto(path.as_uri())
            page.fill("#phrase", PHRASE)
            begin = time.monotonic()
            page.click("#open")
            page.wait_for_selector("html.ready", state="attached", timeout=60_000)
            took.append(time.monotonic() - begin)
            page.close()
        browser.close()
    return took


def in_firefox(path, profile, runs):
    took = []
    with firefox(profile) as session:
        for _ in range(runs):
            session.do("WebDriver:Navigate", url=path.as_uri())
            session.do("WebDriver:ElementSendKeys", id=session.find("#phrase"), text=PHRASE)
            begin = time.monotonic()
            session.do("WebDriver:ElementClick", id=session.find("#open"))
            session.wait_until(READY)
            took.append(time.monotonic() - begin)
    return took


main()

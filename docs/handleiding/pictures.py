"""Make the pictures of the manual from the real page: `.venv/bin/python docs/handleiding/pictures.py`.

Needs what the tests need: the environment of `make test` and a browser. The atlas is built first. The
pictures of chapter 7 come from `pictures_qgis.py`.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from picture_file import shrink
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
ATLAS = Path(sys.executable).with_name("atlas")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
SIGNED = [
    "--maker", "Gemeente Voorbeeld (FICTIEF)", "--contact", "gis@voorbeeld.example (FICTIEF)",
    "--made-on", "2026-12-01",
]  # fmt: skip


def build(folder, *arguments):
    subprocess.run([ATLAS, "build", *arguments, "--out", folder], check=True)
    return folder


with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
    atlas = build(Path(temporary, "atlas"), *SIGNED)
    example = build(
        Path(temporary, "voorbeeld"), HERE.parent / "voorbeeld" / "atlas.voorbeeld.toml", "--no-sheets"
    )
    demo = Path(temporary, "demo")
    subprocess.run([ATLAS, "demo", "--out", demo, "--scale", "0.2"], check=True)
    team = build(
        Path(temporary, "team"), "--dossier", demo / "dossier-FICTIEF", "--audience", "team",
        "--municipality", "alle", "--purpose", "handleiding", "--no-sheets", *SIGNED,
    )  # fmt: skip
    own = "#indicator=bekend_met_het_meldpunt&niveau=gemeente&periode=2025"
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
    for name, page_file, state, scripts in (
        ("pagina", atlas / "atlas.html", "", True),
        ("zonder-scripts", atlas / "atlas.html", "", False),
        ("voorbeeld", example / "atlas.html", own, True),
        ("team", team / "atlas-team-FICTIEF.html", "#objecten=ja", True),
    ):
        context = browser.new_context(viewport={"width": 1280, "height": 1000}, java_script_enabled=scripts)
        page = context.new_page()
        page.goto(f"file://{page_file}{state}")
        shot = Path(temporary, f"{name}.png")
        page.screenshot(path=shot)
        shrink(shot, HERE / "img" / f"{name}.png", 1280)
        context.close()
    browser.close()
    (sheet,) = (atlas / "kaarten").glob("zorgen_*-surveyregio-2025-11.png")
    shrink(sheet, HERE / "img" / "kaartblad.png", 900)

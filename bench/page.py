"""How soon the page is painted and usable, beside a plain folium page, and how long another figure takes.

The plain page is the same choropleth made with folium.GeoJson, with the scripts and styles that folium puts
in every page inlined (two small ones without a package are left out), or it would wait for the internet. They
are fetched once with npm into .cache/bench; where that fails the plain page holds Leaflet only, and says so.
"""

import re
import statistics
import subprocess
import tarfile
import tempfile
from pathlib import Path

import folium
from playwright.sync_api import sync_playwright

from atlas.core.indicators import load_catalogue
from atlas.core.payload import build_payload
from atlas.geo.boundaries import boundary_payload
from atlas.web import AtlasMap
from atlas.web.page.assets import leaflet_file

CACHE = Path(__file__).parents[1] / ".cache" / "bench"
#: package -> what folium takes from it: part of the address in its page, and the file in the package
ASSETS = {
    "jquery@3.7.1": {"jquery-": "dist/jquery.min.js"},
    "bootstrap@5.2.2": {
        "bootstrap.bundle.min.js": "dist/js/bootstrap.bundle.min.js",
        "bootstrap.min.css": "dist/css/bootstrap.min.css",
    },
    "leaflet.awesome-markers@2.0.5": {
        "leaflet.awesome-markers.js": "dist/leaflet.awesome-markers.js",
        "leaflet.awesome-markers.css": "dist/leaflet.awesome-markers.css",
    },
    "@fortawesome/fontawesome-free@6.2.0": {"fontawesome-free": "css/all.min.css"},
}
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
RUNS = 9
SWITCHES = 40
#: the page can be used, and that has been painted: two frames later, and not before the first paint
PAINTED = """(usable) => new Promise((done) => {
    const painted = () => Math.max(...performance.getEntriesByType("paint").map((entry) => entry.startTime));
    const look = () => (eval(usable) ? requestAnimationFrame(() => requestAnimationFrame(
        () => done(Math.max(performance.now(), painted())))) : setTimeout(look, 1));
    look();
})"""
USABLE = {
    "atlas": "document.documentElement.classList.contains('ready')",
    "folium": "document.querySelectorAll('path.leaflet-interactive').length >= 32",
}
SWITCH = """(indicator) => {
    const start = performance.now();
    atlas.go({ indicator });
    document.body.getBoundingClientRect();
    return performance.now() - start;
}"""


def main():
    boundaries, source, _warnings = boundary_payload()
    payload = build_payload(load_catalogue(), boundaries, source)
    inlined, note = folium_assets()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        ours, plain = Path(folder, "atlas.html"), Path(folder, "folium.html")
        AtlasMap(payload).save(ours)
        plain.write_text(plain_folium(payload, inlined), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        pairs = [
            (painted_ms(browser, ours, USABLE["atlas"]), painted_ms(browser, plain, USABLE["folium"]))
            for _run in range(RUNS + 1)
        ][1:]
        switches = switch_ms(browser, ours, [entry["id"] for entry in payload["indicators"]])
        browser.close()
        sizes = [path.stat().st_size / 1000 for path in (ours, plain)]
    print(f"painted and usable, opened from disk ({note})")
    for name, position in (("atlas", 0), ("folium", 1)):
        median = statistics.median(pair[position] for pair in pairs)
        print(f"  {name:6} {median:6.0f} ms   {sizes[position]:5.0f} kB")
    ratio = statistics.median(pair[0] / pair[1] for pair in pairs)
    print(f"  atlas / folium = {ratio:.2f} (median of {RUNS} pairs; aim: at most 1, and at most 1000 ms)")
    print(
        f"another figure: median {statistics.median(switches):.0f} ms, worst {max(switches):.0f} ms (aim: 50)"
    )


def folium_assets():
    """The text of the files in folium's page by a part of their address, and a note on what they are."""
    files = {"leaflet.js": leaflet_file("leaflet.js"), "leaflet.css": leaflet_file("leaflet.css")}
    CACHE.mkdir(parents=True, exist_ok=True)
    for package, wanted in ASSETS.items():
        archive = CACHE / f"{package.replace('@', '-').replace('/', '-').strip('-')}.tgz"
        if not archive.exists():
            packed = subprocess.run(
                ["npm", "pack", "--silent", package], cwd=CACHE, capture_output=True, text=True, check=False
            )
            if packed.returncode:
                return files, "folium with Leaflet only: npm could not fetch the rest"
            (CACHE / packed.stdout.strip().splitlines()[-1]).rename(archive)
        with tarfile.open(archive) as held:
            for part, member in wanted.items():
                files[part] = held.extractfile(f"package/{member}").read().decode()
    return files, "folium with its assets inlined"


def plain_folium(payload, assets):
    """The opening map as a folium user would make it, with `assets` inlined and the others left out."""
    opening = payload["opening"]["level"]
    view = payload["indicators"][0]["views"][0]
    classes = view["legend"]["classes"]
    colours = {code: classes[value["class"] or 0]["colour"] for code, value in view["values"].items()}
    plain = folium.Map([53.0, 6.6], zoom_start=9, tiles=None)
    for level in payload["levels"]:
        features = [
            {
                "type": "Feature",
                "id": area["code"],
                "properties": {"naam": area["name"], "cijfer": colours.get(area["code"], "")},
                "geometry": level["geometry"][area["code"]],
            }
            for area in level["areas"]
        ]
        folium.GeoJson(
            {"type": "FeatureCollection", "features": features},
            style_function=lambda feature: {"fillColor": colours.get(feature["id"], "none"), "weight": 1},
            tooltip=folium.GeoJsonTooltip(["naam", "cijfer"]) if level["id"] == opening else None,
        ).add_to(plain)
    html = plain.get_root().render()
    for pattern, tag in (
        (r'<script src="([^"]*)"></script>', "script"),
        (r'<link rel="stylesheet" href="([^"]*)"/>', "style"),
    ):
        html = re.sub(pattern, lambda found, tag=tag: inline(found[1], tag, assets), html)
    return html


def inline(address, tag, assets):
    # the longest part that fits: "leaflet.js" is also in the name of a folder
    parts = sorted((part for part in assets if part in address), key=len)
    return f"<{tag}>{assets[parts[-1]]}</{tag}>" if parts else ""


def painted_ms(browser, path, usable):
    """From the start of the navigation until the page can be used and that has been painted."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True).new_page()
    page.goto(path.as_uri(), wait_until="commit")
    result = page.evaluate(PAINTED, usable)
    page.context.close()
    return result


def switch_ms(browser, path, indicators):
    """Until another figure stands in the page and is laid out."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(path.as_uri())
    page.wait_for_selector("html.ready", state="attached")
    return [page.evaluate(SWITCH, indicators[(nth + 1) % len(indicators)]) for nth in range(SWITCHES)]


main()

"""How large the page is, how soon it is usable beside plain folium pages, and how long a choice takes.

A second page of ours holds ten figures of 22 municipalities in twelve periods with intervals: a move of
the slider, two periods against each other, a second figure beside the first and the line of an area are
measured on it.

The first plain page holds the same choropleths, one folium.Choropleth for each figure, level and period, all
but the first switched off in its layer control; the second only the first of them. The scripts and styles
that folium puts in every page are inlined (two small ones without a package are left out), or they would wait
for the internet. They are fetched once with npm into .cache/bench; where that fails folium is left out:
without its d3 a choropleth of folium never draws.
"""

import contextlib
import dataclasses
import random
import re
import shutil
import statistics
import subprocess
import tarfile
import tempfile
from pathlib import Path

import folium
from measuring import QUICK, figure, sized
from playwright.sync_api import Error, sync_playwright

from atlas.core.areas.divisions import areas
from atlas.core.disclosure.released import release_open
from atlas.core.figures.edition import Edition
from atlas.core.figures.estimates import survey_estimate
from atlas.core.figures.indicators import Catalogue, Value, load_catalogue
from atlas.core.figures.payload import build_payload
from atlas.geo.boundaries.levels import boundary_payload
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
    "d3@3.5.5": {"d3/3.5.5/d3.min.js": "d3.min.js"},
    "@fortawesome/fontawesome-free@6.2.0": {"fontawesome-free": "css/all.min.css"},
}
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
RUNS = sized(9, 1)
SWITCHES = sized(40, 5)
#: the page can be used, and that has been painted: two frames later, and not before the first paint
PAINTED = """(usable) => new Promise((done, failed) => {
    setTimeout(() => failed(new Error("not painted in 20 s")), 20000);
    const painted = () => Math.max(...performance.getEntriesByType("paint").map((entry) => entry.startTime));
    const look = () => (eval(usable) ? requestAnimationFrame(() => requestAnimationFrame(
        () => done(Math.max(performance.now(), painted())))) : setTimeout(look, 1));
    look();
})"""
#: the least that must stand there: ours says so itself, folium's eight regions are interactive paths
READY = "document.documentElement.classList.contains('ready')"
DRAWN = "document.querySelectorAll('path.leaflet-interactive').length >= 8"
SWITCH = """(indicator) => {
    const start = performance.now();
    atlas.go({ indicator });
    document.body.getBoundingClientRect();
    return performance.now() - start;
}"""
#: a change of the state, until two frames later: then it has been painted
CHANGED = """(change) => new Promise((done) => {
    atlas.go(change, true);
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0)));
})"""
FIGURES, YEARS = 10, [str(year) for year in range(2014, 2026)]
#: kilobytes: of the page of everyone, and of that with 120 maps
LARGEST, LARGEST_IN_TIME = 450, 520


def in_time():
    """Ten made-up survey figures of every municipality in twelve years, on the model of an embedded one."""
    chance = random.Random(15)
    whole = load_catalogue()
    model = whole.indicators[0]
    indicators, values = [], []
    for number in range(FIGURES):
        name = f"fictief_{number}"
        indicators.append(dataclasses.replace(model, id=name, label=f"FICTIEF {number}", decimals=1))
        for year in YEARS:
            for area in areas("gemeente"):
                one = survey_estimate(
                    round(chance.uniform(5, 60), 1), chance.randint(600, 2000), design_effect=1.5
                )
                values.append(
                    Value(
                        name, "gemeente", area.code, year, one.value, one.low, one.high, one.n, one.status,
                        one.note,
                    )
                )  # fmt: skip
    return Catalogue(whole.themes, tuple(indicators), tuple(values), ())


def main():
    boundaries, source, _warnings = boundary_payload()
    payload = build_payload(load_catalogue(), boundaries, source).content
    assets, note = folium_assets()
    views = [(indicator, view) for indicator in payload["indicators"] for view in indicator["views"]]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        pages = {"atlas": Path(folder, "atlas.html")}
        AtlasMap(release_open(payload, audience="team")).save(pages["atlas"])
        for name, shown in {"same": views, "one": views[:1]}.items() if assets else ():
            pages[name] = Path(folder, f"{name}.html")
            pages[name].write_text(plain_folium(payload, shown, assets), encoding="utf-8")
        later = build_payload(in_time(), boundaries, source, Edition(fictitious=True)).content
        pages["time"] = Path(folder, "time.html")
        AtlasMap(release_open(later, audience="openbaar")).save(pages["time"])
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        runs = [
            {
                name: painted_ms(browser, path, READY if name in ("atlas", "time") else DRAWN)
                for name, path in pages.items()
            }
            for _run in range(RUNS + 1)
        ][1:]
        switches = switch_ms(browser, pages["atlas"], [entry["id"] for entry in payload["indicators"]])
        moves = time_ms(browser, pages["time"])
        browser.close()
        sizes = {name: path.stat().st_size / 1000 for name, path in pages.items()}
    print(f"painted and usable, opened from disk ({note})")
    titles = {
        "atlas": "atlas",
        "same": f"folium, the same {len(views)} choropleths",
        "one": "folium, one choropleth",
        "time": f"atlas, {FIGURES} figures x {len(YEARS)} periods",
    }
    for name in pages:
        title = titles[name]
        print(f"  {title:34} {sizes[name]:7.0f} kB")
        if name == "time":
            figure("  its size", sizes[name], LARGEST_IN_TIME, unit="kB")
            figure("  painted and usable", statistics.median(run[name] for run in runs), 3000, unit="ms")
        elif name == "atlas":
            figure("  its size", sizes[name], LARGEST, unit="kB")
            median = statistics.median(run[name] for run in runs)
            figure("page painted and usable", median, 1000, unit="ms")
        else:
            ratio = statistics.median(run["atlas"] / run[name] for run in runs)
            figure(f"page painted, atlas / {title}", ratio, 1)
    figure("another figure on the page, median", statistics.median(switches), 50, unit="ms")
    for what, (measured, least) in moves.items():
        figure(f"{what}, painted: work, median", statistics.median(measured), least, unit="ms")


def folium_assets():
    """The text of the files in folium's page by a part of their address, and a note; none when one lacks."""
    files = {"leaflet.js": leaflet_file("leaflet.js"), "leaflet.css": leaflet_file("leaflet.css")}
    CACHE.mkdir(parents=True, exist_ok=True)
    for package, wanted in ASSETS.items():
        archive = CACHE / f"{package.replace('@', '-').replace('/', '-').strip('-')}.tgz"
        if not archive.exists():
            if QUICK or shutil.which("npm") is None:
                return {}, "folium is left out: what its page needs is not fetched"
            packed = subprocess.run(
                ["npm", "pack", "--silent", package], cwd=CACHE, capture_output=True, text=True, check=False
            )
            if packed.returncode:
                return {}, "folium is left out: npm could not fetch what its page needs"
            (CACHE / packed.stdout.strip().splitlines()[-1]).rename(archive)
        with tarfile.open(archive) as held:
            for part, member in wanted.items():
                files[part] = held.extractfile(f"package/{member}").read().decode()
    return files, "folium with its assets inlined"


def plain_folium(payload, views, assets):
    """What a folium user would write, with `assets` inlined and the others left out."""
    geometry = {level["id"]: collection(level) for level in payload["levels"]}
    plain = folium.Map([53.0, 6.6], zoom_start=9, tiles=None)
    for nth, (indicator, view) in enumerate(views):
        figures = {
            code: value["value"] for code, value in view["values"].items() if value["value"] is not None
        }
        folium.Choropleth(
            geometry[view["level"]],
            data=figures,
            key_on="feature.id",
            name=indicator["label"],
            show=nth == 0,
            fill_color="YlOrRd",
        ).add_to(plain)
    folium.LayerControl().add_to(plain)
    html = plain.get_root().render()
    for pattern, tag in (
        (r'<script src="([^"]*)"></script>', "script"),
        (r'<link rel="stylesheet" href="([^"]*)"/>', "style"),
    ):
        html = re.sub(pattern, lambda found, tag=tag: inline(found[1], tag, assets), html)
    return html


def collection(level):
    features = [
        {"type": "Feature", "id": code, "properties": {"code": code}, "geometry": geometry}
        for code, geometry in level["geometry"].items()
    ]
    return {"type": "FeatureCollection", "features": features}


def inline(address, tag, assets):
    # the longest part that fits: "leaflet.js" is also in the name of a folder
    parts = sorted((part for part in assets if part in address), key=len)
    return f"<{tag}>{assets[parts[-1]]}</{tag}>" if parts else ""


def painted_ms(browser, path, usable):
    """From the start of the navigation until the page can be used and that has been painted.

    A busy machine now and then leaves a page without a frame: it is opened again, twice at most.
    """
    for _again in range(2):
        with contextlib.suppress(Error):
            return opened_ms(browser, path, usable)
    return opened_ms(browser, path, usable)


def opened_ms(browser, path, usable):
    page = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True).new_page()
    page.goto(path.as_uri(), wait_until="commit")
    try:
        return page.evaluate(PAINTED, usable)
    finally:
        page.context.close()


def switch_ms(browser, path, indicators):
    """Until another figure stands in the page and is laid out."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(path.as_uri())
    page.wait_for_selector("html.ready", state="attached")
    return [page.evaluate(SWITCH, indicators[(nth + 1) % len(indicators)]) for nth in range(SWITCHES)]


def time_ms(browser, path):
    """What a reader does on a page with time -> (work of its thread for each change, the figure to reach).

    It is time of the processor, from the change until it is painted: what else the machine does counts little
    in it, and on a machine at rest the clock says about the same.
    """
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(path.as_uri())
    page.wait_for_selector("html.ready", state="attached")
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def worked():
        metrics = session.send("Performance.getMetrics")["metrics"]
        return next(entry["value"] for entry in metrics if entry["name"] == "TaskDuration") * 1000

    def each(changes):
        found = []
        for change in changes:
            before = worked()
            page.evaluate(CHANGED, change)
            found.append(worked() - before)
        return found

    beside = [{"against": "", "beside": f"fictief_{nth}"} for nth in range(1, FIGURES)]
    lines = [{"beside": "", "area": area.code} for area in areas("gemeente")]
    each({"period": year} for year in YEARS)  # once around: then the scripts are compiled
    return {
        "the period moved": (each({"period": year} for year in YEARS), 50),
        "two periods compared": (each({"against": year} for year in YEARS[:-1]), 100),
        "a figure beside": (each(beside), 100),
        "the line of an area": (each(lines), 100),
    }


if __name__ == "__main__":
    main()

"""The team page with 50,000 made-up objects, beside the same points as folium markers and FastMarkerCluster.

Measured in headless Chromium without a graphics card: size of the file, time until the page can be used and
that has been painted, and frames a second while the map is moved and zoomed. The folium pages carry Leaflet
and, for the cluster, leaflet.markercluster (fetched once with npm into .cache/bench); the other scripts and
styles that folium puts in every page are left out, which favours folium, and so is every filter, list and
reason. Markers are measured with 5,000 points as well, as 50,000 may not come to an end.

    python bench/objects.py [number of objects]
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import folium
from folium.plugins import FastMarkerCluster
from measuring import QUICK, figure, sized
from playwright.sync_api import sync_playwright

from atlas.core.disclosure.released import release_open
from atlas.core.figures.indicators import load_catalogue
from atlas.core.figures.payload import build_payload
from atlas.geo.boundaries.levels import boundary_payload
from atlas.web.page import render
from atlas.web.page.assets import leaflet_file

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "web"))

from object_samples import anchors_of, fictitious_objects, team_payload  # noqa: E402

CACHE = ROOT / ".cache" / "bench"
CLUSTER = "leaflet.markercluster@1.5.3"
CLUSTER_FILES = ("leaflet.markercluster.js", "MarkerCluster.css", "MarkerCluster.Default.css")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
FEWER = sized(5_000, 100)
#: a page that blocks the browser longer than this is left unfinished
PATIENCE_S = 120
MEGABYTE = 1_000_000
#: after two frames what was drawn stands on the screen
PAINTED = """usable => new Promise(done => {
    const look = () => (eval(usable) ? requestAnimationFrame(() => requestAnimationFrame(
        () => done(performance.now()))) : setTimeout(look, 5));
    look();
})"""
OURS_USABLE = "document.documentElement.classList.contains('ready')"
FOLIUM_USABLE = "document.readyState === 'complete'"
#: in circles, every fifth frame a step nearer or farther; at most 12 seconds
FRAMES = """([name, nearer, most]) => new Promise(done => {
    const map = eval(name), times = [];
    if (nearer) map.setZoom(nearer, {animate: false});
    let nth = 0;
    const step = now => {
        times.push(now);
        nth += 1;
        if (nth > most || now - times[0] > 12000) {
            return done(1000 * (times.length - 1) / (times[times.length - 1] - times[0]));
        }
        map.panBy([Math.round(9 * Math.cos(nth / 9)), Math.round(9 * Math.sin(nth / 9))], {animate: false});
        if (nth % 5 === 0) map.setZoom(map.getZoom() + (nth % 10 ? 0.25 : -0.25), {animate: false});
        return requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
})"""


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else sized(50_000, 500)
    boundaries, source, _warnings = boundary_payload()
    payload = build_payload(load_catalogue(), boundaries, source).content
    objects, evidence = fictitious_objects(count, anchors_of(payload))
    places = [(latitude, longitude) for longitude, latitude in (record["geometrie"] for record in objects)]
    pages = {
        f"team page, {count} objects": render(
            release_open(team_payload(payload, objects, evidence), audience="team")
        ),
        f"folium markers, {FEWER}": with_assets(marker_map(places[:FEWER])),
        f"folium markers, {count}": with_assets(marker_map(places)),
    }
    if cluster_is_there():
        pages[f"FastMarkerCluster, {count}"] = with_assets(cluster_map(places), CLUSTER_FILES)
    else:
        print("FastMarkerCluster is left out: npm could not fetch it")
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, html in pages.items():
            path = Path(folder, "page.html")
            path.write_text(html, encoding="utf-8")
            results[name] = {"megabytes": len(html.encode()) / MEGABYTE, **in_a_process(path)}
            report(name, results[name])
    ours, *others = results.items()
    for name, found in others:
        if found["fps"]:
            for what, ratio in (
                ("size", ours[1]["megabytes"] / found["megabytes"]),
                ("painted", ours[1]["painted_ms"] / found["painted_ms"]),
                ("frames a second", min(ours[1]["fps"]) / max(min(found["fps"]), 0.01)),
            ):
                figure(f"{ours[0]} / {name}: {what}", ratio)


def marker_map(places):
    made = folium.Map([53.0, 6.6], zoom_start=9, tiles=None)
    for place in places:
        folium.Marker(place).add_to(made)
    return made


def cluster_map(places):
    made = folium.Map([53.0, 6.6], zoom_start=9, tiles=None)
    FastMarkerCluster(places).add_to(made)
    return made


def with_assets(made, plugin=()):
    """The page with Leaflet and a plugin inlined, and without what else it asks of the internet."""
    html = made.get_root().render()
    html = re.sub(r'<script src="[^"]*"></script>|<link rel="stylesheet" href="[^"]*"/>', "", html)
    texts = {name: (CACHE / name).read_text() for name in plugin}
    scripts = [leaflet_file("leaflet.js"), *(text for name, text in texts.items() if name.endswith(".js"))]
    styles = [leaflet_file("leaflet.css"), *(text for name, text in texts.items() if name.endswith(".css"))]
    head = "".join(f"<script>{text}</script>" for text in scripts)
    head += "".join(f"<style>{text}</style>" for text in styles)
    return html.replace("<head>", f"<head>{head}", 1)


def cluster_is_there():
    """Fetch the cluster plugin, once; False when that can't be done, or only to see that all runs."""
    if all((CACHE / name).is_file() for name in CLUSTER_FILES):
        return True
    if QUICK or shutil.which("npm") is None:
        return False
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        packed = subprocess.run(
            ["npm", "pack", "--silent", CLUSTER], cwd=folder, check=False, stdout=subprocess.DEVNULL
        )
        if packed.returncode:
            return False
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as package:
            for name in CLUSTER_FILES:
                (CACHE / name).write_bytes(package.extractfile(f"package/dist/{name}").read())
    return True


def in_a_process(path):
    """Measure in a process of its own, which is ended when it takes too long."""
    command = [sys.executable, __file__, "--measure", str(path)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        return json.loads(child.communicate(timeout=PATIENCE_S)[0].splitlines()[-1])
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        heard = child.communicate()[0].splitlines()
        return json.loads(heard[-1]) if heard else {"painted_ms": None, "fps": []}


def measure(path):
    """Print what is known after each step, as a line of JSON: the last one counts."""
    html = path.read_text(encoding="utf-8")
    ours = "atlas-objects" in html
    name = "atlas.map" if ours else re.search(r"var (map_[0-9a-f]{32}) = L\.map", html)[1]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        context = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True)
        page = context.new_page()
        page.goto(path.as_uri() + ("#objecten=ja" if ours else ""), wait_until="commit")
        found = {"painted_ms": page.evaluate(PAINTED, OURS_USABLE if ours else FOLIUM_USABLE), "fps": []}
        for nearer in (None, 11, 13):
            print(json.dumps(found), flush=True)
            found["fps"].append(page.evaluate(FRAMES, [name, nearer, sized(90, 10)]))
        print(json.dumps(found), flush=True)
        browser.close()


def report(name, found):
    late = f"not within {PATIENCE_S} s"
    painted = f"{found['painted_ms']:.0f} ms" if found["painted_ms"] else late
    fps = ", ".join(f"{number:.1f}" for number in found["fps"]) or late
    print(f"{name:32} {found['megabytes']:6.2f} MB  painted {painted:>18}  frames a second {fps}")


if sys.argv[1:2] == ["--measure"]:
    measure(Path(sys.argv[2]))
else:
    main()

"""The document as text: one file, a strict policy, only data in the data blocks, the same bytes each time."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.figures.borders import rings
from atlas.core.figures.page_form import as_records
from atlas.core.files import embedded
from atlas.core.words.errors import AtlasError
from atlas.web.page import BRT_GREY, Basemap, assets, render
from atlas.web.page.assets import leaflet_file, scripts, styles
from atlas.web.page.markup import Markup, element, escape, json_block
from atlas.web.page.shapes import packed
from released_samples import leaving


class Reader(HTMLParser):
    """Collects elements with their attributes, and the text of scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.blocks: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self.blocks.append((tag, dict(attrs), ""))

    def handle_data(self, data):
        if self.cdata_elem:
            tag, attributes, text = self.blocks.pop()
            self.blocks.append((tag, attributes, text + data))


def data_block(html: str, identifier: str) -> object:
    (text,) = [text for tag, attributes, text in Reader(html).blocks if attributes.get("id") == identifier]
    return json.loads(text)


def policy_of(html: str) -> dict[str, list[str]]:
    (meta,) = [a for tag, a in Reader(html).elements if a.get("http-equiv") == "Content-Security-Policy"]
    directives = (part.split() for part in meta["content"].split(";"))
    return {name: values for name, *values in directives}


def test_the_same_payload_gives_the_same_bytes(payload):
    again = json.loads(json.dumps(payload))
    assert render(leaving(payload)).encode() == render(leaving(again)).encode()


def test_the_page_of_the_embedded_atlas_is_at_most_450_kb(page_html):
    assert len(page_html.encode()) <= 450_000


def test_the_policy_lets_in_only_our_fixed_scripts_and_styles_by_their_hash(page_html):
    policy = policy_of(page_html)
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == ["'none'"]
    assert policy["img-src"] == ["data:"]
    assert set(policy) == {"default-src", "base-uri", "form-action", "img-src", "script-src", "style-src"}
    for tag in ("script", "style"):
        fixed = [
            text
            for name, attributes, text in Reader(page_html).blocks
            if name == tag and "type" not in attributes
        ]
        hashes = [
            f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in fixed
        ]
        assert policy[f"{tag}-src"] == hashes


def test_the_fixed_files_are_the_same_for_every_payload(page_html, hostile):
    fixed = [
        [text for _tag, attributes, text in Reader(html).blocks if "type" not in attributes]
        for html in (page_html, render(leaving(hostile)))
    ]
    assert fixed[0] == fixed[1]
    assert fixed[0][0] == leaflet_file("leaflet.css")


def test_no_element_has_an_inline_style_or_event_handler(hostile):
    for tag, attributes in Reader(render(leaving(hostile))).elements:
        assert "style" not in attributes, tag
        assert not [name for name in attributes if name.startswith("on")], tag


def test_nothing_in_the_page_points_outside_it(page_html):
    for tag, attributes in Reader(page_html).elements:
        for name in ("src", "href", "data", "poster", "action", "srcset"):
            assert not attributes.get(name) or attributes[name].startswith(("#", "data:")), (tag, attributes)
    ours = page_html.replace(scripts(objects=False)[0], "").replace(styles(objects=False)[0], "")
    assert set(re.findall(r"https?://[^\s\"'<]+", ours)) == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"@import|sourceMappingURL", page_html)


@pytest.mark.parametrize(
    "foreign", ["jquery", "bootstrap", "cdn.", "font-awesome", "fontawesome", "folium", "d3js", "branca"]
)
def test_nothing_of_foliums_own_page_is_in_it(page_html, foreign):
    assert foreign not in page_html.lower()


def test_the_head_says_language_and_lets_the_reader_zoom(page_html):
    elements = Reader(page_html).elements
    assert ("html", {"lang": "nl"}) in elements
    (viewport,) = [a["content"] for tag, a in elements if a.get("name") == "viewport"]
    assert "user-scalable" not in viewport
    assert "maximum-scale" not in viewport


def test_the_cards_stand_in_the_page_once_as_text(page_html, payload):
    for card in payload["cards"]:
        assert page_html.count(escape(card["label"])) == 1


def test_a_page_without_objects_has_nothing_of_a_teams_script_and_style(page_html):
    ours = page_html.replace(scripts(objects=False)[0], "")
    assert not re.search(r"object-(rows|panel|filters)|selectObjects", ours)
    assert "selectObjects" in scripts(objects=True)[1]


def test_the_data_in_the_page_are_the_payload_with_its_geometry_packed(page_html, payload):
    data = as_records(data_block(page_html, "atlas-payload"))
    assert {key: value for key, value in data.items() if key not in ("levels", "degree", "lines")} == {
        key: sorted(value) if key == "search" else value
        for key, value in payload.items()
        if key not in ("levels", "cards", "background")
    }
    for written, level in zip(data["levels"], payload["levels"], strict=True):
        assert written["areas"] == level["areas"]
    assert_same_shapes(data, payload["levels"])


def assert_same_shapes(data, levels):
    """Every ring has its own points in their own order, whichever of them it begins with."""
    for written, level in zip(data["levels"], levels, strict=True):
        for code, geometry in level["geometry"].items():
            shape = written["geometry"][code]
            unpacked = [unpack(ring, data) for polygon in shape for ring in polygon]
            assert [from_the_least(ring) for ring in unpacked] == [
                from_the_least([tuple(point) for point in ring]) for ring in rings(geometry)
            ]


def from_the_least(ring):
    assert ring[0] == ring[-1]
    start = ring.index(min(ring))
    return [*ring[start:-1], *ring[:start]]


def unpack(ring: str, data: dict) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for number in map(int, ring.split()):
        line = unpack_line(data["lines"].split(";")[abs(number) - 1], data["degree"])
        line = line if number > 0 else line[::-1]
        assert not points or points[-1] == line[0]
        points += line[1:] if points else line
    return points


def unpack_line(steps: str, degree: int) -> list[tuple[float, float]]:
    numbers = [int(number) for number in steps.split()]
    points, x, y = [], 0, 0
    for at in range(0, len(numbers), 2):
        x, y = x + numbers[at], y + numbers[at + 1]
        points.append((x / degree, y / degree))
    return points


def test_a_border_of_several_areas_and_levels_stands_in_the_page_once(payload):
    data = packed(payload["levels"])
    stretches = Counter(
        frozenset(stretch)
        for line in data["lines"].split(";")
        for stretch in pairwise(unpack_line(line, data["degree"]))
    )
    assert set(stretches.values()) == {1}


def square(west, south, east, north):
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def area_level(identifier, **polygons):
    shapes = {code: {"type": "Polygon", "coordinates": shape} for code, shape in polygons.items()}
    return {"id": identifier, "geometry": shapes}


def test_a_hole_and_the_area_that_fills_it_share_their_line_whichever_way_each_goes():
    ring = square(6.1, 53.1, 6.2, 53.2)
    turned = [*ring[2:], *ring[1:3]][::-1]
    levels = [area_level("x", A=[square(6, 53, 7, 54), ring], B=[turned])]
    data = packed(levels)
    assert len(data["lines"].split(";")) == 2
    assert_same_shapes(data, levels)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=8, unique=True))
def test_whichever_squares_lie_beside_and_within_each_other_every_shape_comes_back(places):
    squares = {f"{x}{y}": [square(6 + x, 52 + y, 7 + x, 53 + y)] for x, y in places}
    levels = [area_level("small", **squares), area_level("whole", A=[square(6, 52, 10, 56)])]
    assert_same_shapes(packed(levels), levels)


def test_finer_coordinates_are_kept_to_a_metre():
    data = packed([area_level("x", A=[[[6.123456, 53.0], [6.2, 53.00001], [6.3, 53.2], [6.123456, 53.0]]])])
    assert data["degree"] == 100_000
    assert (6.12346, 53.0) in unpack(data["levels"][0]["geometry"]["A"][0][0], data)


@given(st.text())
def test_whatever_stands_in_a_text_an_element_stays_one_element(text):
    reader = Reader(element("p", element("b", text), title=text))
    assert [tag for tag, _ in reader.elements] == ["p", "b"]


@given(
    st.recursive(
        st.text() | st.integers() | st.none(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_whatever_stands_in_the_data_the_block_ends_where_it_should_and_reads_back_the_same(value):
    block = json_block("x", value)
    text = block.removeprefix('<script type="application/json" id="x">').removesuffix("</script>")
    assert not set(text) & set("<>&\u2028\u2029")
    assert json.loads(text) == value


def test_markup_is_kept_and_other_text_is_escaped():
    assert element("p", Markup("<b>x</b>"), "<i>") == "<p><b>x</b>&lt;i&gt;</p>"
    assert escape('"<') == "&quot;&lt;"


def test_a_basemap_adds_exactly_its_own_origin_to_the_policy(payload):
    assert policy_of(render(leaving(payload), basemap=BRT_GREY))["img-src"] == [
        "data:",
        "https://service.pdok.nl",
    ]


@pytest.mark.parametrize(
    "url",
    [
        "http://tiles.example.nl/{z}/{x}/{y}.png",
        "https://{s}.tile.example.nl/{z}/{x}/{y}.png",
        "https://x; script-src */{z}/{x}/{y}",
        "https://a b/{z}/{x}/{y}",
        "https://name:word@example.nl/{z}/{x}/{y}.png",
        "https://example.nl:port/{z}/{x}/{y}.png",
        "javascript:alert(1)//{z}/{x}/{y}",
        "//example.nl/{z}/{x}/{y}.png",
        "https://example.nl/{z}/{x}.png",
        "",
    ],
)
def test_an_address_that_is_not_one_fixed_https_host_is_no_basemap(url):
    with pytest.raises(AtlasError):
        Basemap(url, "bron", "aanbieder")


def test_the_page_needs_the_standard_library_only():
    code = (
        "import sys; before = set(sys.modules); import atlas.web.page;"
        "new = {name.partition('.')[0] for name in set(sys.modules) - before};"
        "foreign = new - sys.stdlib_module_names - {'atlas'}; print(sorted(foreign)); sys.exit(bool(foreign))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_fictitious_data_and_a_closed_audience_are_said_first(payload):
    payload |= {"fictitious": True, "audience": "team", "audience_label": "Alleen voor het team"}
    html = render(leaving(payload))
    assert "FICTIEF" in html[: html.index("<header")]
    assert "Alleen voor het team. Geef dit bestand niet verder door." in html
    real = render(leaving({**payload, "fictitious": False}))
    assert "FICTIEF" not in real[: real.index("<script")]
    assert '<div class="watermark team" aria-hidden="true">ALLEEN TEAM</div>' in real  # on every printed page
    partners = render(leaving({**payload, "audience": "partners"}))
    assert "ALLEEN TEAM" not in partners


def test_inside_the_plugin_leaflet_lies_in_its_own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(assets, "find_spec", lambda _name: None)
    with pytest.raises(AtlasError, match="hoort ontbreekt"):
        leaflet_file.__wrapped__("leaflet.js")
    (tmp_path / "leaflet").mkdir()
    (tmp_path / "leaflet" / "leaflet.css").write_text("/* plugin */", encoding="utf-8")
    monkeypatch.setattr(embedded, "_ROOTS", (tmp_path,))
    assert leaflet_file.__wrapped__("leaflet.css") == "/* plugin */"


def test_looking_for_leaflet_does_not_import_its_package():
    code = "import sys; import atlas.web.page.assets as a; a.leaflet_file('leaflet.js'); print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "pkg_resources" not in loaded
    assert "xstatic.pkg.leaflet" not in loaded


def test_the_background_of_the_region_is_a_table_with_lines_and_no_map(page_html, payload):
    section = page_html.split('id="background-title"')[1].split("</section>")[0]
    for group in payload["background"]:
        assert escape(group["caution"]) in section
        for figure in group["figures"]:
            assert escape(figure["label"]) in section
    assert section.count("<polyline") == 32  # every row of five years, none of one municipality's counts

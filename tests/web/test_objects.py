"""The team page: the objects on the map and in the list, and that nobody else gets one of them."""

from __future__ import annotations

import base64
import json
import re
from collections import Counter
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from object_samples import COUNT, EVERYWHERE, OPEN, anchors_of, fictitious_objects, repeated, team_payload
from page_samples import HOSTILE

from atlas.core.counts.objects_payload import objects_payload
from atlas.core.words.errors import AtlasError
from atlas.web.page import render
from released_samples import leaving

ASSEN = "GM0106"
MOST_BYTES = 6_000_000
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


def traces(record):
    """Everything by which a record could be recognised in a file."""
    short = base64.urlsafe_b64encode(UUID(record["uuid"]).bytes).decode().rstrip("=")
    longitude, latitude = record["geometrie"]
    found = [record["uuid"], UUID(record["uuid"]).hex, short, f"{longitude:.5f},{latitude:.5f}"]
    found += [f"{round(longitude, 5)},{round(latitude, 5)}", f"{round(latitude, 5)},{round(longitude, 5)}"]
    if record["adres"]:
        found += [record["adres"], record["adres"].partition(" ")[0]]
    return found


def leaks(html, records):
    return [trace for record in records for trace in traces(record) if trace in html]


def test_a_public_page_holds_no_trace_of_an_object(payload, objects, evidence):
    for audience in ("openbaar", "partners"):
        columns = objects_payload(
            objects, evidence, audience=audience, municipalities=EVERYWHERE, fictitious=True
        )
        page = render(leaving({**payload, "audience": audience, "objects": columns}))
        assert leaks(page, objects) == []
        assert "atlas-objects" not in re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)


def test_the_search_for_traces_finds_them_where_they_are(team_html, objects):
    page = team_html
    assert len(set(leaks(page, objects))) >= COUNT


@pytest.mark.parametrize("audience", ["openbaar", "partners"])
@pytest.mark.parametrize("key", ["objects", "images"])
def test_a_page_for_others_withrecords_is_never_written(team, audience, key):
    team |= {"audience": audience, "objects": None, "images": [], key: team["objects"]}
    with pytest.raises(AtlasError, match="alleen naar het team"):
        render(leaving(team))


def test_the_page_of_one_municipality_holds_no_record_of_another(payload, objects, evidence):
    page = render(leaving(team_payload(payload, objects, evidence, municipalities=[ASSEN])))
    others = [record for record in objects if record["gemeente_code"] != ASSEN]
    assert leaks(page, others) == []
    own = [record for record in objects if record["gemeente_code"] == ASSEN]
    assert len(set(leaks(page, own))) >= len(own)


def test_real_objects_of_which_the_municipality_is_not_certain_are_not_in_the_page(
    visit, payload, objects, evidence
):
    for record in objects:
        record["bron"] = "proefregister"
    own = [record for record in objects if record["gemeente_code"] == ASSEN]
    own[0]["gemeente_zeker"] = "nee"
    uncertain = [record for record in own if record["gemeente_zeker"] == "nee"]
    html = render(leaving(team_payload(payload, objects, evidence, municipalities=[ASSEN], fictitious=False)))
    assert leaks(html, uncertain) == []
    page = visit(html, address=OPEN).page
    assert page.inner_text("#objects-withheld").startswith(
        f"{len(uncertain)} objecten staan niet in dit bestand"
    )


def test_the_page_is_small_and_works_with_fifty_thousand_objects(visit, payload):
    many, evidence = repeated(*fictitious_objects(5_000, anchors_of(payload)), 10)
    html = render(leaving(team_payload(payload, many, evidence)))
    assert len(html.encode()) <= MOST_BYTES
    opened = visit(html, address=OPEN)
    page = opened.page
    assert page.inner_text("#objects-count") == "Alle 50.000 objecten staan op de kaart en in de lijst."
    page.focus("#object-list")
    page.keyboard.press("End")
    assert page.locator("#object-list [role='option']").count() < 60
    assert page.locator(".object-row.active").get_attribute("aria-posinset") == "50000"
    page.check("#filter-conclusion-leeg")
    empty = sum(record["conclusie"] == "leeg" for record in many)
    assert page.inner_text("#objects-count").startswith(f"{empty:,}".replace(",", "."))
    assert opened.complaints == []


def test_nothing_is_asked_of_the_network_and_nothing_is_complained_about(visit, team_html):
    opened = visit(team_html, address=OPEN)
    opened.page.check("#filter-status-bezocht")
    opened.page.locator(".object-row").first.click()
    opened.page.click("#object-near")
    assert len(opened.requests) == 1
    assert opened.complaints == []


@pytest.mark.parametrize("width", [1440, 360])
def test_axe_finds_nothing_wrong(visit, team, objects, width):
    team |= {"unsealed": True, "images": [picture()]}
    opened = visit(render(leaving(team)), width=width, address=f"{OPEN}&object={objects[7]['uuid']}")
    opened.page.evaluate("document.querySelectorAll('details').forEach((group) => { group.open = true; })")
    found = Axe().run(opened.page).response["violations"]
    assert [(entry["id"], [node["html"] for node in entry["nodes"]]) for entry in found] == []


@pytest.mark.parametrize("width", [1440, 800, 360])
def test_the_page_is_never_wider_than_the_screen(visit, team_html, objects, width):
    page = visit(team_html, width=width, address=f"{OPEN}&object={objects[7]['uuid']}").page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= max(width, 720)


def test_the_panel_tells_conclusion_reasons_and_evidence(visit, team_html, objects, evidence):
    record = next(record for record in objects if record["redenen"].count("\n") >= 2 and record["adres"])
    page = visit(team_html, address=f"{OPEN}&object={record['uuid']}").page
    panel = page.locator("#object-panel")
    assert panel.locator("h3").text_content() == record["adres"]
    assert panel.locator(".reasons li").all_text_contents() == record["redenen"].split("\n")
    pieces = [piece for piece in evidence if piece["object_uuid"] == record["uuid"]]
    assert panel.locator(".evidence tbody tr").count() == len(pieces)
    facts = panel.inner_text()
    for text in (record["uuid"], record["bron"], "Status", "Peildatum", "Betrouwbaarheid"):
        assert text in facts
    assert "tester" not in facts


def test_an_object_is_drawn_where_it_lies_and_can_be_chosen_there(visit, team_html, objects):
    record = objects[11]
    page = visit(team_html, address=OPEN).page
    longitude, latitude = record["geometrie"]
    page.evaluate(
        "([lat, lng]) => atlas.map.setView([lat, lng], 15, {animate: false})", [latitude, longitude]
    )
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    painted = page.evaluate(
        """() => { const canvas = document.querySelector('.object-canvas');
            const [x, y] = [canvas.width / 2, canvas.height / 2].map(Math.round);
            return canvas.getContext('2d').getImageData(x, y, 1, 1).data[3]; }"""
    )
    assert painted == 255
    box = page.locator("#map").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert page.evaluate("atlas.state.object") == record["uuid"]
    assert page.locator(".object-row[aria-selected='true']").count() == 1


def test_objects_that_would_cover_each_other_are_counted_and_a_circle_opens(
    visit, payload, objects, evidence
):
    for record in objects:
        record["geometrie"] = (6.5661, 53.0)
    page = visit(render(leaving(team_payload(payload, objects, evidence))), address=OPEN).page
    page.wait_for_selector("#circles-note", state="visible")
    before = page.evaluate("atlas.map.getZoom()")
    place = page.evaluate("(({x, y}) => [x, y])(atlas.map.latLngToContainerPoint([53.0, 6.5661]))")
    box = page.locator("#map").bounding_box()
    page.mouse.click(box["x"] + place[0], box["y"] + place[1])
    assert page.evaluate("atlas.map.getZoom()") > before
    assert page.evaluate("atlas.state.object") == ""


def test_pointing_in_the_list_and_on_the_map_light_up_together(visit, team_html):
    page = visit(team_html, address=OPEN).page
    page.locator(".object-row").nth(2).hover()
    assert page.locator(".object-row.marked").get_attribute("aria-posinset") == "3"


@pytest.mark.parametrize("field", ["conclusie", "status"])
def test_every_sign_has_a_shape_of_its_own(visit, team_html, field):
    page = visit(team_html, address=OPEN).page
    shapes = page.evaluate(
        """field => atlas.objects().lists[field].map(
            ([code]) => atlas.symbolMark(field, code).firstChild.getAttribute('d'))""",
        field,
    )
    assert len(set(shapes)) == len(shapes)


def test_the_page_of_a_team_opens_on_its_objects_and_their_list(visit, team_html):
    page = visit(team_html).page
    assert page.is_visible("#object-list")
    assert page.is_hidden("#table")


def test_figures_and_objects_take_turns(visit, team_html):
    page = visit(team_html, address="#niveau=surveyregio").page
    assert page.is_hidden("#objects-side")
    assert page.is_visible("#table")
    title, paths = page.title(), page.locator("#map path").count()
    page.select_option("#choice-theme", "buitengebied")
    assert page.is_visible("#object-list")
    assert page.is_hidden("#table")
    assert page.is_hidden("#indicator")
    assert page.locator("#map path").count() < paths
    page.select_option("#choice-theme", "zorgen")
    assert page.is_hidden("#object-list")
    assert page.is_visible("#table")
    assert page.title() == title
    assert page.locator("#map path").count() == paths
    page.go_back()
    assert page.is_visible("#object-list")


def test_a_page_without_objects_offers_none(visit, page_html):
    opened = visit(page_html, address=f"{OPEN}&conclusie=leeg")
    assert "niet kent: “objecten”" in opened.page.inner_text("#link-note")
    assert "objecten" not in opened.page.inner_text("#choose").lower()
    assert opened.page.is_visible("#table")
    assert "objects" not in opened.state()
    assert opened.complaints == []


def test_whatever_stands_in_a_record_stays_text(visit, payload, objects, evidence):
    for record in objects:
        record.update(dict.fromkeys(("adres", "toelichting", "redenen"), HOSTILE), bron=f"FICTIEF {HOSTILE}")
    opened = visit(render(leaving(team_payload(payload, objects, evidence))), address=OPEN)
    opened.page.locator(".object-row").first.click()
    opened.page.locator(".object-row").nth(3).hover()
    opened.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert opened.page.evaluate("window.hacked") is None
    assert opened.page.locator("#object-panel h3").text_content() == HOSTILE
    assert opened.page.locator("main img").count() == 0
    assert opened.complaints == []


@pytest.mark.parametrize(
    "address", ["objecten=nee", "objecten=ja&object=nergens&status=..&volgorde=__proto__"]
)
def test_a_strange_address_is_no_problem(visit, team_html, address):
    opened = visit(team_html, address=f"#{address}")
    assert opened.state()["object"] == opened.state()["status"] == opened.state()["order"] == ""
    assert opened.complaints == []


def test_an_object_without_a_place_is_in_the_list_and_says_so(visit, payload, objects, evidence):
    objects[5]["geometrie"] = None
    page = visit(
        render(leaving(team_payload(payload, objects, evidence))),
        address=f"{OPEN}&object={objects[5]['uuid']}",
    ).page
    assert "staat niet op de kaart" in page.inner_text("#object-panel")
    assert page.is_disabled("#object-near")


def test_it_says_for_whom_it_is_and_that_it_is_not_sealed(payload, objects, evidence):
    page = render(
        leaving(team_payload(payload, objects, evidence, municipalities=[ASSEN, "GM0014"], unsealed=True))
    )
    assert "Voor het team van de gemeenten Assen en Groningen." in page
    assert "NIET VERZEGELD" in page
    assert "Mail het niet" in page
    assert "Een leeg object is geen verdacht object." in page


def test_a_sealed_page_does_not_say_it_is_not(team_html):
    assert "NIET VERZEGELD" not in re.sub(r"<script>.*?</script>", "", team_html, flags=re.DOTALL)


def test_made_up_objects_are_marked_on_the_page_and_on_the_map(visit, team_html):
    page = visit(team_html, address=OPEN).page
    assert page.is_visible(".notice.fictitious")
    assert page.is_visible("#map-frame .map-mark")


def test_on_paper_stand_the_filters_the_legend_and_every_object(visit, payload):
    many, evidence = fictitious_objects(1200, anchors_of(payload))
    html = render(leaving(team_payload(payload, many, evidence)))
    page = visit(html, address=f"{OPEN}&conclusie=leeg.onbekend.in_gebruik").page
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    listed = Counter(record["conclusie"] for record in many if record["conclusie"] != "gedeeltelijk_leeg")
    text = page.inner_text("#objects-print")
    assert "Filters: Conclusie: In gebruik, Leeg, Onbekend." in text
    assert "staan er niet op" not in text
    assert page.locator("#objects-print tbody tr").count() == sum(listed.values())
    assert "Legenda: conclusie" in text
    counts = page.locator(".printed-map li").evaluate_all(
        "rows => rows.map((row) => row.lastChild.textContent)"
    )
    assert sorted(map(int, counts)) == sorted(listed.values())
    assert page.is_visible(".watermark")
    assert page.is_visible("#objects-print canvas")
    assert page.is_hidden("#object-list")
    assert page.is_hidden("#plot-section")


def test_what_does_not_fit_on_paper_is_counted(visit, payload):
    many, evidence = fictitious_objects(2345, anchors_of(payload))
    page = visit(render(leaving(team_payload(payload, many, evidence))), address=OPEN).page
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#objects-print tbody tr").count() == 2000
    text = page.locator("#objects-print").text_content()
    assert "Op papier staan de eerste 2.000; 345 staan er niet op." in text


def test_without_scripts_there_is_a_table_of_numbers_and_how_to_go_on(visit, team_html, objects):
    page = visit(team_html, scripts=False).page
    text = page.inner_text(".objects-summary")
    assert f"In dit bestand staan {COUNT} objecten." in text
    assert "JavaScript" in text
    row = page.locator(".objects-summary tr", has=page.get_by_role("rowheader", name="Assen", exact=True))
    own = Counter(record["conclusie"] for record in objects if record["gemeente_code"] == ASSEN)
    expected = [own[code] for code in ("in_gebruik", "gedeeltelijk_leeg", "leeg", "onbekend")]
    assert row.locator("td").all_text_contents() == [str(n) for n in (*expected, sum(expected))]


def picture():
    return {
        "name": "Dichtheid van objecten",
        "uri": PIXEL,
        "bounds": [6.1, 52.6, 7.1, 53.5],
        "legend": [{"colour": "#fbe9c6", "label": "weinig"}, {"colour": "#3b1b5c", "label": "veel"}],
        "method": "FICTIEF, peildatum 1 maart 2026",
    }


def test_a_picture_of_a_surface_can_be_switched_on_with_its_legend(visit, team):
    team["images"] = [picture()]
    page = visit(render(leaving(team)), address=OPEN).page
    assert page.locator("img.leaflet-image-layer").count() == 0
    page.get_by_label("Dichtheid van objecten").check()
    assert page.locator("img.leaflet-image-layer").get_attribute("src") == PIXEL
    assert page.locator(".picture-legend").inner_text().split() == [
        "weinig", "veel", "FICTIEF,", "peildatum", "1", "maart", "2026",
    ]  # fmt: skip
    page.get_by_label("Dichtheid van objecten").uncheck()
    assert page.locator("img.leaflet-image-layer").count() == 0


def test_the_same_payload_gives_the_same_bytes(team, team_html):
    assert team_html == render(leaving(json.loads(json.dumps(team))))


def test_objects_on_top_of_each_other_can_each_be_chosen(visit, payload, objects, evidence):
    for record in objects[:3]:
        record["geometrie"] = (6.55, 52.99)
    page = visit(render(leaving(team_payload(payload, objects, evidence))), address=OPEN).page
    page.evaluate("atlas.map.setView([52.99, 6.55], 15, {animate: false})")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    box = page.locator("#map").bounding_box()
    found = set()
    for _click in range(3):
        box = page.locator("#map").bounding_box()
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        found.add(page.evaluate("atlas.state.object"))
    assert found == {record["uuid"] for record in objects[:3]}


def test_on_a_phone_a_team_goes_from_a_figure_back_to_its_objects(visit, team_html):
    opened = visit(team_html, width=390, height=844, address="#niveau=surveyregio")
    assert opened.page.locator("#themes").is_hidden()
    assert opened.page.locator("#choice-theme").is_visible()

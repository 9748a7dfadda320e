"""A sheet shows all its reader needs, legibly: nothing overlaps and nothing is cut."""

from __future__ import annotations

from itertools import combinations

import pytest
from matplotlib import style
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from atlas.core.figures.borders import INFERRED_LABEL
from atlas.sheet.ground import ground_of
from atlas.sheet.layout import Numbering, lay_out
from atlas.sheet.page import DECORATION
from atlas.sheet.typesetting import SUBSTITUTE
from atlas.sheet.view import views_of
from atlas.sheet.writing import DOTS_PER_INCH, DRAWING

HOSTILE = {
    "script": "<script>alert('x')</script> {{ jinja }} \" & $\\frac{a}{b}$ " * 8,
    "right to left": "שלום عليكم \u202eomgekeerd " * 20,
    "emoji": "👨\u200d👩\u200d👧 😀 🏙 " * 30,
    "one word": "Donaudampfschifffahrtsgesellschaftskapitän" * 20,
    "very long": "Dit is een heel lange waarschuwing die maar doorgaat. " * 60,
    "lines": "regel\n\n\nregel\t" * 20,
}


def pages_of(payload):
    ground = ground_of(payload)
    views = views_of(payload)
    pages = []
    with style.context(DRAWING):
        for number, view in enumerate(views, start=1):
            pages += lay_out(view, ground, None, Numbering(number, len(views)))
        for page in pages:
            page.figure.set_dpi(DOTS_PER_INCH)
    assert pages, "no sheet to look at"
    return pages


def texts_of(page):
    return [
        text
        for text in page.figure.findobj(Text)
        if text.get_text() and text.get_visible() and text.get_gid() != DECORATION and text.get_in_layout()
    ]


def words_of(pages):
    return " ".join(" ".join(text.get_text().split()) for page in pages for text in texts_of(page))


def without_spaces(text):
    """A line may end behind a hyphen, where no space was."""
    return "".join(text.split())


def check_nothing_overlaps(page):
    renderer = FigureCanvasAgg(page.figure).get_renderer()
    extents = [(text.get_text(), text.get_window_extent(renderer)) for text in texts_of(page)]
    assert extents, "a sheet without a text"
    for (one, box), (other, second) in combinations(extents, 2):
        width = min(box.x1, second.x1) - max(box.x0, second.x0)
        height = min(box.y1, second.y1) - max(box.y0, second.y0)
        assert width <= 1 or height <= 1, f"{one!r} over {other!r}"
    for text, box in extents:
        assert box.x0 >= 0.04 * page.figure.bbox.width, text
        assert box.x1 <= 0.96 * page.figure.bbox.width, text
        assert box.y0 >= 0.02 * page.figure.bbox.height, text
        assert box.y1 <= 0.98 * page.figure.bbox.height, text


def test_nothing_overlaps_on_any_sheet_of_the_embedded_atlas(payload):
    pages = pages_of(payload)
    assert len(pages) == len(views_of(payload))
    for page in pages:
        check_nothing_overlaps(page)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_neither_overlap_nor_get_cut(one_view, text):
    indicator = one_view["indicators"][0]
    indicator.update(caution=text, question=text, base=text, source=text, label=text[:200])
    indicator["views"][0]["values"]["SR01"]["note"] = text
    one_view.update(title=text[:300], boundary_source=text, notes=[text, text])
    pages = pages_of(one_view)
    for page in pages:
        check_nothing_overlaps(page)


@pytest.mark.parametrize("key", ["caution", "question", "definition", "base"])
def test_every_word_of_a_long_text_is_on_the_sheet(one_view, key):
    words = [f"woord{number}" for number in range(1500)]
    one_view["indicators"][0][key] = " ".join(words)
    shown = set(words_of(pages_of(one_view)).split())
    assert set(words) <= shown


def test_a_title_too_long_for_the_head_stands_in_full_among_the_texts(one_view):
    words = [f"titel{number}" for number in range(150)]
    one_view["indicators"][0]["label"] = " ".join(words)
    pages = pages_of(one_view)
    assert set(words) <= set(words_of(pages).split())
    check_nothing_overlaps(pages[0])


def test_characters_the_typeface_lacks_are_seen_to_be_missing(one_view):
    one_view["indicators"][0]["caution"] = "Let op 🏙 hier"
    assert f"Let op {SUBSTITUTE} hier" in words_of(pages_of(one_view))


@pytest.mark.parametrize("count", [1, 7, 40])
def test_area_names_of_any_length_do_not_overlap(every_state, count):
    for level in every_state["levels"]:
        for area in level["areas"]:
            area["name"] = " ".join([area["name"]] * count)
    for page in pages_of(every_state):
        check_nothing_overlaps(page)


def test_a_heading_longer_than_a_column_does_not_hang(every_state):
    values = every_state["indicators"][0]["views"][0]["values"]
    for area in next(level["areas"] for level in every_state["levels"] if level["id"] == "gemeente"):
        area["name"] = " ".join([area["name"]] * 60)
        values[area["code"]]["note"] = "Bij al deze gebieden hetzelfde."
    for page in pages_of(every_state):
        check_nothing_overlaps(page)


def test_long_values_leave_the_names_room(every_state):
    for value in every_state["indicators"][0]["views"][0]["values"].values():
        if value["value"] is not None:
            value.update(text="€ 10.600.000", interval_text="9.300.000–€ 12.000.000")
    for page in pages_of(every_state):
        check_nothing_overlaps(page)


def test_a_sheet_says_what_a_reader_must_know(one_view):
    shown = words_of(pages_of(one_view))
    indicator = one_view["indicators"][0]
    view = indicator["views"][0]
    wanted = [indicator[key] for key in ("label", "caution", "definition", "base", "source", "place")]
    wanted += [
        view["period_label"],
        view["interval_note"],
        view["overlap_note"],
        view["legend"]["note"],
        *one_view["notes"],
    ]
    wanted += [one_view["audience_label"], one_view["date_label"], one_view["title"]]
    wanted += [entry["label"] for entry in view["legend"]["classes"]]
    for text in wanted:
        assert without_spaces(text) in without_spaces(shown)


def test_every_area_stands_in_the_table_with_figure_interval_and_n(one_view):
    texts = [text.get_text() for page in pages_of(one_view) for text in texts_of(page)]
    view = one_view["indicators"][0]["views"][0]
    for value in [*view["values"].values(), *view["references"]]:
        for key in ("text", "interval_text", "n_text"):
            assert value[key] in texts


def test_the_areas_stand_in_order_of_their_figure(one_view):
    (page,) = pages_of(one_view)
    values = one_view["indicators"][0]["views"][0]["values"].values()
    by_text = {value["n_text"]: value["value"] for value in values}
    placed = [
        (text.get_position()[1], by_text[text.get_text()])
        for text in texts_of(page)
        if text.get_text() in by_text
    ]
    figures = [figure for _y, figure in sorted(placed)]
    assert figures == sorted(figures, reverse=True)


def test_areas_without_a_figure_are_named_with_their_state_and_show_none(every_state):
    (page,) = pages_of(every_state)
    shown = words_of([page])
    values = every_state["indicators"][0]["views"][0]["values"]
    areas = next(level["areas"] for level in every_state["levels"] if level["id"] == "gemeente")
    for area in areas:
        assert without_spaces(area["name"]) in without_spaces(shown)
    labels = {state["status"]: state["label"] for state in every_state["states"]}
    for status in {value["status"] for value in values.values()} - {"ok", "indicatief"}:
        count = sum(value["status"] == status for value in values.values())
        assert f"{labels[status]} ({count})" in shown


def test_the_legend_counts_the_areas_of_each_class_and_state(every_state):
    (page,) = pages_of(every_state)
    texts = texts_of(page)
    legend = every_state["indicators"][0]["views"][0]["legend"]
    labels = {state["status"]: state["label"] for state in every_state["states"]}
    wanted = [(entry["label"], entry["count"]) for entry in legend["classes"]]
    wanted += [(labels[entry["status"]], entry["count"]) for entry in legend["states"]]
    for label, count in wanted:
        # a long label goes on in a second line
        heights = [text.get_position()[1] for text in texts if label.startswith(text.get_text())]
        beside = [
            text for text in texts if text.get_text() == str(count) and text.get_position()[1] in heights
        ]
        assert beside, label


@pytest.mark.parametrize("classes", [7, 12])
def test_a_legend_of_many_classes_and_all_states_fits(every_state, classes):
    legend = every_state["indicators"][0]["views"][0]["legend"]
    legend["classes"] = [
        {"label": f"{number}0 – {number}9%", "colour": "#dd7d7b", "count": 1} for number in range(classes)
    ]
    every_state["indicators"][0]["unit_label"] = "per 1.000 adressen in het buitengebied van de gemeente"
    pages = pages_of(every_state)
    for page in pages:
        check_nothing_overlaps(page)
    explanations = {state["status"]: state["explanation"] for state in every_state["states"]}
    for entry in legend["states"]:
        assert without_spaces(explanations[entry["status"]]) in without_spaces(words_of(pages[:1]))


def test_inferred_regions_say_so_on_the_sheet(one_view):
    shown = words_of(pages_of(one_view))
    assert INFERRED_LABEL in shown
    for level in one_view["levels"]:
        level["inferred_borders"] = []
    assert INFERRED_LABEL not in words_of(pages_of(one_view))


def test_a_sheet_names_the_border_of_the_province_at_every_level(payload):
    views = {view.level["id"]: view for view in views_of(payload)}
    assert len(views) > 1
    for view in views.values():
        page = lay_out(view, ground_of(payload), None, Numbering(1, 1))[0]
        assert "Provinciegrens" in words_of([page])


def test_fewer_than_five_areas_show_their_figures_on_one_neutral_fill(two_views):
    del two_views["indicators"][0]["views"][0]
    (page,) = pages_of(two_views)
    view = two_views["indicators"][0]["views"][0]
    assert view["legend"]["kind"] == "single"
    texts = [text.get_text() for text in texts_of(page)]
    for value in view["values"].values():
        assert texts.count(value["text"]) == 2, "on the map and in the table"


def test_fictitious_data_is_marked_on_every_page(one_view):
    one_view["indicators"][0]["caution"] = HOSTILE["very long"]
    one_view["fictitious"] = True
    pages = pages_of(one_view)
    assert len(pages) > 1
    for page in pages:
        assert "FICTIEF: deze cijfers zijn verzonnen" in words_of([page])
        check_nothing_overlaps(page)
    everything = [text.get_text() for text in pages[0].figure.findobj(Text)]
    assert "FICTIEF" in everything, "the watermark on the map"


def test_a_sheet_for_a_team_is_marked_on_the_map(one_view):
    for audience, marked in (("team", True), ("partners", False)):
        one_view["audience"] = audience
        everything = [text.get_text() for text in pages_of(one_view)[0].figure.findobj(Text)]
        assert ("ALLEEN TEAM" in everything) == marked


def test_real_data_is_not_marked_fictitious(one_view):
    assert all(
        "FICTIEF" not in text.get_text() for page in pages_of(one_view) for text in page.figure.findobj(Text)
    )


def test_the_maker_and_where_to_report_an_error_are_named(one_view):
    one_view["maker"] = {
        "name": "Gemeente Voorbeeld",
        "contact": "atlas@example.org",
        "error_report": "Bel 0500",
    }
    shown = words_of(pages_of(one_view))
    assert "Gemaakt door: Gemeente Voorbeeld · Vragen aan: atlas@example.org" in shown
    assert "Bel 0500" in shown


def test_the_day_of_making_and_that_of_the_data_stand_at_the_foot(one_view):
    shown = words_of(pages_of({**one_view, "made_on": "2026-12-01", "made_on_label": "1 december 2026"}))
    assert "Gemaakt op: 1 december 2026 · Nieuwste gegevens: februari 2026" in shown


def test_a_maker_too_long_for_the_foot_is_named_in_full_above_it(one_view):
    one_view["maker"] = {"name": "Samenwerkende gemeenten " * 6, "contact": "a@b.example", "error_report": ""}
    assert "a@b.example" in words_of(pages_of(one_view))


def test_the_scale_bar_is_true(one_view):
    from atlas.sheet.layout import LARGEST_MAP
    from atlas.sheet.map_panel import MapFrame

    (page,) = pages_of(one_view)
    labels = {text.get_text(): text for text in texts_of(page)}
    start, middle = labels["0"].get_position()[0], labels["10"].get_position()[0]
    metres = (middle - start) * MapFrame(LARGEST_MAP, ground_of(one_view).bounds).mm
    assert metres == pytest.approx(10_000, rel=0.02)

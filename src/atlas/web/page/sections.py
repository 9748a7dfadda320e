"""The parts of the page that stand there without scripts; a script refreshes the same elements."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ...core.areas.place_points import SOURCE as PLACES_SOURCE
from ...core.disclosure.audiences import Audience
from ...core.figures.edition import TRIAL_NOTICE, is_trial, made_facts
from ...core.figures.map_layers import caution_of
from ...core.words.notation import counted, format_number
from . import object_sections
from .drawing import fill_of
from .markup import Markup, element, join

Record = Mapping[str, Any]


def notices(payload: Record) -> Markup:
    """What must be seen before anything else: invented data, and who may not have this file."""
    parts: list[Markup] = []
    if payload["fictitious"]:
        text = "FICTIEF: deze atlas bevat verzonnen gegevens en zegt niets over echte gebieden of mensen."
        parts += [
            element("p", text, class_="notice fictitious"),
            element("div", "FICTIEF", class_="watermark", aria_hidden="true"),
        ]
    if payload["audience"] != Audience.PUBLIC:
        text = f"{payload['audience_label']}. Geef dit bestand niet verder door."
        parts.append(element("p", text, class_="notice audience"))
    if payload["audience"] == Audience.TEAM:  # on every page that is printed
        parts.append(element("div", "ALLEEN TEAM", class_="watermark team", aria_hidden="true"))
    if is_trial(payload):
        parts.append(element("p", TRIAL_NOTICE, class_="notice trial"))
    parts += [team] if (team := object_sections.notices(payload)) else []
    return element("section", *parts, class_="notices", aria_label="Belangrijk") if parts else Markup("")


def masthead(payload: Record) -> Markup:
    """Title, dates, audience and maker."""
    facts = [
        ("Nieuwste gegevens", payload["date_label"]),
        ("Voor", payload["audience_label"]),
        ("Gemaakt op", payload["made_on_label"]),
        ("Gemaakt door", payload["maker"]["name"]),
    ]
    return join(
        element(
            "div",
            element("h1", payload["title"]),
            element("p", payload["subtitle"], class_="subtitle") if payload["subtitle"] else "",
        ),
        _facts(facts, "edition"),
    )


def heading(payload: Record, indicator: Record, view: Record) -> Markup:
    """What the chosen figure is: theme, name, question, level and period, and its caution."""
    theme = next((theme["label"] for theme in payload["themes"] if theme["id"] == indicator["theme"]), "")
    level = level_of(payload, view["level"])
    caution = caution_of(indicator, view)
    return join(
        element("p", theme, class_="theme", id="theme"),
        element("h2", indicator["label"], id="indicator", tabindex="-1"),
        element("p", indicator["question"], class_="question", id="question"),
        element("p", f"{level['label_plural']}, {view['period_label']}", class_="scope", id="scope"),
        element(
            "p",
            element("strong", "Let op"),
            " ",
            element("span", caution, id="caution"),
            class_="caution",
            id="caution-box",
            hidden=not caution,
        ),
    )


def legend(payload: Record, view: Record) -> Markup:
    """Classes and states with the number of areas in each, and the method."""
    drawn = view["legend"]
    counts = {entry["status"]: entry["count"] for entry in drawn["states"]}
    rows = [_legend_row(entry["colour"], entry["label"], entry["count"]) for entry in drawn["classes"]]
    if "circles" in drawn:
        rows = [*(_example_row(drawn["circles"], one) for one in drawn["circles"]["examples"]), *rows]
    states = []
    by_status = {state["status"]: state for state in payload["states"]}
    for status in drawn["offered"]:
        state = by_status[status]
        fill = fill_of(view, {"status": status, "class": 0})
        count = counts.get(status, 0)
        label = f"waarvan {state['label'].lower()}" if status == "indicatief" else state["label"]
        states.append(_legend_row(fill, label, count, state["explanation"] if count else ""))
    return join(
        element("p", "aantal gebieden", class_="count-head"),
        element("ul", *rows, class_="classes", id="legend-classes"),
        element("ul", *states, class_="classes states", id="legend-states"),
        element("p", method_text(drawn), class_="method", id="legend-method"),
        element("p", drawn["note"], class_="method", id="legend-note", hidden=not drawn["note"]),
    )


def _example_row(circles: Record, example: Record) -> Markup:
    """A circle of a round number, as large as on the map; all in boxes of one width."""
    width = math.ceil(2 * circles["examples"][0]["radius"]) + 4
    height = max(math.ceil(2 * example["radius"]) + 4, 18)
    drawn = element("circle", cx=width / 2, cy=height / 2, r=example["radius"], fill=circles["colour"])
    swatch = element(
        "svg",
        drawn,
        class_="swatch circle",
        width=width,
        height=height,
        viewBox=f"0 0 {width} {height}",
        aria_hidden="true",
    )
    return element("li", swatch, element("span", example["label"]), class_="example")


def method_text(drawn: Record) -> str:
    """Which method made the classes."""
    return f"Indeling: {drawn['method_label']}."


def _legend_row(fill: str, label: str, count: int, explanation: str = "") -> Markup:
    swatch = element(
        "svg",
        element("rect", x=0.5, y=0.5, width=27, height=17, fill=fill),
        class_="swatch",
        width=28,
        height=18,
        viewBox="0 0 28 18",
        aria_hidden="true",
    )
    return element(
        "li",
        swatch,
        element("span", label),
        element("span", format_number(count), class_="count"),
        element("small", explanation) if explanation else "",
        class_=None if count else "absent",
    )


def table(payload: Record, indicator: Record, view: Record) -> Markup:
    """Every area with figure, interval, respondents and state, highest first; then what to compare."""
    level = level_of(payload, view["level"])
    caption = join(
        element("bdi", indicator["label"]), f", {level['label_plural'].lower()}, {view['period_label']}"
    )
    kept = view["table"]
    columns = (
        ("area", level["label"]),
        ("province", "Provincie"),
        ("value", "Cijfer"),
        ("low", ends_of(kept)[0]),
        ("high", ends_of(kept)[1]),
        ("n", kept["n"]),
        ("status", kept["status"]),
    )
    provinces = {area["code"]: area["name"] for area in level_of(payload, "provincie")["areas"]}
    head = [
        element(
            "th",
            label,
            scope="col",
            class_=f"column-{key}",
            data_key=key,
            aria_sort="descending" if key == "value" else None,
        )
        for key, label in columns
    ]
    return element(
        "table",
        element("caption", caption, id="table-caption"),
        element("thead", element("tr", *head)),
        element(
            "tbody",
            *(_row(payload, area, view, provinces) for area in by_value(level, view)),
            id="table-rows",
        ),
        element("tbody", *(_reference_row(entry) for entry in view["references"]), id="table-references"),
        id="table",
        data_without=" ".join(name for name in ("interval", "n") if name not in kept["columns"]),
    )


def ends_of(table: Record) -> tuple[str, str]:
    """The headings of the ends of an interval: of 95%, or those that rounding leaves."""
    return ("95% van", "95% tot") if table["interval"].startswith("95%") else ("Van", "Tot")


def by_value(level: Record, view: Record) -> list[Record]:
    """The areas of a level, highest figure first, those without last; by name where they bear no order."""

    def order(area: Record) -> tuple[bool, float, str]:
        value = view["values"][area["code"]]["value"]
        ordered = value is not None and not view["legend"].get("unordered")
        return (value is None, -value if ordered else 0.0, area["name"])

    return sorted(level["areas"], key=order)


def _row(payload: Record, area: Record, view: Record, provinces: Mapping[str, str]) -> Markup:
    value = view["values"][area["code"]]
    state = next(state["label"] for state in payload["states"] if state["status"] == value["status"])
    remark = "indeling afgeleid" if area["inferred"] else ""
    return element(
        "tr",
        element(
            "th",
            element("bdi", area["label"]),
            " ",
            element("small", remark) if remark else "",
            scope="row",
            class_="column-area",
        ),
        element("td", provinces.get(area["province"], ""), class_="column-province"),
        *_figure_cells(value),
        element(
            "td", state, element("small", value["note"]) if value["note"] else "", class_="column-status"
        ),
        data_code=area["code"],
    )


def _figure_cells(entry: Record) -> list[Markup]:
    low, high = interval_ends(entry["interval_text"])
    cells = (("value", entry["text"]), ("low", low), ("high", high), ("n", entry["n_text"] or "–"))
    return [element("td", text, class_=f"column-{column}") for column, text in cells]


def interval_ends(text: str) -> tuple[str, str]:
    """The ends of an interval, each with its unit: "18–25%" -> "18%" and "25%"; dashes when there is none."""
    low, dash, high = text.partition("–")
    return (re.sub(r"−?[\d.,]+", low, high, count=1), high) if dash else ("–", "–")


def _reference_row(entry: Record) -> Markup:
    return element(
        "tr",
        element(
            "th",
            element("bdi", entry["label"]),
            " ",
            element("small", "ter vergelijking"),
            scope="row",
            class_="column-area",
        ),
        element("td", class_="column-province"),
        *_figure_cells(entry),
        element("td", class_="column-status"),
    )


def about_indicator(indicator: Record, view: Record) -> Markup:
    """Source, base, definition and how the interval was made: always open."""
    source = ", ".join(part for part in (indicator["source"], indicator["place"]) if part)
    facts = (
        ("definition", "Definitie", indicator["definition"]),
        ("base", "Onder wie", indicator["base"]),
        ("source", "Bron", source),
        ("interval", "Onzekerheid", view["interval_note"]),
    )
    return element(
        "dl",
        *(
            element("div", element("dt", label), element("dd", text, id=f"about-{key}"), hidden=not text)
            for key, label, text in facts
        ),
        class_="about",
    )


def cards(payload: Record) -> Markup:
    """What is known without a figure per area, as a range or in words: text, never on the map."""
    if not payload["cards"]:
        return Markup("")
    themes = [
        (theme["id"], theme["label"], [card for card in payload["cards"] if card["theme"] == theme["id"]])
        for theme in payload["themes"]
    ]
    return element(
        "section",
        element("h2", "In tekst, niet op de kaart", id="cards-title"),
        element(
            "p",
            "Hiervan hebben wij geen cijfer per gebied. Het panelonderzoek heeft bij bijna elke vraag een "
            "figuur per provincie, maar de waarden daarin ontbreken in de tekstversie die wij hebben.",
            class_="lead",
        ),
        *(
            element(
                "details",
                element("summary", element("h3", label), " ", element("span", _in_text(len(of_theme)))),
                element(
                    "ul", *(_card(card, named=_one_source(of_theme)) for card in of_theme), class_="cards"
                ),
                *(
                    [element("p", f"Bron: {of_theme[0]['source']}.", class_="base")]
                    if _one_source(of_theme)
                    else []
                ),
                data_theme=theme,
                data_count=len(of_theme),
            )
            for theme, label, of_theme in themes
            if of_theme
        ),
        class_="panel-cards",
        aria_labelledby="cards-title",
    )


def _in_text(number: int) -> str:
    return counted(number, "cijfer of bevinding", "cijfers en bevindingen")


def _one_source(of_theme: Sequence[Record]) -> bool:
    """Whether these cards come from one publication: then it is named once, below them."""
    return len(of_theme) > 1 and len({card["source"] for card in of_theme}) == 1


def _card(card: Record, *, named: bool) -> Markup:
    """A card; where its publication is `named` elsewhere, only the place in it."""
    source = ", ".join(part for part in ("" if named else card["source"], card["place"]) if part)
    return element(
        "li",
        element("div", element("h4", card["label"]), element("p", card["base"], class_="base")),
        element("p", card["text"], class_="finding"),
        element(
            "div",
            element("p", card["caution"], class_="remark") if card["caution"] else "",
            element(
                "p",
                f"{'In de bron' if named else 'Bron'}: {source}. Periode: {card['period_label']}.",
                class_="base",
            ),
        ),
    )


def about_atlas(payload: Record) -> Markup:
    """What holds for every figure, and where the borders come from."""
    return join(
        element("ul", *(element("li", note) for note in payload["notes"])),
        element("p", f"{payload['boundary_source']} {PLACES_SOURCE}"),
    )


def colophon(payload: Record) -> Markup:
    """Who made it and when, whom to ask, how new the data are, for whom, and where to report an error."""
    report = payload["maker"]["error_report"] or "Meld het bij degene van wie u deze atlas kreeg."
    facts = (*made_facts(payload), ("Voor", payload["audience_label"]), ("Fout gezien?", report))
    return _facts(facts, "colophon")


def level_of(payload: Record, identifier: str) -> Record:
    """The level with this id."""
    return next(level for level in payload["levels"] if level["id"] == identifier)


def _facts(facts: Sequence[tuple[str, str]], class_: str | None = None) -> Markup:
    rows = (
        element("div", element("dt", label), element("dd", text), data_fact=label)
        for label, text in facts
        if text
    )
    return element("dl", *rows, class_=class_)

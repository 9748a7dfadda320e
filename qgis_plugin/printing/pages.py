"""What stands on the page of a municipality, in words and numbers taken from the payload; no QGIS here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, Any

from ..atlas.core.disclosure.audiences import Audience
from ..atlas.core.figures.edition import made_line
from ..atlas.core.figures.map_layers import caution_of, class_spread
from ..atlas.core.schema.rural import FICTITIOUS
from ..atlas.core.words.notation import counted, format_period
from ..figures import level_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Entry = Mapping[str, Any]

#: the page has room for the area, its province and the country
ROWS = 3
_PROVINCE_PREFIX = "PV"
_INDICATIVE = "indicatief"
_FICTITIOUS_FIGURES = f"{FICTITIOUS}: deze cijfers zijn verzonnen en zeggen niets over een echt gebied."
#: the figures may be real while the objects are not
FICTITIOUS_OBJECTS = f"{FICTITIOUS}: de objecten op deze kaart zijn verzonnen; zo'n object bestaat niet."
#: QGIS writes no tags in a PDF
_FOR_A_SCREEN_READER = "Dit vel is niet voor te lezen; dezelfde cijfers staan op de HTML-pagina van de atlas."
#: QGIS knows no margins in the text of a label
_GAP = '<div style="font-size:2pt">&nbsp;</div>'
#: where the legend begins a new line
LEGEND_BREAK = "|"


@dataclass(frozen=True)
class Row:
    """A line of the table: a figure as text, and as numbers for the drawing (None where there is none)."""

    name: str
    figure: str
    interval: str
    n: str
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class MunicipalityPage:
    """One page: its municipality, what the figure is of, the lines of its table, and remarks as HTML."""

    code: str
    name: str
    heading: str
    explanation: str
    rows: tuple[Row, ...]
    remarks: str


def municipality_pages(payload: Entry, view: Entry, codes: Sequence[str]) -> list[MunicipalityPage]:
    """The pages of municipalities, in the order of the payload.

    A figure is told of the area in which it was measured: a region's is never called the municipality's.

    Args:
        payload: The published figures.
        view: One of the views of an indicator of it.
        codes: CBS codes of municipalities.
    """
    municipalities = level_of(payload, "gemeente")["areas"]
    return [_page(payload, view, area) for area in municipalities if area["code"] in set(codes)]


def with_objects(
    page: MunicipalityPage, drawn: int, left_out: int, valid_until: str = ""
) -> MunicipalityPage:
    """The page with the sentences on the objects of a dossier: how many are on its map, not, and for whom.

    Args:
        page: Of a municipality.
        drawn: How many objects are on its map.
        left_out: How many are not.
        valid_until: ISO date of the last day on which they may be used; "" when that is not known.
    """
    number = {0: "geen objecten"}.get(drawn, _objects(drawn))
    text = f"Op deze kaart: {number} uit het dossier van deze gemeente. Leegstand is geen strafbaar feit."
    if left_out:
        text += (
            f" {_objects(left_out)} {'staat' if left_out == 1 else 'staan'} er niet op: de gemeente is niet "
            "zeker, of de plaats is niet bekend."
        )
    text += " Alleen voor het team van deze gemeente, voor het doel in het register van uitgifte."
    if valid_until:
        text += f" Te gebruiken tot en met {format_period(valid_until)}."
    return replace(page, remarks=page.remarks + _html(("Objecten", text)))


def _objects(count: int) -> str:
    return counted(count, "object", "objecten")


def edition_variables(payload: Entry, indicator: Entry, view: Entry) -> dict[str, object]:
    """The variables of the layout: everything that is the same on every page.

    The headings and their order are those of the printed sheets of `atlas build`; texts are HTML.
    """
    level = level_of(payload, view["level"])
    ticks = view["axis"]["ticks"]
    return {
        "atlas_titel": payload["title"],
        "atlas_doelgroep": payload["audience_label"]
        + ("" if payload["audience"] == Audience.PUBLIC else ". Geef dit niet verder door."),
        "atlas_cijfer": indicator["label"],
        "atlas_ondertitel": " · ".join(
            (f"Per {level['label'].lower()}", view["period_label"], indicator["unit_label"])
        ),
        "atlas_kolom": "Gebied",
        "atlas_letop": caution_of(indicator, view),
        "atlas_legenda": f"Legenda, {indicator['unit_label']}",
        "atlas_tekst_links": _html(
            ("Vraag", indicator["question"]),
            ("Wat het cijfer zegt", indicator["definition"]),
            ("Over wie", indicator["base"]),
            *((state["label"], state["explanation"]) for state in _occurring_states(payload, view)),
        ),
        "atlas_tekst_midden": _html(
            ("Het interval", view["interval_note"]),
            ("Deze uitgave", sentences([made_line(payload), _FOR_A_SCREEN_READER])),
            ("Fout gezien?", payload["maker"]["error_report"]),
        ),
        "atlas_tekst_rechts": _html(
            ("Klassen", _classes_text(view["legend"])),
            ("Algemeen", sentences(payload["notes"])),
            ("Bron", ", ".join(part for part in (indicator["source"], indicator["place"]) if part)),
        ),
        "atlas_voet": sentences(
            [
                ", ".join(part for part in (payload["title"], payload["date_label"]) if part),
                payload["boundary_source"],
            ]
        ),
        "atlas_as_min": view["axis"]["min"],
        "atlas_as_max": view["axis"]["max"],
        "atlas_as_waarden": "|".join(str(tick["value"]) for tick in ticks),
        "atlas_as_streepjes": "|".join(tick["label"] for tick in ticks),
        "atlas_fictief": _FICTITIOUS_FIGURES if payload["fictitious"] else "",
    }


def legend_labels(indicator: Entry, view: Entry) -> dict[str, str]:
    """Label of a class or state -> the same with its areas, their n and how far their intervals reach."""
    values = list(view["values"].values())
    labels = {}
    for number, entry in enumerate(view["legend"]["classes"]):
        members = [value for value in values if value["class"] == number]
        labels[entry["label"]] = _with_members(entry["label"], entry["count"], indicator, members)
    return labels


def state_counts(payload: Entry, view: Entry) -> dict[str, str]:
    """Label of a state that occurs -> the same with its number of areas."""
    counts = {entry["status"]: entry["count"] for entry in view["legend"]["states"]}
    return {
        state["label"]: f"{state['label']} ({_areas(counts[state['status']])})"
        for state in _occurring_states(payload, view)
    }


def sentences(texts: Iterable[str]) -> str:
    """Texts one after another, each as a sentence: a capital in front, a full stop behind."""
    ended = [text if text.endswith((".", "!", "?", ":")) else f"{text}." for text in texts if text]
    return " ".join(text[0].upper() + text[1:] for text in ended)


def _page(payload: Entry, view: Entry, municipality: Entry) -> MunicipalityPage:
    level = level_of(payload, view["level"])
    code, name = municipality["code"], municipality["name"]
    area = next((area for area in level["areas"] if code in area["members"]), None)
    heading = f"Gemeente {name}"
    if area is None or area["code"] not in view["values"]:
        return MunicipalityPage(code, name, heading, "Van deze gemeente is dit cijfer niet bekend.", (), "")
    value = view["values"][area["code"]]
    references = [
        entry
        for entry in view["references"]
        if entry["code"] != area["code"]
        and (entry["code"] == municipality["province"] or not entry["code"].startswith(_PROVINCE_PREFIX))
    ]
    rows = (_row(area["label"], value), *(_row(entry["label"], entry) for entry in references))[:ROWS]
    notes = [(area["label"], area["note"] if area["inferred"] else ""), (area["label"], value["note"])]
    explanation = _measured_in(payload, level, area, municipality)
    if value["value"] is None:
        state = next(state for state in payload["states"] if state["status"] == value["status"])
        explanation += f" {state['label']}: {state['explanation']}"
    return MunicipalityPage(code, name, heading, explanation, rows, _html(*notes))


def _measured_in(payload: Entry, level: Entry, area: Entry, municipality: Entry) -> str:
    """The sentence that says of which area the figure is."""
    name = municipality["name"]
    if level["id"] == "gemeente":
        return "Het cijfer is gemeten in deze gemeente."
    what = f"de {level['label'].lower()} {area['name']}"
    if list(area["members"]) == [municipality["code"]]:
        return f"Het cijfer is gemeten in {what}, die alleen uit deze gemeente bestaat."
    others = ""
    if level["id"] != "provincie":
        names = {entry["code"]: entry["name"] for entry in level_of(payload, "gemeente")["areas"]}
        beside = [names[code] for code in area["members"] if code != municipality["code"]]
        others = f" met {_listing(beside)}"
    return (
        f"{name} is niet apart gemeten. Het cijfer is van {what}, waarin {name}{others} ligt; "
        f"het zegt niets over {name} alleen."
    )


def _listing(names: Sequence[str]) -> str:
    return " en ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def _row(name: str, entry: Entry) -> Row:
    indicative = entry["status"] == _INDICATIVE
    return Row(
        f"{name} (indicatief)" if indicative else name,
        entry["text"] if entry["value"] is not None else "–",
        entry["interval_text"],
        entry["n_text"],
        entry["value"],
        entry["low"],
        entry["high"],
    )


def _occurring_states(payload: Entry, view: Entry) -> Iterator[Entry]:
    shown = {entry["status"] for entry in view["legend"]["states"]}
    return (state for state in payload["states"] if state["status"] in shown)


def _classes_text(legend: Entry) -> str:
    method = legend["method_label"] if legend["kind"] == "classes" else ""
    return sentences([method, legend["note"]])


def _with_members(label: str, count: int, indicator: Entry, members: Sequence[Entry]) -> str:
    spread = class_spread(indicator, members)
    counted = f"{label} ({_areas(count)})"
    return LEGEND_BREAK.join((counted, spread)) if spread else counted


def _areas(count: int) -> str:
    return counted(count, "gebied", "gebieden")


def _html(*paragraphs: tuple[str, str]) -> str:
    """Headings with their texts; what is empty is left out."""
    return "".join(
        f"<div><b>{escape(heading)}</b></div><div>{escape(text, quote=False)}</div>{_GAP}"
        for heading, text in paragraphs
        if text.strip()
    )

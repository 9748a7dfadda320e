"""The page itself: the template filled once with the opening view, the data and the fixed files."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING, Any

from ...core.areas.place_points import place_points
from ...core.disclosure.released import content_of
from ...core.figures.page_form import as_columns
from . import assets, background_section, object_sections, progress_section, sections
from .drawing import drawing, patterns
from .markup import Markup, element, escape, join, json_block
from .shapes import packed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...core.areas.place_points import PlacePoint
    from ...core.disclosure.released import Released
    from ...core.figures.payload import Payload
    from .basemap import Basemap


def render(
    released: Released[Payload],
    *,
    layers: Sequence[Mapping[str, Any]] = (),
    basemap: Basemap | None = None,
) -> str:
    """The atlas as one HTML document that asks nothing of any other computer.

    The same payload gives the same text: no clock, no random name.

    Args:
        released: The published atlas (`core.figures.payload.build_payload`).
        layers: Extra layers an analyst added: {"name", "shown", "parts": [...]}, as `added_layers` writes
            them, or {"name", "tiles"}; positions in WGS84, images as data: addresses.
        basemap: Background tiles the reader may switch on; without it the page can ask for nothing at all.

    Raises:
        AtlasError: Leaflet or a file of the page is missing: the installation is incomplete.
    """
    payload = content_of(released)
    indicator, view = opening(payload)
    objects = bool(payload.get("objects"))
    parts = {
        "policy": escape(assets.policy((basemap.origin,) if basemap else (), objects=objects)),
        "title": escape(payload["title"]),
        "styles": assets.inlined("style", assets.styles(objects=objects)),
        "notices": sections.notices(payload),
        "masthead": sections.masthead(payload),
        "heading": sections.heading(payload, indicator, view),
        "objects_heading": object_sections.heading(payload),
        "objects_filters": object_sections.filters(payload),
        "objects_side": object_sections.side(payload),
        "objects_summary": object_sections.summary(payload),
        "drawing": drawing(payload, view["level"], view, described_by="indicator scope"),
        "lines": lines_text(payload, view),
        "legend": sections.legend(payload, view),
        "about_indicator": sections.about_indicator(indicator, view),
        "table": sections.table(payload, indicator, view),
        "progress": progress_section.section(payload),
        "cards": sections.cards(payload),
        "background": background_section.section(payload),
        "about_atlas": sections.about_atlas(payload),
        "colophon": sections.colophon(payload),
        "patterns": patterns(payload),
        "data": join(
            json_block("atlas-payload", _data(payload)),
            object_sections.data(payload),
            json_block(
                "atlas-extras",
                {
                    "layers": list(layers),
                    "basemap": basemap and basemap.as_data(),
                    # the page has room for the villages and towns, not for every hamlet
                    "places": ";".join(_packed_place(one) for one in place_points() if one.official),
                },
            ),
        ),
        "scripts": assets.inlined("script", assets.scripts(objects=objects)),
    }
    return Template(assets.template()).substitute(parts)


def _data(payload: Mapping[str, Any]) -> dict[str, Any]:
    short = as_columns(payload)
    told = {**object_sections.without_records(payload), **short, **packed(short["levels"])}
    for written in ("cards", "background", "campaigns"):  # what stands in the page and no script changes
        told.pop(written, None)
    return told


def _packed_place(place: PlacePoint) -> str:
    """A name, and how far east of 6 and north of 52 degrees, in thousandths: near enough for a name."""
    return f"{place.name},{round((place.lon - 6) * 1e3)},{round((place.lat - 52) * 1e3)}"


def opening(payload: Mapping[str, Any]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The indicator and view that the page opens with."""
    wanted = payload["opening"]
    indicator = next(entry for entry in payload["indicators"] if entry["id"] == wanted["indicator"])
    key = (wanted["level"], wanted["period"])
    return indicator, next(view for view in indicator["views"] if (view["level"], view["period"]) == key)


def lines_text(payload: Mapping[str, Any], view: Mapping[str, Any]) -> Markup:
    """What the lines on the map mean; the dashed ones only where there are any."""
    level = sections.level_of(payload, view["level"])
    return join(
        element("span", "dikke lijn: provinciegrens", class_="line thick"),
        element("span", "dunne lijn: gemeentegrens", class_="line thin"),
        element(
            "span",
            "streepjeslijn: regio-indeling afgeleid, onze tekst noemt de gemeenten niet",
            class_="line dashed",
            id="dashed-line",
            hidden=not level["inferred_borders"],
        ),
        element("span", level["note"], id="level-note", hidden=not level["note"]),
    )

"""One figure for a memo: a sentence, two areas side by side, a picture, a table, a slide or a paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..core.areas.divisions import area, members, membership
from ..core.areas.resolving import resolve
from ..core.figures.statements import (
    Comparison,
    area_label,
    check_shown,
    compare,
    sentence_of,
    short_sentence_of,
)
from ..core.files.new_file import new_file
from ..core.files.output_gate import check_outputs
from ..core.words.errors import AtlasError
from .building import published_payload, reports_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from ..core.areas.divisions import Area
    from ..core.disclosure.released import Released
    from ..core.figures.payload import Payload
    from .configuration import Configuration

_SHEET_LEVELS = "Van een cijfer per wijk is er geen plaatje: zoveel namen passen er niet op."


@dataclass(frozen=True, slots=True)
class Asked:
    """Which figure: by id or name, and at which level and period; "" takes the first that exists."""

    indicator: str
    level: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A figure of a published atlas."""

    released: Released[Payload]
    indicator: Mapping[str, Any]
    view: Mapping[str, Any]

    @property
    def payload(self) -> Payload:
        """The published atlas."""
        return self.released.content

    @property
    def parts(self) -> tuple[Mapping[str, Any], Mapping[str, Any], Mapping[str, Any]]:
        """Atlas, figure and map."""
        return self.payload, self.indicator, self.view

    def area(self, text: str) -> str:
        """The code of an area of the map, by name or code.

        Raises:
            AtlasError: there is none, or more than one.
        """
        known = resolve(text, self.view["level"]).area
        if known is None or known.code not in self.view["values"]:
            level = next(level for level in self.payload["levels"] if level["id"] == self.view["level"])
            raise AtlasError(
                "Dit gebied staat niet op deze kaart.",
                detail=_told_within(resolve(text).area, self.view["values"]),
                got=text,
                expected=", ".join(area["label"] for area in level["areas"][:30]),
                hint="Schrijf de naam zoals hij op de kaart staat.",
                choices=("level",),
            )
        return known.code


def _told_within(asked: Area | None, codes: Iterable[str]) -> str:
    """Of a municipality without a figure of its own: in which area of the map it lies."""
    if asked is None or asked.level != "gemeente":
        return ""
    for code in codes:
        if asked in members(code):
            inferred = " (zo is de indeling afgeleid)" if membership(code).kind == "afgeleid" else ""
            return (
                f"{asked.label} ligt in {area(code).label}{inferred}; daarvan is er een cijfer, "
                "van de gemeente alleen niet."
            )
    return ""


def find_figure(configuration: Configuration, asked: Asked, output: Path | None = None) -> Found:
    """A figure of what a configuration publishes; own tables are joined as for the atlas itself.

    Args:
        configuration: Edition, own tables and boundaries.
        asked: Which figure.
        output: The file that will be made: reports of own tables are written beside it.

    Raises:
        AtlasError: the figure does not exist, or not at that level and period.
    """
    released = published_payload(configuration, output)
    mapped = [entry for entry in released.content["indicators"] if entry["views"]]
    wanted = asked.indicator.strip().casefold()
    indicator = next(
        (entry for entry in mapped if wanted in (entry["id"].casefold(), entry["label"].casefold())), None
    )
    if indicator is None:
        raise AtlasError(
            "Dit cijfer heeft geen kaart.",
            got=asked.indicator,
            expected="; ".join(entry["id"] for entry in mapped),
            hint="Kies een cijfer uit de lijst.",
        )
    for view in indicator["views"]:
        if asked.level in ("", view["level"]) and asked.period in ("", view["period"]):
            return Found(released, indicator, view)
    raise AtlasError(
        "Dit cijfer is op dit niveau of in deze periode niet gemeten.",
        where=indicator["label"],
        got=" ".join(filter(None, (asked.level, asked.period))),
        expected="; ".join(f"{view['level']} {view['period']}" for view in indicator["views"]),
        choices=("level", "period"),
    )


def check_place(output: Path, configuration: Configuration, config: Path | None) -> None:
    """Check before any work is done where a file will stand, and the reports of own tables beside it.

    Args:
        output: The file.
        configuration: What it will be made of.
        config: The file that was read from, if any.

    Raises:
        AtlasError: see `check_outputs`.
    """
    read = [config, configuration.boundaries, *(table.join.path for table in configuration.tables)]
    check_outputs([output], reports=reports_of(configuration.tables, output.parent), inputs=read)


def sentence(configuration: Configuration, asked: Asked, area: str) -> str:
    """The figure of an area as sentences, see `statements.sentence_of`."""
    found = find_figure(configuration, asked)
    return sentence_of(*found.parts, found.area(area))


def comparison(configuration: Configuration, asked: Asked, first: str, second: str) -> Comparison:
    """Two areas side by side, see `statements.compare`."""
    found = find_figure(configuration, asked)
    return compare(*found.parts, found.area(first), found.area(second))


def write_picture(configuration: Configuration, asked: Asked, shape: str, output: Path) -> None:
    """Write the map as a picture, `.png` or `.svg`; `shape` is landscape or portrait."""
    from ..sheet.picture import KINDS

    kind = _kind_of(output, [f".{kind}" for kind in KINDS])
    found = find_figure(configuration, asked, output)
    content = _picture(found, shape, kind)
    with new_file(output) as beside:
        beside.write_bytes(content)


def write_table(configuration: Configuration, asked: Asked, output: Path) -> None:
    """Write the figures of the map as a table, `.csv` or `.xlsx`."""
    from ..store.memo_files import TABLE_SUFFIXES, write_figure_table

    _kind_of(output, TABLE_SUFFIXES)
    found = find_figure(configuration, asked, output)
    write_figure_table(output, found.released, found.indicator, found.view)


def write_slide(configuration: Configuration, asked: Asked, area: str, output: Path) -> None:
    """Write one slide (`.pptx`) with the map, or one paragraph (`.docx`), about the figure of an area.

    Raises:
        AtlasError: the figure of the area is withheld, or not known.
    """
    from ..sheet.picture import in_words
    from ..store.memo_files import SLIDE_SUFFIXES, Slide
    from ..store.memo_files import write_slide as write

    kind = _kind_of(output, SLIDE_SUFFIXES)
    found = find_figure(configuration, asked, output)
    code = found.area(area)
    check_shown(found.payload, found.view, code, area_label(found.payload, found.view, code))
    picture = b"" if kind == "docx" else _picture(found, "landscape", "png")
    title = found.indicator["label"] if kind == "docx" else short_sentence_of(*found.parts, code)
    slide = Slide(title, sentence_of(*found.parts, code), picture, in_words(*found.parts))
    write(output, found.released, slide)


def _picture(found: Found, shape: str, kind: str) -> bytes:
    from ..sheet.picture import draw_picture

    if next(level for level in found.payload["levels"] if level["id"] == found.view["level"])["detail"]:
        raise AtlasError(_SHEET_LEVELS, hint="Neem de tabel, of de pagina.", choices=("level",))
    return draw_picture(found.released, found.indicator, found.view, shape=shape, kind=kind)


def _kind_of(output: Path, suffixes: tuple[str, ...] | list[str]) -> str:
    suffix = output.suffix.lower()
    if suffix not in suffixes:
        raise AtlasError(
            "Dit soort bestand wordt hier niet gemaakt.",
            got=output.suffix or "geen extensie",
            expected=" of ".join(suffixes),
            where=str(output),
        )
    return suffix[1:]

"""QML: how QGIS draws a layer, from the legend that the core decided.

QGIS gets one rule for each class, with the class number the core gave, and is never asked to classify. The
pieces are templates in `styles/`.
"""

from __future__ import annotations

import re
import textwrap
from functools import cache
from html import escape
from string import Template
from typing import TYPE_CHECKING, Any

from ..areas.crs import rd_from_wgs84
from ..disclosure.squares import SQUARES
from ..files.embedded import embedded_path
from .borders import INFERRED_LABEL, Line, inferred_by_area
from .circles import MM_PER_PIXEL
from .map_layers import caution_of, cited, legend_notes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..schema.published import Field, Layer

#: pattern of a state -> (template, its settings) for each symbol layer that draws it
_PATTERNS: Mapping[str, tuple[tuple[str, Mapping[str, str]], ...]] = {
    "none": (),
    "diagonal": (("lijnen", {"angle": "45"}),),
    "horizontal": (("lijnen", {"angle": "0"}),),
    "cross": (("lijnen", {"angle": "45"}), ("lijnen", {"angle": "135"})),
    "dots": (("stippen", {}),),
}
#: level -> colour and width (mm) of its border, heavier for larger areas
_BORDERS = {
    "wijk": ("#7a7a7a", "0.16"),
    SQUARES: ("#7a7a7a", "0.16"),
    "gemeente": ("#5a5a5a", "0.26"),
    "surveyregio": ("#333333", "0.5"),
    "provincie": ("#111111", "0.8"),
}
#: name and figure in lines; what is withheld or unknown says its hatching
_FIGURE_LABEL = """replace("naam", '/', '/\\n') || if("waarde" IS NULL, '', '\\n' || "tekst")"""
#: in a map tip, of a figure that has no interval
_NO_INTERVAL = """[% if("waarde" IS NULL OR "interval" <> '', '', '{note}' || '<br>') %]"""
#: where QGIS may put a label (`Qgis.LabelPlacement`): at a point, or anywhere in the area
_OVER_POINT, _HORIZONTAL = "1", "4"
#: characters on a line of a note in the legend
_NOTE_WIDTH = 38
_INFERRED_COLOUR = "#333333"
#: large circles first, so that none hides another; circles above every area, not only their own
_ORDER = """    <orderby>
      <orderByClause asc="0" nullsFirst="0">"waarde"</orderByClause>
    </orderby>
"""
_XML_FORBIDS = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XML_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
#: a reader makes blanks of these in an attribute (XML 1.0, 3.3.3)
_LINE_ENDS = str.maketrans({"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def xml_text(text: str) -> str:
    """Text as it may stand anywhere in XML: escaped, without the control characters XML has no place for."""
    return _XML_FORBIDS.sub("", text).translate(_XML_ESCAPES)


def xml_attribute(text: str) -> str:
    """Text as an attribute of XML, quotes included."""
    return f'"{xml_text(text).translate(_LINE_ENDS)}"'


def map_style(
    payload: Mapping[str, Any],
    indicator: Mapping[str, Any],
    view: Mapping[str, Any],
    fields: Sequence[Field],
) -> str:
    """The style of a map layer.

    Args:
        payload: What `core.figures.payload.build_payload` returns: its states have the patterns, its levels
        say of
            which borders are inferred; they are dashed.
        indicator: An indicator of it; what must be known of it stands in the map tip.
        view: A view of the indicator: its legend decides everything.
        fields: The fields of the layer.

    Returns:
        QML with a rule for each class and each state in the legend, hatching included, and below them the
        notes of the legend, as rules that draw nothing.
    """
    level = next(entry for entry in payload["levels"] if entry["id"] == view["level"])
    legend = view["legend"]
    by_status = {state["status"]: state for state in payload["states"]}
    drawing = _Drawing(view.get("moments", ()))
    border = _border(*_BORDERS["gemeente"])
    shown_states = {entry["status"] for entry in legend["states"]}
    circles = _circles(legend)
    for number, entry in enumerate(legend["classes"]):
        drawing.add(entry["label"], _in_class(number, entry), [_fill(entry["colour"]), border, *circles])
    for example in legend.get("circles", {}).get("examples", ()):
        circle = _marker(legend["circles"]["colour"], diameter=2 * MM_PER_PIXEL * example["radius"])
        drawing.add(example["label"], "FALSE", [circle], kind="marker")
    for status in (status for status in by_status if status in shown_states):
        state = by_status[status]
        layers = _pattern(state["pattern"])
        if status != "indicatief":  # that one is a class colour with hatching on top
            layers = [_fill(state["colour"]), *layers, border]
        drawing.add(state["label"], f"\"status\" = '{status}'", layers)
    drawing.add_inferred(level["geometry"], level["inferred_borders"])
    for note in legend_notes(view, indicator["denominator"]):
        drawing.note(note)
    if drawing.moments:
        drawing.note(f"Zonder gekozen moment staat {drawing.moments[-1][1]} op de kaart.")
    occurring = {value["status"] for value in view["values"].values()}
    states = [state for state in payload["states"] if state["status"] in occurring]
    tip = _map_tip(states, indicator, view)
    below = f"{diameter_expression(legend['circles']['radius_of_one'])} / 2" if circles else ""
    return drawing.qml(fields, tip, label=_FIGURE_LABEL, below=below)


def boundary_style(
    level: str,
    label: str,
    fields: Sequence[Field],
    *,
    geometry: Mapping[str, Mapping[str, Any]] | None = None,
    inferred_borders: Sequence[Sequence[str]] = (),
    label_field: str = "",
) -> str:
    """The style of a boundary layer: its border, dashed where it is inferred.

    Args:
        level: Of the boundaries.
        label: What the legend calls them.
        fields: The fields of the layer.
        geometry: Area code -> GeoJSON in WGS84; needed only for the dashed lines.
        inferred_borders: As `borders.inferred_pairs` says.
        label_field: The field whose text stands in each area, "" for no text.
    """
    drawing = _Drawing()
    drawing.add(label, "", [_border(*_BORDERS[level])])
    drawing.add_inferred(geometry or {}, inferred_borders)
    return drawing.qml(fields, '<b>[% "naam" %]</b>', label=f'"{label_field}"' if label_field else "")


def table_style(fields: Sequence[Field]) -> str:
    """The "style" of a table without geometry: the Dutch names of its columns."""
    return Template(_text("tabel.qml")).substitute(aliases=_aliases(fields))


def round_style(layer: Layer) -> str:
    """The style of a layer of a round that is handed out: its stops, or the way between them."""
    return Template(_text(f"{layer.name}.qml")).substitute(aliases=_aliases(layer.fields))


class _Drawing:
    """Rules and their symbols, in the order in which they are drawn and listed.

    Args:
        moments: Of a layer with a clock, see `time_views.view_through_time`; without a chosen moment it shows
            the last of them.
    """

    def __init__(self, moments: Sequence[tuple[str, str, str, str]] = ()) -> None:
        self.moments = moments
        self._rules: list[str] = []
        self._symbols: list[str] = []

    def add(self, label: str, condition: str, layers: Sequence[str], *, kind: str = "fill") -> None:
        """Add a rule; `kind` is "marker" for an example of the legend, which is as large as on the map."""
        number = len(self._rules)
        if self.moments and condition != "FALSE":
            condition = f"{condition} AND {self._seen()}"
        condition_part = f" filter={xml_attribute(condition)}" if condition else ""
        self._rules.append(
            f'<rule key="{{regel-{number}}}" symbol="{number}" label={xml_attribute(label)}{condition_part}/>'
        )
        numbered = "".join(
            Template(layer).substitute(symbol=f"@{number}@{position}")
            for position, layer in enumerate(layers)
        )
        self._symbols.append(f'<symbol name="{number}" type="{kind}">\n{numbered}</symbol>')

    def add_inferred(self, geometry: Mapping[str, Mapping[str, Any]], pairs: Sequence[Sequence[str]]) -> None:
        """Add the dashed lines over the areas: a part of the outline of an area, which no outline can be."""
        lines = {code: found for code, found in inferred_by_area(geometry, pairs).items() if found}
        if lines:
            line = _template("afgeleid", colour=_rgba(_INFERRED_COLOUR), lines=xml_text(_lines_of(lines)))
            self.add(INFERRED_LABEL, _codes(sorted(lines)), [line])

    def _seen(self) -> str:
        """Of all periods that lie over each other: that of the clock, or the newest when there is none.

        It asks the clock itself: QGIS opens a layer of a file with its own clock off.
        """
        start, end = _days(self.moments)
        newest = _of_period(self.moments[-1][0])
        return (
            f"CASE WHEN @map_start_time IS NULL THEN {newest} "
            f"ELSE {start} < @map_end_time AND {end} > @map_start_time END"
        )

    def note(self, text: str) -> None:
        """Add a text to the legend: a rule without a symbol, for no area."""
        label = xml_attribute("\n".join(textwrap.wrap(text, _NOTE_WIDTH)))
        self._rules.append(f'<rule key="{{regel-{len(self._rules)}}}" label={label} filter="FALSE"/>')

    def qml(self, fields: Sequence[Field], map_tip: str, *, label: str, below: str = "") -> str:
        """The style; `below` is the radius in millimetres of the circle that a label stands under."""
        if self.moments:
            label = f"if({self._seen()}, {label}, '')"
        offset = _template("onder_cirkel", offset=xml_text(f"'0,' || coalesce({below}, 0)")) if below else ""
        labels = _template(
            "labels",
            expression=xml_text(label).translate(_LINE_ENDS),
            # below its circle, or where it covers no other area's label, in its own area if it can be
            placement=_OVER_POINT if below else _HORIZONTAL,
            quadrant="7" if below else "4",
            offset=offset,
        )
        return Template(_text("laag.qml")).substitute(
            categories="|Temporal" if self.moments else "",
            temporal=_temporal(*_days(self.moments)) if self.moments else "",
            ordered="1" if below else "0",
            order=_ORDER if below else "",
            labels_enabled="1" if label else "0",
            rules="\n".join(self._rules),
            symbols="\n".join(self._symbols),
            labels=labels if label else "",
            map_tip=_XML_FORBIDS.sub("", map_tip).replace("]]>", "]]]]><![CDATA[>"),
            aliases=_aliases(fields),
        )


def _in_class(number: int, entry: Mapping[str, Any]) -> str:
    condition = f'"klasse" = {entry.get("number", number)}'
    if "periods" not in entry:
        return condition
    return f'{condition} AND "periode" IN ({", ".join(map(_quoted, entry["periods"]))})'


def _days(moments: Sequence[tuple[str, str, str, str]]) -> tuple[str, str]:
    """From when to when a row holds: its period is text, so QGIS is told the days of each."""
    if all(re.fullmatch("[0-9]{4}", moment[0]) for moment in moments):
        start, end = (f'make_datetime(to_int("periode"){more}, 1, 1, 0, 0, 0)' for more in ("", " + 1"))
        return start, end
    start, end = (_cases((_of_period(moment[0]), _moment(moment[at])) for moment in moments) for at in (2, 3))
    return start, end


def _temporal(start: str, end: str) -> str:
    return _template("tijd", start=xml_attribute(start)[1:-1], end=xml_attribute(end)[1:-1])


def _moment(day: str) -> str:
    return "make_datetime({}, {}, {}, 0, 0, 0)".format(*map(int, day.split("-")))


def _quoted(text: str) -> str:
    """A text in an expression of QGIS."""
    return "'{}'".format(text.replace("\\", "\\\\").replace("'", "''"))


def _map_tip(
    states: Sequence[Mapping[str, str]], indicator: Mapping[str, Any], view: Mapping[str, Any]
) -> str:
    """What QGIS shows under the pointer: the figure, how sure it is, among whom, what to mind, the source."""
    state = " ".join(
        f"WHEN \"status\" = '{state['status']}' THEN '{_tip_text(state['label'])}'" for state in states
    )
    moments, gaps = view.get("moments", ()), view.get("gaps", ())
    period = _tip_text(view["period_label"])
    if moments:
        named = ((_of_period(moment[0]), _quoted(moment[1])) for moment in moments if moment[0] != moment[1])
        period = "[% {} %]".format(_cases(named, otherwise='"periode"'))
    broken = [
        (f'"code" = {_quoted(code)} AND {_of_period(at)}', _quoted(f"<br><b>Gebroken</b>: {_tip_text(note)}"))
        for code, at, note in gaps
    ]
    told = (
        ("Onder wie", indicator["base"]),
        ("Let op", indicator["caution"] if moments else caution_of(indicator, view)),
        ("Bron", cited(indicator)),
    )
    lines = "".join(f"<br><b>{label}</b>: {_tip_text(text)}" for label, text in told if text)
    values = view["values"].values()
    bare = any(value["value"] is not None and not value["interval_text"] for value in values)
    return Template(_text("symbolen", "kaarttip.html")).substitute(
        label=_tip_text(indicator["label"]),
        period=period,
        state=state,
        no_interval=_NO_INTERVAL.format(note=_tip_text(view["interval_note"])) if bare else "",
        n="; van " if indicator["denominator"] else "; n = ",
        denominator=_tip_text(f" {indicator['denominator']}" if indicator["denominator"] else ""),
        lines=f"{lines}[% {_cases(broken)} %]" if broken else lines,
    )


def _of_period(period: str) -> str:
    return f'"periode" = {_quoted(period)}'


def _cases(told: Iterable[tuple[str, str]], *, otherwise: str = "''") -> str:
    """An expression of QGIS: what belongs to the first condition that holds."""
    cases = " ".join(f"WHEN {condition} THEN {found}" for condition, found in told)
    return f"CASE {cases} ELSE {otherwise} END" if cases else otherwise


def _tip_text(text: str) -> str:
    """Text of a source inside a map tip: no HTML, no expression of QGIS, no quotation mark of one."""
    return escape(text, quote=True).replace("[%", "[&#37;")


def _aliases(fields: Sequence[Field]) -> str:
    """Aliases as QML: a GIS with a GDAL before 3.7 does not see those in the GeoPackage itself."""
    return "\n".join(
        f'<alias field="{field.name}" index="{position}" name={xml_attribute(field.alias)}/>'
        for position, field in enumerate(fields, start=1)  # 0 is the fid
    )


@cache
def _text(*parts: str) -> str:
    # a style stands in the file for each map: no indents, nothing that QGIS assumes, and what is there for
    # each class (vlak, rand) in the short form that QGIS wrote before 3.18 and still reads
    return re.sub(r"(?m)^ +", "", embedded_path("styles", *parts).read_text(encoding="utf-8"))


def _template(name: str, **settings: str) -> str:
    """A piece of QML; the number of a symbol layer (`$symbol`) stays open."""
    return Template(_text("symbolen", f"{name}.xml")).safe_substitute(settings)


def _pattern(pattern: str) -> list[str]:
    return [_template(name, **settings) for name, settings in _PATTERNS[pattern]]


def _fill(colour: str) -> str:
    """A fill with a white edge, on which a border stands out beside any colour."""
    return _template("vlak", colour=_rgba(colour))


def _border(colour: str, width: str) -> str:
    return _template("rand", colour=_rgba(colour), width=width)


def _lines_of(lines: Mapping[str, Sequence[Line]]) -> str:
    """An expression of QGIS: the lines that an area draws, in EPSG:28992 as the layers are."""
    cases = " ".join(
        f"WHEN \"code\" = '{code}' THEN geom_from_wkt('{_wkt(found)}')" for code, found in lines.items()
    )
    return f"CASE {cases} END"


def _wkt(lines: Sequence[Line]) -> str:
    parts = ", ".join(
        "(" + ", ".join("{:.0f} {:.0f}".format(*rd_from_wgs84(*point)) for point in line) + ")"
        for line in lines
    )
    return f"MULTILINESTRING({parts})"


def _rgba(colour: str) -> str:
    """A colour as QGIS writes it: "#dd7d7b" -> "221,125,123,255"."""
    return ",".join(str(int(colour[start : start + 2], 16)) for start in (1, 3, 5)) + ",255"


def diameter_expression(radius_of_one: float) -> str:
    """The diameter of a circle in millimetres, as an expression of QGIS on the field `waarde`."""
    return f'{2 * MM_PER_PIXEL * radius_of_one:.6f} * sqrt("waarde")'


def _circles(legend: Mapping[str, Any]) -> list[str]:
    """What draws a count on its area: nothing for a fill."""
    if "circles" not in legend:
        return []
    key = legend["circles"]
    marker = _marker(key["colour"], diameter=0, expression=diameter_expression(key["radius_of_one"]))
    return [Template(_text("symbolen", "cirkel.xml")).safe_substitute(marker=marker)]


def _marker(colour: str, *, diameter: float, expression: str = "") -> str:
    return _template(
        "merkteken",
        colour=_rgba(colour),
        diameter=f"{diameter:.4f}",
        follows="true" if expression else "false",
        expression=xml_text(expression),
    )


def _codes(codes: Sequence[str]) -> str:
    quoted = ", ".join(f"'{code}'" for code in codes)
    return f'"code" IN ({quoted})'

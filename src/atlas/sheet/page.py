"""One page, A4 or as large as a picture is, addressed in millimetres from its top left corner."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from .structure import LEAVES, Box, Element
from .typesetting import INK, MM_PER_POINT, RULE, Style, font_properties, text_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.axes import Axes
    from matplotlib.backend_bases import RendererBase

WIDTH_MM, HEIGHT_MM = 210.0, 297.0
MARGIN_MM = 14.0
_MM_PER_INCH = 25.4
#: marks the texts that lie over others on purpose: the watermark, the outline behind a label
DECORATION = "versiering"


#: how far before its place a line of text begins, in parts of its width
_BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0}


class _Line(Text):
    """One level line of text on its baseline, as wide as `typesetting` says.

    matplotlib would lay out the text once more to find out where it begins: half of the time of a sheet.
    """

    def __init__(self, place: tuple[float, float], text: str, style: Style, align: str) -> None:
        super().__init__(
            *place,
            text,
            fontproperties=font_properties(style),
            color=style.colour,
            ha=align,
            va="baseline",
            parse_math=False,  # a dollar sign is a dollar sign
        )
        before_mm = _BEFORE[align] * text_width(text, style)
        self._before_points = before_mm / MM_PER_POINT

    def draw(self, renderer: RendererBase) -> None:
        """Write the line, in the part of the page whose key is its name."""
        if not self.get_text():
            return
        renderer.open_group("text", self.get_gid())
        x, y = self.get_transform().transform(self.get_position())
        context = renderer.new_gc()
        context.set_foreground(self.get_color())
        renderer.draw_text(
            context,
            x - renderer.points_to_pixels(self._before_points),
            renderer.get_canvas_width_height()[1] - y if renderer.flipy() else y,
            self.get_text(),
            self.get_fontproperties(),
            0.0,
            mtext=self,
        )
        context.restore()
        renderer.close_group("text")


class Page:
    """A figure with the few marks a sheet is made of; every position in millimetres.

    What is drawn inside a `part` belongs to it; what is drawn outside all parts only decorates the page.
    """

    def __init__(self, width_mm: float = WIDTH_MM, height_mm: float = HEIGHT_MM) -> None:
        self._size = (width_mm, height_mm)
        self.figure = Figure(figsize=(width_mm / _MM_PER_INCH, height_mm / _MM_PER_INCH), facecolor="white")
        self.axes = self.panel(Box(0, 0, width_mm, height_mm), zorder=2)
        self.axes.set(xlim=(0, width_mm), ylim=(height_mm, 0))
        self.content = Element("Sect")
        #: name of an element -> the element, for all that is drawn on this page
        self.elements: dict[str | None, Element] = {}
        self._open = [self.content]

    @contextmanager
    def part(
        self, tag: str, text: str = "", *, alt: str = "", scope: str = "", box: Box | None = None
    ) -> Iterator[Element]:
        """Add a part behind those that the open part has; what is drawn meanwhile belongs to it."""
        element = Element(tag, text, alt, scope, box)
        self.add(element)
        with self.inside(element):
            yield element

    def add(self, element: Element) -> None:
        """Put an element behind those that the open part has."""
        self._open[-1].children.append(element)

    @contextmanager
    def inside(self, element: Element) -> Iterator[None]:
        """Open a part that exists already; it is not added to another."""
        self.elements[element.key] = element
        self._open.append(element)
        yield
        self._open.pop()

    def text_key(self) -> str | None:
        """Name of the part that text belongs to that is written now."""
        return self._open[-1].key if self._open[-1].tag in LEAVES else None

    def drawing_key(self) -> str | None:
        """Name of the figure that lines and areas belong to that are drawn now; in a text they decorate."""
        return self._open[-1].key if self._open[-1].tag == "Figure" else None

    def panel(self, box: Box, *, zorder: float) -> Axes:
        """An empty drawing area without frame, ticks or ground."""
        width, height = self._size
        axes = self.figure.add_axes(
            (box.left / width, 1 - box.bottom / height, box.width / width, box.height / height),
            zorder=zorder,
        )
        axes.set_axis_off()
        return axes

    def text(self, x: float, baseline: float, text: str, style: Style, align: str = "left") -> Text:
        """Write one line of printable text; `align` is left, center or right of `x`."""
        line = _Line((x, baseline), text, style, align)
        line.set_gid(self.text_key())
        self.axes.add_artist(line)
        return line

    def paragraph(
        self, x: float, top: float, lines: Sequence[str], style: Style, align: str = "left"
    ) -> float:
        """Write lines below `top`; returns where the next text may begin."""
        for position, line in enumerate(lines):
            self.text(x, top + style.ascent_mm + position * style.line_mm, line, style, align)
        return top + len(lines) * style.line_mm

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        *,
        colour: str = RULE,
        width: float = 0.5,
        dashes: tuple[float, ...] | None = None,
        zorder: float = 1,
    ) -> None:
        """Draw a straight line, `width` and `dashes` in points."""
        self.lines([(start, end)], colour=colour, width=width, dashes=dashes, zorder=zorder)

    def lines(
        self,
        segments: Sequence[tuple[tuple[float, float], tuple[float, float]]],
        *,
        colour: str = RULE,
        width: float = 0.5,
        dashes: tuple[float, ...] | None = None,
        zorder: float = 1,
    ) -> None:
        """Draw straight lines that look the same."""
        self.axes.add_collection(
            LineCollection(
                segments,
                colors=colour,
                linewidths=width,
                linestyles=[(0, dashes)] if dashes else "solid",
                capstyle="butt",
                gid=self.drawing_key(),
                zorder=zorder,
            ),
            autolim=False,
        )

    def rectangle(
        self, box: Box, *, fill: str, edge: str = "none", width: float = 0.4, zorder: float = 1
    ) -> None:
        """Draw a filled rectangle, the width of its edge in points."""
        self.axes.add_artist(
            Rectangle(
                (box.left, box.top),
                box.width,
                box.height,
                facecolor=fill,
                edgecolor=edge,
                linewidth=width,
                gid=self.drawing_key(),
                zorder=zorder,
            )
        )

    def watermark(self, text: str, box: Box) -> None:
        """Write a large pale word aslant over a box."""
        self.axes.text(
            box.left + box.width / 2,
            box.top + box.height / 2,
            text,
            fontproperties=font_properties(Style(64, bold=True)),
            color=INK,
            alpha=0.13,
            rotation=50,
            ha="center",
            va="center",
            parse_math=False,
            gid=DECORATION,
            zorder=8,
        )

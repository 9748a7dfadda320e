"""One indicator at one level and period, as a sheet reads it from the payload."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class View:
    """The parts of the payload that one sheet shows; nothing is decided here that the payload decided."""

    payload: Mapping[str, Any]
    indicator: Mapping[str, Any]
    view: Mapping[str, Any]

    @property
    def level(self) -> Mapping[str, Any]:
        """The level the figures were measured at."""
        return next(level for level in self.payload["levels"] if level["id"] == self.view["level"])

    @property
    def areas(self) -> Sequence[Entry]:
        """The areas of the level."""
        return self.level["areas"]

    @property
    def values(self) -> Mapping[str, Entry]:
        """Area code -> value."""
        return self.view["values"]

    @property
    def legend(self) -> Mapping[str, Any]:
        """The legend, with its classes and the states that occur."""
        return self.view["legend"]

    @property
    def title(self) -> str:
        """What the sheet is of: figure, level and period."""
        return (
            f"{self.indicator['label']} ({self.level['label_plural'].lower()}, {self.view['period_label']})"
        )

    @property
    def file_stem(self) -> str:
        """The name of the sheet's file without its suffix."""
        return f"{self.indicator['id']}-{self.view['level']}-{self.view['period']}"

    def state(self, status: str) -> Entry:
        """Label, explanation, pattern and colour of a state."""
        return next(state for state in self.payload["states"] if state["status"] == status)

    def fill_of(self, code: str) -> tuple[str, str]:
        """Colour and pattern of an area: its class with the state's pattern, or the state's own colour."""
        value = self.values[code]
        state = self.state(value["status"])
        if value["class"] is None:
            return state["colour"], state["pattern"]
        return self.legend["classes"][value["class"]]["colour"], state["pattern"]

    def figure_of(self, code: str) -> str:
        """The figure for on the map; the pattern says it already when there is none."""
        value = self.values[code]
        return "" if value["value"] is None else value["text"]

    def with_figure(self) -> list[Entry]:
        """Areas that show a figure, highest first; equal figures by name."""
        shown = [area for area in self.areas if self.values[area["code"]]["value"] is not None]
        return sorted(shown, key=lambda area: (-self.values[area["code"]]["value"], area["name"]))

    def without_figure(self) -> Iterator[tuple[Entry, list[Entry]]]:
        """State -> its areas, for the states that show no figure."""
        for state in self.payload["states"]:
            areas = [
                area
                for area in self.areas
                if self.values[area["code"]]["value"] is None
                and self.values[area["code"]]["status"] == state["status"]
            ]
            if areas:
                yield state, areas


def views_of(payload: Mapping[str, Any], *, every_period: bool = True) -> list[View]:
    """Every view of the payload, in its own order; or of each figure and level the newest only."""
    views = [
        View(payload, indicator, view) for indicator in payload["indicators"] for view in indicator["views"]
    ]
    if every_period:
        return views
    newest = {(one.indicator["id"], one.view["level"]): one for one in reversed(views)}
    return [one for one in views if newest[one.indicator["id"], one.view["level"]] is one]

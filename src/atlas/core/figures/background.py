"""Figures of one area as a whole: beside the map, never on it, and never divided over the areas in it."""

from __future__ import annotations

from typing import Any

from ..files.embedded import read_embedded_csv
from ..words.errors import AtlasError
from ..words.notation import format_number
from .indicators import embedded_sources

#: unit -> how a figure of it is written
_WRITTEN = {"aantal": "{}", "percent": "{}%", "mln_euro": "€ {} mln"}
_NO_FIGURE = "-"


def background() -> list[dict[str, Any]]:
    """The groups of figures, each of one area, source and row of periods, with what a reader must know.

    Returns:
        A group has `area`, `label`, `source`, `place`, `caution`, `periods` (as written) and `figures`; a
        figure has `label`, `caution`, and for every period `values` (None where there is none) and `texts`.

    Raises:
        AtlasError: the embedded data contradict themselves.
    """
    sources = {source.id: source for source in embedded_sources()}
    rows = read_embedded_csv("data", "survey", "achtergrond.csv")
    groups = []
    for group in read_embedded_csv("data", "survey", "achtergrond_groepen.csv"):
        of_group = [row for row in rows if row["groep"] == group["id"]]
        if len({row["perioden"] for row in of_group}) != 1:
            raise AtlasError("Een groep cijfers heeft meer dan één rij perioden.", where=group["id"])
        groups.append(
            {
                "area": group["gebied"],
                "label": group["label"],
                "source": sources[group["bron"]].citation,
                "place": group["plaats"],
                "caution": group["let_op"],
                "periods": of_group[0]["perioden"].split(),
                "figures": list(map(_figure, of_group)),
            }
        )
    return groups


def _figure(row: dict[str, str]) -> dict[str, Any]:
    values = [None if text == _NO_FIGURE else float(text) for text in row["waarden"].split()]
    if len(values) != len(row["perioden"].split()):
        raise AtlasError(
            "Een cijfer heeft niet voor elke periode een waarde of een streepje.", where=row["id"]
        )
    decimals = 1 if row["eenheid"] == "mln_euro" else 0
    written = _WRITTEN[row["eenheid"]]
    return {
        "label": row["label"],
        "caution": row["let_op"],
        "values": values,
        "texts": [
            "" if value is None else written.format(format_number(value, decimals)) for value in values
        ],
    }

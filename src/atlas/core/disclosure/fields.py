"""Who may see what: one table, one question, and "no" to everything the table does not name.

Every output asks `may_leave` for each field before the file is written; what may not be seen is left out of
the file, never hidden by styling.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ..files.embedded import read_embedded_csv
from ..words.errors import AtlasError
from ..words.spelling import normalise
from .audiences import Audience

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: a density may not be finer than this: below it every separate hill is a yard
LEAST_BANDWIDTH_M, LEAST_CELL_M = 500.0, 100.0
_ANSWERS = {"ja": True, "nee": False}


class Counted(NamedTuple):
    """What a figure counts or is made of, as its maker says it ("" when he does not), and who says so."""

    what: str
    #: the table, for a sentence
    where: str
    #: whether the numbers stand in a protected table, whose rules decide instead
    rounded: bool = False


def may_leave(layer: str, field: str, audience: str) -> bool:
    """Whether a field of a layer may reach an audience.

    Names are compared exactly. An unknown layer, field or audience, a name in another case or with a space
    too many, or something that is no text at all: the answer is no.

    Args:
        layer: Name of a layer, e.g. "waarde".
        field: Name of a field of that layer; "geometrie" for its shapes.
        audience: The value of an `Audience`.
    """
    asked = (layer, field, audience)
    return all(isinstance(name, str) for name in asked) and asked in _allowed()


def countable() -> tuple[str, ...]:
    """What the project knows that can be counted, by its first name."""
    return tuple(row["telt"] for row in read_embedded_csv("data", "disclosure", "tellingen.csv"))


def check_counts_may_leave(counts: str, audience: str, where: str) -> None:
    """Refuse a count of what an audience may not have counted; what is counted must be said and known.

    A user's own count of signals, objects, visits, findings or persons reaches nobody but a team: only those
    of a dossier can be protected (see `protected`).

    Args:
        counts: What is counted, as the user says it; "" when he doesn't.
        audience: The value of an `Audience`.
        where: The table, for the sentence.

    Raises:
        AtlasError: it may not leave, or it is not known what is counted.
    """
    known = _counted_things()
    row = known.get(normalise(counts))
    if row is not None and row.get(audience) == "ja":
        return
    if row is None and audience == Audience.TEAM:
        return
    allowed = ", ".join(dict.fromkeys(row["telt"] for row in known.values() if row.get(audience) == "ja"))
    if row is None:
        raise AtlasError(
            "Van een eigen telling moet bekend zijn wat er is geteld.",
            where=where,
            got=counts or "niets",
            expected=f"voor {audience} een van: {allowed}",
            hint="Een telling van signalen, objecten, bezoeken, bevindingen of personen is voor een team.",
            choices=("counts",),
        )
    raise AtlasError(
        f"Een telling van {row['telt']} gaat niet naar {audience}.",
        where=where,
        got=counts,
        detail=row["toelichting"],
        hint="Maak hiervan een uitgave voor een team, of laat dit cijfer weg.",
        choices=("audience", "counts"),
    )


def is_public_count(text: str) -> bool:
    """Whether a text names something that may be counted for everyone, and nothing that may not.

    Args:
        text: What a figure is called, e.g. "Inwoners per gemeente".
    """
    words = normalise(text)
    answers = {
        row[Audience.PUBLIC]
        for name, row in _counted_things().items()
        if re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", words)
    }
    return answers == {"ja"}


def density_square_m(bandwidth_m: float, cell_m: float) -> float:
    """The side of the squares to whose centre points are moved before their density is made, in metres.

    A kernel is known and smooth: from the cells around one point its place can be computed to the metre, with
    any bandwidth (measured: tests/flows/test_same_records.py). A point that was moved to the centre of a
    square of half the bandwidth can't be told from any other in that square.

    Raises:
        AtlasError: a bandwidth or cell below the least.
    """
    for what, got, least in (
        ("bandbreedte", bandwidth_m, LEAST_BANDWIDTH_M),
        ("cel", cell_m, LEAST_CELL_M),
    ):
        if not got >= least:
            raise AtlasError(
                f"Met deze {what} wijst de dichtheid plekken aan.",
                got=f"{got:g} m",
                expected=f"minstens {least:g} m",
                hint="Voor de plekken zelf is er de uitvoer van de laag, voor het team.",
            )
    return bandwidth_m / 2


@cache
def _counted_things() -> Mapping[str, Mapping[str, str]]:
    """What may be counted, by every name it goes by -> its row."""
    return {
        normalise(name): row
        for row in read_embedded_csv("data", "disclosure", "tellingen.csv")
        for name in (row["telt"], *row["ook"].split("|"))
        if name
    }


def permissions(rows: Iterable[Mapping[str, str]]) -> frozenset[tuple[str, str, str]]:
    """The (layer, field, audience) triples that a table of "ja" and "nee" allows.

    Args:
        rows: With `laag`, `veld` and a column for an `Audience`; one that has no column may see nothing.

    Raises:
        AtlasError: a field is listed twice, or a cell is neither "ja" nor "nee": a table that can be read in
            two ways is refused as a whole.
    """
    seen: set[tuple[str, str]] = set()
    allowed = set()
    for row in rows:
        layer, field = row["laag"], row["veld"]
        if (layer, field) in seen:
            raise AtlasError("Een veld staat twee keer in de tabel met rechten.", where=f"{layer}, {field}")
        seen.add((layer, field))
        for audience in Audience:
            if audience not in row:
                continue
            if row[audience] not in _ANSWERS:
                raise AtlasError(
                    "Een recht is geen 'ja' of 'nee'.",
                    where=f"{layer}, {field}, {audience}",
                    got=row[audience] or "een lege cel",
                    expected=", ".join(_ANSWERS),
                )
            if _ANSWERS[row[audience]]:
                allowed.add((layer, field, audience))
    return frozenset(allowed)


@cache
def _allowed() -> frozenset[tuple[str, str, str]]:
    return permissions(read_embedded_csv("data", "disclosure", "velden.csv"))

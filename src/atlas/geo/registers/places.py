"""Built-up places: the built-up areas (bebouwde kom) of TOP10NL, the population centres (kernen) of CBS."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...core.tables.column_names import folded
from ...core.words.errors import AtlasError
from ..reading.shape_layers import mend_polygons, read_register_rows, shape_reading, texts
from ..reading.versions import drop_ended, keep_best
from .register_layouts import CBS_KERNEN, TOP10NL_PLACES

if TYPE_CHECKING:
    from pathlib import Path

    from ..reading.frames import Reading
from ..reading.shape_layers import ShapeRows

#: villages of one part, and those of several: only together they are all of them
_ONE_PART, _SEVERAL_PARTS = TOP10NL_PLACES.layers[0]
#: a column of this name says by itself that the polygons are kernen
_SAYS_KERN = ("kern", "bkcode", "bknaam", "bknummer")
_YES, _NO = ("ja", "j", "true", "1", "waar"), ("nee", "n", "false", "0", "onwaar", "")


def read_built_up(path: Path, *, crs: str | None = None) -> Reading:
    """Read the built-up areas of TOP10NL (plaats_vlak and plaats_multivlak, bebouwdekom 'ja' or true).

    Args:
        path: GeoPackage, GeoJSON, GML or Shapefile, a folder of pages, or a ZIP; of several layers those with
            'plaats_vlak' and 'plaats_multivlak' in their name.
        crs: The system of the coordinates, when the user knows better than the file.

    Returns:
        naam ("" when it has none) and geometry (EPSG:28992, valid polygons).

    Raises:
        AtlasError: unreadable, no column bebouwdekom, a wrong coordinate system, or no built-up area at all.
    """
    rows = read_register_rows(path, TOP10NL_PLACES, crs=crs)
    _note_other_layer(rows)
    begin = texts(rows, "begin")
    keep_best(
        rows.sieve, texts(rows, "lokaalid"), [begin], subject="Dit vlak", why="dat later is geregistreerd"
    )
    drop_ended(rows.sieve, texts(rows, "eind"), begin)
    answers = np.array([text.lower() for text in texts(rows, "bebouwdekom")], dtype=object)
    unknown = sorted(set(answers) - {*_YES, *_NO})
    if unknown:
        raise AtlasError(
            "In de kolom bebouwdekom staat iets anders dan ja of nee.",
            where=str(path),
            got=", ".join(unknown)[:200],
            expected="ja of nee, of true of false",
        )
    rows.sieve.reject(
        np.isin(answers, _NO), "geen_bebouwde_kom", "Dit vlak is volgens TOP10NL geen bebouwde kom."
    )
    return _polygons(rows)


def read_kernen(path: Path, *, crs: str | None = None) -> Reading:
    """Read the population centres (bevolkingskernen) of CBS.

    Ribbon development is no part of a kern: in the peat colonies a whole village may lie outside it.

    Args:
        path: GeoPackage, GeoJSON, GML or Shapefile, a folder of pages, or a ZIP; of several layers the one
            with 'kern' in its name.
        crs: The system of the coordinates, when the user knows better than the file.

    Returns:
        naam ("" when it has none) and geometry (EPSG:28992, valid polygons).

    Raises:
        AtlasError: unreadable, no columns of kernen, a wrong coordinate system, or nothing in the provinces.
    """
    rows = read_register_rows(path, CBS_KERNEN, crs=crs)
    _check_kernen(path, rows)
    return _polygons(rows)


def _check_kernen(path: Path, rows: ShapeRows) -> None:
    """Any polygons would do for a program; those of municipalities would leave no countryside at all."""
    named = [folded(column) for column in rows.taken.values()]
    if any(column.startswith(word) or word in column[-9:] for column in named for word in _SAYS_KERN):
        return
    if rows.taken and all("kern" in layer.lower() for layer in rows.layers):
        return
    raise AtlasError(
        "Dit bestand heeft geen kolommen van bevolkingskernen.",
        where=f"{path}, laag {', '.join(rows.layers)}",
        got="de kolommen " + ", ".join(rows.fields),
        expected="de kernen van het CBS, met een kolom als bk_naam, kernnaam of bevolkingskern_code",
        hint="Bebouwde kommen van TOP10NL horen bij de methode kom."
        if any(folded(column) == "bebouwdekom" for column in rows.fields)
        else "Controleer of dit het goede bestand en de goede laag is.",
    )


def _note_other_layer(rows: ShapeRows) -> None:
    """TOP10NL has two layers: with only one of them some villages would be countryside."""
    together = " ".join((*rows.layers, *rows.sieve.names)).lower()
    for here, other in ((_ONE_PART, _SEVERAL_PARTS), (_SEVERAL_PARTS, _ONE_PART)):
        if here in together and other not in together:
            rows.sieve.note(
                f"Alleen {here} is gelezen; TOP10NL heeft ook {other}. Wat daarin ligt, telt hier als "
                "buitengebied: haal beide lagen op en zet ze in één map of bestand."
            )


def _polygons(rows: ShapeRows) -> Reading:
    mend_polygons(rows)
    return shape_reading(rows, {"naam": texts(rows, "naam")})

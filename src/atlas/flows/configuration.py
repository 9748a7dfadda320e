"""The configuration file of `atlas build`: a few lines of TOML that put a user's own tables in the atlas."""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.figures.classes import DIRECTIONS
from ..core.figures.edition import Edition, Maker
from ..core.figures.indicators import MEASURES
from ..core.files.toml_file import read_toml, why_not_toml
from ..core.joining.figure_intake import year_of
from ..core.joining.own_figures import Figure
from ..core.words.errors import AtlasError
from ..core.words.spelling import legible
from ..web.page import BRT_GREY, Basemap
from .joining import TableJoin

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class OwnTable:
    """A table to join and the figure it becomes."""

    join: TableJoin
    figure: Figure


@dataclass(frozen=True, slots=True)
class Configuration:
    """What `atlas build` makes."""

    edition: Edition = field(default_factory=Edition)
    tables: tuple[OwnTable, ...] = ()
    #: the embedded survey figures are in the atlas as well
    survey: bool = True
    #: figures of the panel that its bureaus filled in (`atlas panel workbook`)
    panel: Path | None = None
    #: a folder with gemeenten, provincies and surveyregios, or None for the embedded boundaries
    boundaries: Path | None = None
    #: the background map, used only when asked for
    basemap: Basemap = BRT_GREY
    #: rules for figures of a dossier that this maker set otherwise, with why (`core.disclosure.rules`)
    rules: Mapping[str, Any] = field(default_factory=dict)


def read_configuration(path: Path) -> Configuration:
    """Read and check a configuration file; paths in it are relative to the file.

    Raises:
        AtlasError: no file, no TOML, an unknown key, a wrong type or a missing key.
    """
    try:
        content = read_toml(path)
    except OSError as error:
        raise AtlasError(
            "Het configuratiebestand kan niet worden gelezen.",
            where=str(path),
            hint="Controleer de naam en de map.",
        ) from error
    except UnicodeDecodeError as error:
        raise AtlasError(
            "Het configuratiebestand is geen tekst in UTF-8.", where=str(path), hint="Sla het op als UTF-8."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise AtlasError(
            "Het configuratiebestand is geen geldige TOML.", where=str(path),
            got=why_not_toml(error),
            hint="Vergelijk het met het voorbeeld atlas.voorbeeld.toml.",
        ) from error  # fmt: skip
    return _configuration(content, path)


def _configuration(content: Mapping[str, Any], path: Path) -> Configuration:
    _check_keys(content, {"atlas", "maker", "table", "boundaries", "basemap", "rules", "panel"}, str(path))
    atlas = _section(content, "atlas", path)
    _check_keys(
        atlas,
        {"title", "subtitle", "audience", "fictitious", "opening", "made_on", "survey"},
        f"{path}, [atlas]",
    )
    maker = _record(Maker, _section(content, "maker", path), f"{path}, [maker]")
    for name in ("boundaries", "panel"):
        if not isinstance(content.get(name, ""), str):
            raise _wrong_type(f"{path}, {name}", content[name], "str")
    boundaries, panel = content.get("boundaries"), content.get("panel")
    basemap = _section(content, "basemap", path)
    survey = atlas.get("survey", True)
    if not isinstance(survey, bool):
        raise _wrong_type(f"{path}, [atlas] survey", survey, "bool")
    own = {key: value for key, value in atlas.items() if key != "survey"}
    if type(own.get("made_on")) is date:  # TOML knows days; a day between quotes is as good
        own["made_on"] = own["made_on"].isoformat()
    return Configuration(
        edition=_record(Edition, own, f"{path}, [atlas]", maker=maker),
        tables=tuple(
            _own_table(table, path, position)
            for position, table in enumerate(_tables(content, path), start=1)
        ),
        survey=survey,
        panel=None if panel is None else path.parent / panel,
        boundaries=None if boundaries is None else path.parent / boundaries,
        basemap=_record(Basemap, basemap, f"{path}, [basemap]") if basemap else BRT_GREY,
        rules=_section(content, "rules", path),
    )


def _section(content: Mapping[str, Any], name: str, path: Path) -> Mapping[str, Any]:
    section = content.get(name, {})
    if not isinstance(section, dict):
        raise _wrong_type(f"{path}, {name}", section, "table")
    return section


def _tables(content: Mapping[str, Any], path: Path) -> list[Mapping[str, Any]]:
    tables = content.get("table", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise _wrong_type(f"{path}, table", tables, "tables")
    return tables


def _own_table(table: Mapping[str, Any], path: Path, position: int) -> OwnTable:
    where = f"{path}, [[table]] nummer {position}"
    join_keys = {known.name for known in fields(TableJoin)}
    figure_keys = {known.name for known in fields(Figure)}
    _check_keys(table, join_keys | figure_keys, where)
    join = {key: value for key, value in table.items() if key in join_keys}
    for name in ("path", "addresses"):
        if isinstance(join.get(name), str):
            join[name] = path.parent / join[name]
    figure = _record(Figure, {key: value for key, value in table.items() if key in figure_keys}, where)
    if join.get("per_population") is True:
        join["per_population"] = year_of(figure.period, where)
    elif join.get("per_population") is False:
        del join["per_population"]
    _check_choice(figure.direction, DIRECTIONS, f"{where}, direction")
    _check_choice(figure.measure, MEASURES, f"{where}, measure")
    return OwnTable(_record(TableJoin, join, where), figure)


def _record(kind: type[Any], content: Mapping[str, Any], where: str, **given: object) -> Any:  # noqa: ANN401
    """Make a dataclass of TOML values: missing keys and wrong types get their sentence."""
    by_name = {known.name: known for known in fields(kind)}
    _check_keys(content, set(by_name) - set(given), where)
    for name, value in content.items():
        if not _fits(value, str(by_name[name].type)):
            raise _wrong_type(f"{where}, {name}", value, str(by_name[name].type))
    if kind is not TableJoin:  # names of columns stay as the table has them
        content = {key: legible(value) if isinstance(value, str) else value for key, value in content.items()}
    try:
        return kind(**content, **given)
    except TypeError as error:  # the dataclass names what it misses
        missing = [name for name in by_name if f"'{name}'" in str(error)]
        raise AtlasError(
            "Er ontbreekt iets in het configuratiebestand.", where=where, expected=", ".join(missing),
            hint="Vul deze sleutels in; het voorbeeld atlas.voorbeeld.toml legt ze uit.",
        ) from error  # fmt: skip


_TYPES: Mapping[str, tuple[type, ...]] = {
    "str": (str,),
    "bool": (bool,),
    "int": (int,),
    "float": (int, float),
    "Path": (Path,),
    "Path | None": (Path,),
    "Mapping[str, str]": (dict,),
    "str | None": (str,),
    "int | None": (int,),
    "float | None": (int, float),
}
_TYPE_WORDS = {
    "str": 'tekst tussen aanhalingstekens, zoals "gemeente"',
    "bool": "true of false",
    "int": "een geheel getal",
    "float": "een getal met een punt",
    "Path": "de naam van een bestand tussen aanhalingstekens",
    "Path | None": "de naam van een bestand tussen aanhalingstekens",
    "Mapping[str, str]": 'kolommen met hun waarde: { "Soort misdrijf" = "Totaal misdrijven" }',
    "str | None": "tekst tussen aanhalingstekens",
    "int | None": "een geheel getal",
    "float | None": "een getal met een punt",
    "table": "een kop tussen rechte haken",
    "tables": "een of meer koppen [[table]]",
}


def _fits(value: object, type_name: str) -> bool:
    kinds = _TYPES[type_name]
    if isinstance(value, dict) and not all(isinstance(part, str) for part in value.values()):
        return False
    return isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))


def _wrong_type(where: str, value: object, type_name: str) -> AtlasError:
    return AtlasError(
        "Een waarde in het configuratiebestand heeft de verkeerde vorm.",
        where=where,
        got=repr(value)[:100],
        expected=_TYPE_WORDS[type_name],
    )


def _check_keys(content: Mapping[str, Any], known: set[str], where: str) -> None:
    for key in content:
        if key not in known:
            near = difflib.get_close_matches(key, sorted(known), n=1)
            raise AtlasError(
                "Het configuratiebestand heeft een onbekende sleutel.",
                where=where,
                got=key,
                expected=", ".join(sorted(known)),
                hint=f"Bedoelt u {near[0]}?" if near else "Haal deze regel weg.",
            )


def _check_choice(value: str, choices: tuple[str, ...], where: str) -> None:
    if value not in choices:
        raise AtlasError("Deze keuze bestaat niet.", where=where, got=value, expected=", ".join(choices))

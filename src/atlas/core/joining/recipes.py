"""Recipes of published tables: by what a file is recognised, and what a reader must know of its figures."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, fields
from functools import cache
from typing import TYPE_CHECKING, Any

from ..files.embedded import embedded_path
from ..words.errors import AtlasError
from ..words.spelling import normalise

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ..tables.table import Table

#: how well a layout is known
SEEN, NAMED, NOT_SEEN = "gezien", "genoemd", "niet_gezien"
#: "47013NED_UntypedDataSet_30112026_101112.csv": the id of the table stands in the name
_ID_IN_NAME = re.compile(r"(?<![0-9A-Za-z])([0-9]{5}(?:ned|NED))(?![0-9A-Za-z])")
_YEAR_IN_TITLE = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")
_NUMBERED = re.compile(r"(?<=[a-z])_[0-9]+$")


@dataclass(frozen=True, slots=True)
class RecipeFigure:
    """What a reader must know of one figure of a published table; names as in a [[table]].

    `denominator` is what a rate is of, `codes` are other names of the topic, `where` the rows that the figure
    is about, `measure_kind` what a [[table]] calls `measure`.
    """

    measure: str
    label: str
    unit: str
    base: str
    caution: str
    definition: str
    codes: tuple[str, ...] = ()
    where: Mapping[str, str] = field(default_factory=dict)
    counts: str = ""
    denominator: str = ""
    direction: str = "geen"
    measure_kind: str = "telling"
    theme: str = "Gepubliceerde cijfers"


@dataclass(frozen=True, slots=True)
class Recipe:
    """A published table.

    Attributes:
        id: Name of its file in data/recipes.
        title: As the publisher calls it.
        ids: Ids of the table with the publisher.
        layout: `SEEN`, `NAMED` or `NOT_SEEN`.
        level: Level of the areas its figures are shown on.
        source: Wording of the source.
        licence: In words.
        since: First year.
        service: Root of the OData service that has its tables, "" when there is none.
        years: Id -> the year of that table, where there is one for each year.
        figures: Those it gives.
        without: Of a table that gives none: what it is, and its caution.
    """

    id: str
    title: str
    ids: tuple[str, ...]
    layout: str
    level: str
    source: str
    licence: str
    since: int
    figures: tuple[RecipeFigure, ...]
    service: str = ""
    years: Mapping[str, int] = field(default_factory=dict)
    without: str = ""


@cache
def recipes() -> tuple[Recipe, ...]:
    """All recipes, by id."""
    folder = embedded_path("data", "recipes")
    return tuple(read_recipe(path) for path in sorted(folder.glob("*.toml")))


def read_recipe(path: Path) -> Recipe:
    """Read a recipe.

    Raises:
        AtlasError: an unknown or missing key, or a value of another kind.
    """
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    figures = tuple(
        _record(RecipeFigure, part, f"{path.name}, [[figure]] nummer {place}")
        for place, part in enumerate(content.pop("figure", []), start=1)
    )
    return _record(Recipe, {**content, "id": path.stem, "figures": figures}, path.name)  # type: ignore[no-any-return]


def _record(kind: type[Any], content: Mapping[str, Any], where: str) -> Any:  # noqa: ANN401 - of that kind
    known = {one.name for one in fields(kind)}
    unknown = [key for key in content if key not in known]
    if unknown:
        raise AtlasError(
            "Een recept heeft een onbekende sleutel.",
            where=where,
            got=unknown[0],
            expected=", ".join(sorted(known)),
        )
    given = {key: tuple(value) if isinstance(value, list) else value for key, value in content.items()}
    try:
        return kind(**given)
    except TypeError as error:
        raise AtlasError("Een recept mist een sleutel.", where=where, got=str(error)) from error


def recipe(name: str) -> Recipe:
    """The recipe with this name, or of the table with this id.

    Raises:
        AtlasError: there is none; names those there are.
    """
    wanted = name.strip().casefold()
    for known in recipes():
        if wanted in {known.id.casefold(), *map(str.casefold, known.ids)}:
            return known
    raise AtlasError("Dit recept is er niet.", got=name, expected=", ".join(known.id for known in recipes()))


def recognised(table: Table) -> Recipe | None:
    """The recipe of a table: by the id in its file's name, or by its title; None when nothing says so."""
    name = _file_name(table)
    if found := _id_in(name):
        for known in recipes():
            if found in map(str.casefold, known.ids):
                return known
    said = table.description
    titles = [normalise(text) for text in (*(said.definition if said else ()), *table.around, name)]
    for known in recipes():
        title = normalise(known.title)
        if known.layout != NOT_SEEN and any(text.startswith(title) for text in titles):
            return known
    return None


def year_of(known: Recipe, table: Table) -> int | None:
    """The year of a table that is of one year: by the id in its file's name, or the year in its title."""
    if not known.years:
        return known.since
    named = _id_in(_file_name(table))
    by_id = [year for one, year in known.years.items() if one.casefold() == named]
    said = table.description
    texts = (*(said.definition if said else ()), *table.around, _file_name(table))
    by_title = [int(year) for text in texts for year in _YEAR_IN_TITLE.findall(text)]
    return next((year for year in (*by_id, *by_title) if year in known.years.values()), None)


def _file_name(table: Table) -> str:
    return re.split(r"[\\/]", table.source)[-1]


def _id_in(name: str) -> str:
    found = _ID_IN_NAME.search(name)
    return found[1].casefold() if found else ""


def figures_in(known: Recipe, table: Table) -> list[tuple[RecipeFigure, str]]:
    """The figures of a recipe that a table holds, each with the name of its topic there."""
    said = table.description
    if said is None:
        return []
    topics = {name.casefold(): measure.column for measure in said.measures for name in measure.names if name}
    if said.topic:
        aliases = (said.aliases or {}).get(said.topic, {})
        topics |= dict(aliases)
    # the service numbers its topics anew in each table: "PercentageOnbewoond_39"
    topics |= {_NUMBERED.sub("", name): topic for name, topic in topics.items() if _NUMBERED.search(name)}
    found = []
    for figure in known.figures:
        names = [name.casefold() for name in (figure.measure, *figure.codes) if name]
        topic = next((topics[name] for name in names if name in topics), "")
        if topic:
            found.append((figure, topic))
    return found


def where_in(figure: RecipeFigure, table: Table) -> dict[str, str]:
    """The choice of rows of a figure, as far as the table has these columns.

    A table with headers of several rows has a dimension of one value above its header and no column for it.
    """
    columns = {column.casefold(): column for column in table.columns}
    return {
        columns[name.casefold()]: value for name, value in figure.where.items() if name.casefold() in columns
    }

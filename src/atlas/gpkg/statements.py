"""SQL from templates: names are quoted, values are parameters, and nothing else is ever put in a statement.

A template has `$piece` where something goes in. A `str` there is the name of a table or column and is quoted,
several are quoted and separated by commas; a `Sql` is SQL and goes in as it is. So a text from elsewhere can
only become a name; `Sql(...)` stands around words of our own and of the schema, never around what came in.
"""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..core.schema.published import Layer


class Sql(str):
    """A piece of SQL or a whole statement: written in the source or the schema, or made by `sql`."""

    __slots__ = ()


def sql(template: str, **pieces: str | Iterable[str]) -> Sql:
    """A statement, or a piece of one.

    Args:
        template: SQL as it stands in the source, with `$piece` where a piece goes.
        pieces: A name, several names, or `Sql`.

    Raises:
        KeyError: a piece is missing.
        ValueError: a name can't be one, or a `$` is no piece.
    """
    return Sql(Template(template).substitute({key: _piece(piece) for key, piece in pieces.items()}))


def joined(separator: str, parts: Iterable[str]) -> Sql:
    """Pieces with SQL between them, such as ", " or " AND "."""
    return Sql(separator.join(map(_piece, parts)))


def literal(text: str) -> Sql:
    """A text of the schema inside a definition, where SQLite takes no parameters."""
    return Sql("'" + text.replace("'", "''") + "'")


def marks(count: int) -> Sql:
    """The places of so many values: "?, ?, ?"."""
    return Sql(", ".join("?" * count))


def assignments(names: Iterable[str]) -> Sql:
    """The fields that a change sets, one value each."""
    return joined(", ", (sql("$name = ?", name=name) for name in names))


def known_columns(layer: Layer, names: Iterable[str], *beside: str) -> list[str]:
    """Names of columns that come from elsewhere, checked: each is a field of the layer or one of `beside`.

    Raises:
        ValueError: one of them is not.
    """
    columns, known = list(names), {*layer.field_names, *beside}
    unknown = [name for name in columns if name not in known]
    if unknown:
        raise ValueError(f"no field of {layer.name}: {', '.join(unknown)}")
    return columns


def quoted(name: str) -> Sql:
    """A name of a table or column as SQL wants it.

    Raises:
        ValueError: it is empty, or has the character that ends a text in SQLite.
    """
    if not name or "\0" in name:
        raise ValueError(f"no name for a table or column: {name!r}")
    return Sql('"' + name.replace('"', '""') + '"')


def _piece(piece: str | Iterable[str]) -> str:
    if isinstance(piece, Sql):
        return piece
    return quoted(piece) if isinstance(piece, str) else ", ".join(map(quoted, piece))

"""How the contract of a register is told: its columns by their real names, and its editions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...core.tables.column_names import folded

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Edition:
    """A product as it is delivered.

    Args:
        product: What it is called, and its form.
        years: From and until when its names are these.
        layer: The layer, collection or table.
        columns: All its columns, as served.
    """

    product: str
    years: str
    layer: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegisterLayout:
    """The contract for a source.

    Args:
        title: What it is.
        layers: Groups of words in names of layers, see `vector_sources.vector_source`.
        columns: Our name -> the names under which products have it, the best first.
        required: Our names without which it can't be used.
        wins: Which version of an object goes before.
        complete: What says that all of it is there.
        codes: Our name -> the values it may have.
        editions: The products.
    """

    title: str
    layers: tuple[tuple[str, ...], ...]
    columns: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    wins: str
    complete: str
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    editions: tuple[Edition, ...] = ()

    @property
    def names(self) -> dict[str, tuple[str, ...]]:
        """Our name -> the names of a column as they are compared."""
        return {ours: tuple(dict.fromkeys(map(folded, names))) for ours, names in self.columns.items()}

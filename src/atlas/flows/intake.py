"""Files of the intake that only the command's libraries read or write: tables, and the empty list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.files.new_file import new_file
from ..core.files.output_gate import check_outputs
from ..core.words.errors import AtlasError

if TYPE_CHECKING:
    from pathlib import Path

    from ..core.tables.table import Table


def read_own_table(path: Path, sheet: str | None) -> Table:
    """A table or list as people have it.

    Raises:
        AtlasError: it can't be read, or holds several tables while none is named.
    """
    from ..store.tables import read_table

    return read_table(path, sheet=sheet)


def sheets_of_file(path: Path) -> list[str]:
    """The names of the sheets of a workbook that are in sight; [] for a file of another kind.

    Raises:
        AtlasError: protected or broken file.
    """
    from ..store.tables import sheets_of

    return sheets_of(path)


def write_empty_list(layer: str, output: Path) -> None:
    """Write the empty list of a layer as a workbook.

    Raises:
        AtlasError: another kind of file, or it can't stand there.
    """
    from ..store.list_template import write_template

    if output.suffix.lower() != ".xlsx":
        raise AtlasError(
            "Een leeg bestand om in te vullen is een rekenblad.", where=str(output),
            got=output.suffix or "geen",
            expected=".xlsx", hint="Kies een naam die eindigt op .xlsx.",
        )  # fmt: skip
    check_outputs([output])
    with new_file(output) as beside:
        write_template(beside, layer)

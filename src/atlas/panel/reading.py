"""A panel's file of answers: SPSS, CSV or Parquet, with its labels and its user-missing values.

What is read stays in memory: no row, weight, key or open answer is written anywhere.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..core.files.reading_limits import check_size, check_table, guarded, read_text
from ..core.tables.csv_text import read_csv
from ..core.words.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

Answer = float | str | None
SUFFIXES = (".sav", ".zsav", ".csv", ".parquet")


@dataclass(frozen=True, slots=True)
class PanelFile:
    """The answers of a panel, column by column; numbers are codes, None is no answer.

    Attributes:
        source: The file, for sentences.
        columns: Column -> the answer of each respondent, in one order.
        labels: Column -> code -> what it means, where the file says so.
        titles: Column -> the question, where the file says so.
    """

    source: str
    columns: Mapping[str, Sequence[Answer]]
    labels: Mapping[str, Mapping[float | str, str]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def column(self, name: str) -> Sequence[Answer]:
        """The answers of a column.

        Raises:
            AtlasError: there is no such column.
        """
        if name not in self.columns:
            raise AtlasError(
                f'De kolom "{name}" staat niet in het panelbestand.',
                where=self.source,
                expected=", ".join(list(self.columns)[:40]),
            )
        return self.columns[name]


def read_panel(path: Path) -> PanelFile:
    """Read a panel's file of answers.

    User-missing values of SPSS ("weet niet") are read as the codes they are, not dropped.

    Raises:
        AtlasError: no such file, another kind, broken, or nobody in it.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES or not path.is_file():
        raise AtlasError(
            "Dit is geen panelbestand." if path.is_file() else "Dit bestand bestaat niet.",
            where=str(path),
            expected=", ".join(SUFFIXES),
        )
    check_size(path)
    with guarded(path):
        panel = {".csv": _read_csv, ".parquet": _read_parquet}.get(suffix, _read_spss)(path)
    if not len(panel):
        raise AtlasError("In dit panelbestand staat geen respondent.", where=str(path))
    return panel


def _read_spss(path: Path) -> PanelFile:
    try:
        import pyreadstat  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise AtlasError(
            "Een SPSS-bestand lezen vraagt een uitbreiding van de atlas.",
            where=str(path),
            hint="Installeer atlas met panel erbij (pyreadstat), of bewaar het bestand als CSV.",
        ) from error
    try:
        _none, described = pyreadstat.read_sav(path, metadataonly=True)
        check_table(path, described.number_rows or 0, described.number_columns or 0)
        frame, described = pyreadstat.read_sav(path, user_missing=True, output_format="dict")
    except (pyreadstat.PyreadstatError, pyreadstat.ReadstatError, UnicodeError, ValueError) as error:
        raise AtlasError(
            "Dit SPSS-bestand is beschadigd, of zijn tekens zijn niet te lezen.",
            where=str(path),
            hint="Vraag het opnieuw op als .sav in Unicode (UTF-8).",
        ) from error
    return PanelFile(
        str(path),
        {name: [_answer(cell) for cell in cells] for name, cells in frame.items()},
        {name: dict(labels) for name, labels in described.variable_value_labels.items()},
        {name: text for name, text in described.column_names_to_labels.items() if text},
    )


def _read_csv(path: Path) -> PanelFile:
    table = read_csv(read_text(path), str(path))
    return PanelFile(
        str(path),
        {
            name: [_answer(cell) for cell in cells]
            for name, cells in zip(table.columns, table.cells, strict=True)
        },
    )


def _read_parquet(path: Path) -> PanelFile:
    import pyarrow as pa  # noqa: PLC0415 - only for this format
    from pyarrow import parquet  # noqa: PLC0415

    try:
        described = parquet.read_metadata(path)
        check_table(path, described.num_rows, described.num_columns)
        table = parquet.read_table(path)
    except (pa.ArrowException, ValueError) as error:
        raise AtlasError(
            "Dit Parquet-bestand is beschadigd of afgebroken.", where=str(path), hint="Vraag het opnieuw op."
        ) from error
    return PanelFile(
        str(path),
        {name: [_answer(cell) for cell in table.column(name).to_pylist()] for name in table.column_names},
    )


def _answer(cell: Any) -> Answer:  # noqa: ANN401 - whatever a library returns
    """A code as a number, any other text as it is, nothing for an empty cell."""
    if cell is None or isinstance(cell, float | int):
        return None if cell is None or (isinstance(cell, float) and math.isnan(cell)) else float(cell)
    text = str(cell).strip()
    if not text:
        return None
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return text
    return number if math.isfinite(number) else text

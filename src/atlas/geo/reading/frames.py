"""What every reader hands over: a frame with our columns, and a report of every row that is not in it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, TextIO, overload

import numpy as np

from ...core.records.unused_rows import REASONS, UnusedRow, listed, nothing_usable
from ...core.words.notation import counted, format_number
from ...core.words.spreadsheet_text import harmless_line

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

    Mask = NDArray[np.bool_]

#: called with the step that starts and the part of the whole (0-1) that is done
Progress = Callable[[str, float], None]
_COLUMNS = ("rij", "waar", "reden", "toelichting")
_LONGEST_TEXT = 300


@dataclass(frozen=True, slots=True)
class UnusedRows(Sequence[UnusedRow]):
    """The rows that are not used, kept column by column: a national file leaves out hundred thousands."""

    rows: NDArray[np.int64]
    places: NDArray[np.intp]
    names: tuple[str, ...]
    codes: NDArray[np.intp]
    code_names: tuple[str, ...]
    explanations: NDArray[np.object_]

    def __len__(self) -> int:
        return self.rows.size

    @overload
    def __getitem__(self, index: int) -> UnusedRow: ...
    @overload
    def __getitem__(self, index: slice) -> list[UnusedRow]: ...
    def __getitem__(self, index: int | slice) -> UnusedRow | list[UnusedRow]:
        if isinstance(index, slice):
            return [self[position] for position in range(*index.indices(len(self)))]
        return UnusedRow(
            int(self.rows[index]),
            self.names[self.places[index]],
            self.code_names[self.codes[index]],
            str(self.explanations[index]),
        )

    def __iter__(self) -> Iterator[UnusedRow]:
        return (self[position] for position in range(len(self)))

    def counts(self) -> dict[str, int]:
        """Number of rows for each reason that occurs, in the order in which they were found."""
        numbers = np.bincount(self.codes, minlength=len(self.code_names))
        return {name: int(number) for name, number in zip(self.code_names, numbers, strict=True) if number}


@dataclass(frozen=True, slots=True)
class ReadReport:
    """What became of the rows of a source: `read == used + len(unused)`, and `dropped` adds up to the latter.

    Attributes:
        source: File or folder.
        read: Rows that were looked at.
        used: Rows that are in the frame.
        dropped: Key of `REASONS` -> number of rows.
        unused: Every row that is not in the frame.
        notes: Dutch sentences about the whole source: what was recognised, repaired or left out.
    """

    source: str
    read: int
    used: int
    dropped: Mapping[str, int]
    unused: UnusedRows
    notes: tuple[str, ...] = ()

    def summary(self) -> str:
        """One Dutch sentence: how many rows were used, and why others were not."""
        text = f"{format_number(self.used)} van {counted(self.read, 'rij', 'rijen')} gebruikt"
        if self.dropped:
            text += "; niet gebruikt: " + listed(self.dropped)
        return f"{text}."

    def write_csv(self, file: TextIO) -> None:
        """Write the rows that are not used to an open text file (opened with newline=""), with a header.

        Texts are cut at 300 characters, kept on one line and made harmless for a spreadsheet.
        """
        writer = csv.writer(file)
        writer.writerow(_COLUMNS)
        for unused in self.unused:
            texts = (unused.where, unused.reason_code, unused.explanation)
            writer.writerow([unused.row, *(harmless_line(text[:_LONGEST_TEXT]) for text in texts)])


def input_notes(report: ReadReport, *, named: bool = False) -> list[str]:
    """What a person must know of an input: how many rows were used, and what holds for all of it.

    Args:
        report: Of the input.
        named: Whether to begin with the name of the source: for one beside the input that it is about.
    """
    sentences = [report.summary(), *report.notes]
    return [f"{PurePath(report.source).name}: {sentence}" for sentence in sentences] if named else sentences


def write_notes(file: TextIO, notes: Iterable[str]) -> None:
    """Write sentences about the whole as lines of a report, which has its header and rows already."""
    writer = csv.writer(file)
    for note in notes:
        writer.writerow(["", "", "opmerking", harmless_line(note)])


@dataclass(frozen=True, slots=True)
class Reading:
    """A source as our columns: `frame` has one record for each used row, `report` tells of all the others."""

    frame: pd.DataFrame
    report: ReadReport


@dataclass(slots=True)
class Sieve:
    """Takes rows out, each with the first reason that was given, and keeps count.

    Args:
        source: File or folder, for sentences.
        rows: Row numbers as a person sees them in the file.
        places: For every row the position of its file in `names`; None when there is one file.
        names: The files or layers.
    """

    source: str
    rows: NDArray[np.int64]
    places: NDArray[np.intp] | None = None
    names: tuple[str, ...] = ("",)
    kept: Mask = field(init=False)
    notes: list[str] = field(init=False, default_factory=list)
    _codes: NDArray[np.intp] = field(init=False)
    _code_names: list[str] = field(init=False, default_factory=list)
    _explanations: NDArray[np.object_] = field(init=False)

    def __post_init__(self) -> None:
        self.rows = np.asarray(self.rows, dtype=np.int64)
        self.kept = np.ones(self.rows.size, dtype=bool)
        self._codes = np.full(self.rows.size, -1, dtype=np.intp)
        self._explanations = np.full(self.rows.size, "", dtype=object)

    def reject(
        self, mask: ArrayLike, code: str, explanation: str | Callable[[NDArray[np.intp]], Sequence[str]]
    ) -> None:
        """Take out the rows of `mask` that are still in.

        Args:
            mask: Shape (n,), true for the rows to take out.
            code: A key of `REASONS`.
            explanation: A Dutch sentence, or a function that makes one for each position.
        """
        out = np.flatnonzero(np.asarray(mask, dtype=bool) & self.kept)
        if code not in REASONS:
            raise KeyError(code)
        if not out.size:
            return
        self._take_out(out, code)
        self._explanations[out] = explanation if isinstance(explanation, str) else list(explanation(out))

    def reject_one(self, position: int, code: str, explanation: str) -> None:
        """Take out one row, if it is still in."""
        if code not in REASONS:
            raise KeyError(code)
        if self.kept[position]:
            self._take_out(np.array([position]), code)
            self._explanations[position] = explanation

    def taken_out(self) -> Iterator[tuple[int, str, str]]:
        """Every row that was taken out: its position, the code of the reason, and the explanation."""
        for position in np.flatnonzero(~self.kept).tolist():
            yield position, self._code_names[self._codes[position]], str(self._explanations[position])

    def place(self, position: int) -> str:
        """Where a row stands, for a sentence: "rij 12", or "rij 12 van pagina-3.json"."""
        row = f"rij {self.rows[position]}"
        return (
            row
            if self.places is None or len(self.names) == 1
            else f"{row} van {self.names[self.places[position]]}"
        )

    def note(self, sentence: str) -> None:
        """Say something about the whole source, once."""
        if sentence and sentence not in self.notes:
            self.notes.append(sentence)

    def report(self) -> ReadReport:
        """What became of all rows.

        Raises:
            AtlasError: there were rows, and none of them can be used.
        """
        out = np.flatnonzero(~self.kept)
        unused = UnusedRows(
            self.rows[out],
            np.zeros(out.size, dtype=np.intp) if self.places is None else self.places[out],
            self.names,
            self._codes[out],
            tuple(self._code_names),
            self._explanations[out],
        )
        if not self.kept.any():
            raise nothing_usable(self.source, unused.counts(), unused[0] if len(unused) else None)
        return ReadReport(
            source=self.source,
            read=self.rows.size,
            used=int(self.kept.sum()),
            dropped=MappingProxyType(unused.counts()),
            unused=unused,
            notes=tuple(self.notes),
        )

    def _take_out(self, out: NDArray[np.intp], code: str) -> None:
        if code not in self._code_names:
            self._code_names.append(code)
        self.kept[out] = False
        self._codes[out] = self._code_names.index(code)

"""From the payload to files: a PNG for every page, its words beside it, and one PDF with all of them."""

from __future__ import annotations

import io
import os
import re
import signal
import sys
from collections import deque
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from multiprocessing import get_all_start_methods, get_context
from typing import TYPE_CHECKING, Self

from matplotlib import style

from ..core.disclosure.released import content_of
from ..core.files.new_file import cannot_write, new_file
from ..core.words.errors import AtlasError
from .basemap import Background, Provider, fetch_background
from .ground import Ground, ground_of
from .layout import LARGEST_MAP, Numbering, lay_out, lay_out_lines
from .map_panel import MapFrame
from .structure import Element, as_text
from .tagged_pdf import TaggedPdf
from .view import View, views_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from pathlib import Path
    from types import TracebackType

    from ..core.disclosure.released import Released
    from ..core.figures.payload import Payload
    from .page import Page

DOTS_PER_INCH = 180
PDF_NAME = "atlas.pdf"
#: written in every PNG and text, so that a sheet of an earlier build can be told from somebody's own picture
_MARK = "Kaartblad van de Buitengebied Atlas"
_LONGEST_NAME = 150
#: from so many on, other processes are worth starting
_MANY_SHEETS = 12
#: what is shown of the surroundings on a background map
_AROUND_M = 4000.0
#: the machine's own matplotlib settings must not reach the sheets; Type 42 keeps text as text in the PDF
DRAWING = ["default", {"pdf.fonttype": 42, "pdf.compression": 6, "text.usetex": False}]


def _no_progress(_step: str, _done: float, /) -> None:
    """For callers that show no progress."""


def write_sheets(
    released: Released[Payload],
    folder: Path,
    *,
    basemap: Provider | None = None,
    every_period: bool = False,
    pictures: bool = True,
    progress: Callable[[str, float], None] = _no_progress,
) -> list[Path]:
    """Write an A4 sheet for every indicator and level of the payload: the newest period, and lines to it.

    All sheets are written beside their place and moved into it at the end: when one fails, the folder is as
    it was. Sheets of an earlier build that this build does not make are removed, because a figure that was
    withdrawn, or was meant for another audience, must not be mailed along with the rest; they are known by a
    mark inside the file, and nothing else in the folder is touched. The same payload gives the same bytes.

    Args:
        released: The published atlas, see `core.figures.payload`.
        folder: Where the files go; made when it is not there.
        basemap: Address of map tiles ({x}, {y}, {z}) or an xyzservices provider. The only thing here that
            makes a request; None draws a plain map. What goes wrong with tiles is logged as a warning.
        every_period: Also a sheet of every earlier period.
        pictures: Each sheet as a PNG with its words too; drawing those takes as long as the PDF.
        progress: Called with the sheet that starts and the part that is done (0-1).

    Returns:
        The files: `<indicator>-<level>-<period>.png` in the order of the payload (texts too long for one
        page go on in `...-vervolg.png`, lines stand in `...-verloop.png`), each with its words in
        `<indicator>-<level>-<period>.txt`, then `atlas.pdf`; without `pictures` that one
        alone. Empty when the payload has no views.

    Raises:
        AtlasError: the folder can't be made or written, the disk is full, a process that draws was ended, or
            `basemap` is no tile address.
    """
    payload = content_of(released)
    views = views_of(payload, every_period=every_period)
    newest = {id(one.view) for one in views_of(payload, every_period=False)}
    if not views:
        return []
    _make_folder(folder)
    ground = ground_of(payload)
    atlas = _Atlas(views, newest, ground, None if basemap is None else _background(basemap, ground))
    contents: dict[Path, bytes] = {}
    with style.context(DRAWING), _Pictures(apart=_many_at_once(len(views))) as drawing:
        pdf = TaggedPdf(payload["title"])
        for position, stem in enumerate(_file_stems(views)):
            progress(f"Kaartblad {position + 1} van {len(views)}", position / len(views))
            pages = atlas.pages(position)
            pdf.begin_sheet(views[position].title)
            if pictures:
                drawing.begin(
                    {folder / f"{stem}{ending}.png": page for ending, page in pages.items()}, contents
                )
                contents[folder / f"{stem}.txt"] = _text(stem, list(pages.values()))
            for page in pages.values():
                pdf.add(page)
        drawing.finish()
        contents[folder / PDF_NAME] = pdf.content()
    _write(contents)
    _remove_left_overs(folder, contents)
    progress("Kaartbladen klaar", 1.0)
    return list(contents)


@dataclass(frozen=True)
class _Atlas:
    """What all sheets are drawn from; `newest` has the ids of the views that get a page with lines."""

    views: Sequence[View]
    newest: Collection[int]
    ground: Ground
    background: Background | None

    def pages(self, position: int) -> dict[str, Page]:
        """End of a file's name -> page, of the sheet at a position."""
        view, numbering = self.views[position], Numbering(position + 1, len(self.views))
        laid_out = lay_out(view, self.ground, self.background, numbering)
        pages = {_continuation(number): page for number, page in enumerate(laid_out, start=1)}
        lines = lay_out_lines(view, numbering) if id(view.view) in self.newest else None
        return {**pages, "-verloop": lines} if lines else pages


def _many_at_once(sheets: int) -> bool:
    """Only where a process is split off as it is (fork): one started anew would run the caller's program."""
    able = "fork" in get_all_start_methods() and sys.platform == "linux" and len(_processors()) > 1
    return able and sheets >= _MANY_SHEETS


def _processors() -> Collection[int]:
    return os.sched_getaffinity(0)


@dataclass(frozen=True)
class _Begun:
    """Pictures that a process draws: where it hands them over, and what waits for them."""

    process: BaseProcess
    handed_over: Connection
    paths: Sequence[Path]
    contents: dict[Path, bytes]


class _Pictures:
    """Draws the PNG of pages; `apart` in processes split off with the laid-out pages, beside the PDF."""

    def __init__(self, *, apart: bool) -> None:
        self._apart = apart
        self._begun: deque[_Begun] = deque()

    def __enter__(self) -> Self:
        return self

    def begin(self, pages: Mapping[Path, Page], contents: dict[Path, bytes]) -> None:
        """Fill `contents` with the picture of each page, at the latest in `finish`."""
        if not self._apart:
            contents.update((path, _png(page)) for path, page in pages.items())
            return
        contents.update(dict.fromkeys(pages, b""))  # in the order of the sheets
        while len(self._begun) >= len(_processors()):
            self._take()
        split_off = get_context("fork")
        here, there = split_off.Pipe(duplex=False)
        taking = [here, *(one.handed_over for one in self._begun)]
        process = split_off.Process(target=_draw, args=(there, pages.values(), taking), daemon=True)
        process.start()
        there.close()  # so that a process that ends without a picture is heard of
        self._begun.append(_Begun(process, here, list(pages), contents))

    def finish(self) -> None:
        """Take in what is still being drawn."""
        while self._begun:
            self._take()

    def __exit__(
        self, _kind: type[BaseException] | None, _error: object, _where: TracebackType | None
    ) -> None:
        for one in self._begun:
            one.process.kill()
            one.process.join()

    def _take(self) -> None:
        first = self._begun[0]
        try:
            first.contents.update(zip(first.paths, first.handed_over.recv(), strict=True))
        except (EOFError, OSError) as error:  # before its pictures, or halfway them
            raise AtlasError(
                "Het tekenen van de kaartbladen brak af: een proces dat tekende, werd beëindigd.",
                detail="Meestal was er te weinig geheugen. Er zijn geen kaartbladen geschreven.",
                hint="Sluit andere programma's en maak de atlas opnieuw.",
            ) from error
        first.process.join()
        self._begun.popleft()


def _draw(handing_over: Connection, pages: Iterable[Page], taking: Iterable[Connection]) -> None:
    """Draw in the process that was split off; its end is heard, and told, in the one that it came from.

    Ctrl-C goes to both. With the ends where pictures are taken in still open here, this process would wait
    for ever to hand over when the other was killed.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for end in taking:
        end.close()
    with suppress(OSError, MemoryError):
        handing_over.send([_png(page) for page in pages])


def _make_folder(folder: Path) -> None:
    """Find out that the folder can't be there before minutes go into drawing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from error


def _background(basemap: Provider, ground: Ground) -> Background | None:
    west, south, east, north = ground.bounds
    around = (west - _AROUND_M, south - _AROUND_M, east + _AROUND_M, north + _AROUND_M)
    return fetch_background(basemap, around, MapFrame(LARGEST_MAP, ground.bounds).mm)


def _file_stems(views: Sequence[View]) -> list[str]:
    """A name for each view that every file system takes and that no other view has."""
    stems: list[str] = []
    taken: set[str] = set()
    for view in views:
        plain = re.sub(r"[^A-Za-z0-9._-]+", "_", view.file_stem)[:_LONGEST_NAME].lstrip(".")
        stem, number = plain, 1
        while stem.lower() in taken:
            number += 1
            stem = f"{plain}_{number}"
        taken.add(stem.lower())
        stems.append(stem)
    return stems


def _continuation(number: int) -> str:
    if number == 1:
        return ""
    return "-vervolg" if number == 2 else f"-vervolg{number - 1}"  # noqa: PLR2004


def _png(page: Page) -> bytes:
    buffer = io.BytesIO()
    page.figure.savefig(
        buffer, format="png", dpi=DOTS_PER_INCH, metadata={"Software": None, "Description": _MARK}
    )
    return buffer.getvalue()


def _text(stem: str, pages: Sequence[Page]) -> bytes:
    """What a sheet says in words, for who does not see its picture; the same parts as in the PDF."""
    content = Element("Sect", children=[page.content for page in pages])
    return f"{_MARK} in woorden: {stem}.png\n\n{as_text(content)}".encode()


def _write(contents: Mapping[Path, bytes]) -> None:
    """Write every file beside its place; move them only when all are whole."""
    with ExitStack() as files:
        for path, content in contents.items():
            files.enter_context(new_file(path)).write_bytes(content)


def _remove_left_overs(folder: Path, written: Collection[Path]) -> None:
    for path in sorted([*folder.glob("*.png"), *folder.glob("*.txt")]):
        if path not in written and _is_sheet(path):
            try:
                path.unlink()
            except OSError as error:
                raise AtlasError(
                    "Een kaartblad van een eerdere keer kan niet worden weggehaald.",
                    detail="Het staat niet meer in deze atlas en hoort niet bij de nieuwe bladen te liggen.",
                    where=str(path),
                    hint="Sluit het bestand in andere programma's en haal het weg.",
                ) from error


def _is_sheet(path: Path) -> bool:
    """Whether a file carries our mark; it stands at the start, before the picture of a PNG."""
    try:
        with path.open("rb") as file:
            return _MARK.encode() in file.read(1024)
    except OSError:  # cannot be read, so it is not known to be ours
        return False

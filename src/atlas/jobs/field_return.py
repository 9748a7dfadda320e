"""A package on its way back: unpacked beside itself, compared, its photos brought in, its records written."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack, suppress
from copy import deepcopy
from dataclasses import dataclass
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ..core.files.dossier_folder import BASE_FILE, JOURNAL_FILE
from ..core.files.new_file import cannot_write, kept_file
from ..core.files.photo_metadata import without_metadata
from ..core.records.becoming import Becoming
from ..core.records.field_return import photo_names, plan_return, with_photo_names
from ..core.records.free_text import ask_about_persons, personal_texts
from ..core.tables.registers import write_moment
from ..core.words.errors import AtlasError
from ..core.words.notation import counted
from ..dossier.changes import apply_import
from ..dossier.erasing_day import check_not_years_later, years_ahead
from ..dossier.field_work import read_field_work, read_lineages
from ..dossier.files import PHOTO_FOLDER, Dossier
from ..dossier.issue_register import read_register
from ..dossier.opening import open_dossier
from ..dossier.records import read_layers
from .package_opening import opened_package
from .progress import Progress, silent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from ..core.records.field_return import ReturnPlan
    from ..core.records.field_steps import FieldWork
    from ..core.records.free_text import PersonalText

_PHOTO_ENDS = (".jpg", ".jpeg", ".png")
#: letters of a checksum that tell photos with one name apart
_MARK_LENGTH = 8

#: outcomes that a person must look at
_ATTENTION = ("conflict", "geweigerd", "opmerking")


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back: counts by outcome, a line (`REPORT_COLUMNS`) for each thing done, and notes."""

    counts: Mapping[str, int]
    lines: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]

    @property
    def attention(self) -> list[str]:
        """A sentence for each line that a person must look at."""
        said = []
        for layer, outcome, uuid, field, found, sentence, address, row, _package in self.lines:
            if outcome in _ATTENTION:
                which = ", ".join(filter(None, (layer, address, row and f"rij {row}", uuid, field)))
                said.append(f"{which}: {' '.join(filter(None, (found and f'{found}.', sentence)))}")
        return said


def packages_in(paths: Iterable[Path]) -> list[Path]:
    """The packages that somebody means: of a folder that is no package itself, the zips in it.

    So a folder with what came back of a day is enough: not every command line fills in `*.zip`.
    """
    found: list[Path] = []
    for path in paths:
        of_a_day = path.is_dir() and not (path / BASE_FILE).exists()
        zips = sorted(one for one in path.iterdir() if one.suffix.lower() == ".zip") if of_a_day else []
        found += zips or [path]
    return list(dict.fromkeys(found))


def return_package(
    folder: Path,
    package: Path,
    *,
    now: datetime,
    user: str,
    accept_personal_text: bool = False,
    progress: Progress = silent,
    report: Callable[[Sequence[tuple[str, ...]]], object] = lambda _lines: None,
) -> Returned:
    """Take a package back into its dossier; the report is made before the dossier changes.

    Args:
        folder: Of the dossier.
        package: The zip, its folder, or a GeoPackage in that folder.
        now: The moment of writing.
        user: Who takes it back.
        accept_personal_text: Take free text that holds signs of a person, see `core.records.free_text`.
        progress: Told where the work is; may stop it.
        report: Takes the lines of the report.

    Raises:
        AtlasError: no dossier, no package of it, free text with signs of a person that nobody accepted, or
            another program holds a file; nothing has changed then.
    """
    (done,) = return_packages(
        folder, [package], now=now, user=user, accept_personal_text=accept_personal_text,
        progress=progress, report=report,
    )  # fmt: skip
    if isinstance(done, AtlasError):
        raise done
    return done


def return_packages(
    folder: Path,
    packages: Sequence[Path],
    *,
    now: datetime,
    user: str,
    accept_personal_text: bool = False,
    progress: Progress = silent,
    report: Callable[[Sequence[tuple[str, ...]]], object] = lambda _lines: None,
) -> list[Returned | AtlasError]:
    """Take packages back into their dossier, in whatever order: it ends the same.

    All that can be taken back is written at once, or nothing is. A package that can't be is left out and gets
    its sentence.

    Args:
        folder: Of the dossier.
        packages: See `return_package`.
        now: See `return_package`.
        user: See `return_package`.
        accept_personal_text: See `return_package`.
        progress: See `return_package`.
        report: See `return_package`; the lines of all packages, before anything changes.

    Returns:
        Of each package what came back, or why it did not.

    Raises:
        AtlasError: no dossier, another program holds a file, or the clock of this computer is years ahead;
            nothing has changed then.
    """
    dossier = open_dossier(folder)
    progress("Pakketten openen" if len(packages) > 1 else "Pakket openen", 0.1)
    done: list[Returned | AtlasError] = []
    with ExitStack() as stack:
        opened = [_opened(stack, package, dossier) for package in packages]
        progress("Vergelijken met het dossier", 0.4)
        room = _Room(dossier, [one for one in opened if not isinstance(one, AtlasError)], now=now, user=user)
        for path, one in zip(packages, opened, strict=True):
            try:
                if isinstance(one, AtlasError):
                    raise one
                done.append(room.take_back(path.name, one, accept_personal_text=accept_personal_text))
            except AtlasError as error:
                done.append(error)
        progress("Rapport maken", 0.6)
        report([line for one in done if isinstance(one, Returned) for line in one.lines])
        progress("Dossier bijwerken", 0.8)
        room.write()
    progress("Klaar", 1.0)
    return done


@dataclass(frozen=True, slots=True)
class _Opened:
    """A package that was opened, and what was done with it in the field."""

    package: Dossier
    work: dict[str, FieldWork]


def _opened(stack: ExitStack, path: Path, dossier: Dossier) -> _Opened | AtlasError:
    try:
        package = stack.enter_context(opened_package(path, dossier))
        return _Opened(package, read_field_work(package))
    except AtlasError as error:
        return error


class _Room:
    """The dossier as it becomes while packages come back one after the other; `write` makes it so."""

    def __init__(self, dossier: Dossier, opened: Sequence[_Opened], *, now: datetime, user: str) -> None:
        self._dossier, self._now, self._user = dossier, now, user
        before = read_layers(dossier)
        check_not_years_later(now, chain(*before.values(), read_register(dossier)))
        self._lineages = read_lineages(dossier, [one.work for one in opened], before)
        self._becoming = Becoming(before)
        self._taken = _photos_of(dossier)
        self._photos: dict[Path, Path] = {}

    def take_back(self, name: str, opened: _Opened, *, accept_personal_text: bool) -> Returned:
        """Compare a package with the dossier, and take over what comes of it.

        A photo with the name of another one comes back under a name of its own: phones number theirs alike.

        Raises:
            AtlasError: free text with signs of a person that nobody accepted; it is left out then.
        """
        package, taken = opened.package, dict(self._taken)
        names = _photo_names(taken, package, opened.work)
        lineages = {
            layer: {
                uuid: deepcopy(known)
                for uuid in _uuids(done)
                if (known := self._lineages.get(layer, {}).get(uuid)) is not None
            }
            for layer, done in opened.work.items()
        }
        plan = plan_return(
            self._becoming.layers, with_photo_names(opened.work, names), now=self._now, user=self._user,
            lineages=lineages, package=name,
        )  # fmt: skip
        asked = ask_about_persons(_personal_texts(plan), accepted=accept_personal_text)
        photos, notes = _photos_to_bring(self._dossier, package, plan, names)
        self._photos |= photos
        self._taken = taken
        for layer, of_layer in lineages.items():
            self._lineages.setdefault(layer, {}).update(of_layer)
        self._becoming.take(plan.written)
        notes += _wrong_clocks(opened.work, self._now)
        return Returned(plan.counts(), tuple(plan.lines()), (*self._dossier.notes, *notes, *asked))

    def write(self) -> None:
        """Bring in the photos, then the records: all of it or nothing.

        Raises:
            AtlasError: a photo can't be written, or see `apply_import`.
        """
        written: list[Path] = []
        made: list[Path] = []
        try:
            for source, target in self._photos.items():
                made += _make_folders(target.parent)
                with kept_file(target) as beside:
                    beside.write_bytes(without_metadata(source.read_bytes()))
                written.append(target)
            stamp = write_moment(self._now)
            apply_import(self._dossier, self._becoming.plans(), now=stamp, user=self._user)
        except BaseException as error:
            # with a journal the records are finished at the next opening, and they name these photos
            if not (self._dossier.folder / JOURNAL_FILE).exists():
                _take_away(written, made)
            if isinstance(error, OSError):
                raise cannot_write(self._dossier.folder, error) from error
            raise


def _uuids(done: FieldWork) -> Iterator[str]:
    for record in (*done.new, *done.changed):
        yield str(record["uuid"])


def _personal_texts(plan: ReturnPlan) -> Iterator[PersonalText]:
    for of_layer in plan.plans:
        yield from personal_texts(of_layer, plan.numbers.get(of_layer.layer))


def _take_away(files: Iterable[Path], folders: Sequence[Path]) -> None:
    for path in files:
        path.unlink(missing_ok=True)
    for folder in reversed(folders):
        with suppress(OSError):  # somebody else has put something in it
            folder.rmdir()


def _make_folders(folder: Path) -> list[Path]:
    """Make a folder, and say which ones that took, the outermost first."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing[::-1]


def _photos_to_bring(
    dossier: Dossier, package: Dossier, plan: ReturnPlan, names: Mapping[str, str]
) -> tuple[dict[Path, Path], list[str]]:
    """The photos to bring in (from -> to), and Dutch sentences about those that are not there."""
    in_package = {own: name for name, own in names.items()}
    photos, notes = {}, [*package.notes]
    for own in plan.photos:
        name, target = in_package.get(own, own), dossier.folder / own
        source = _photo(package, name)
        if source is None:
            if not (target.is_file() and target.suffix.lower() in _PHOTO_ENDS):
                notes.append(
                    f"De foto {name} zit niet in het pakket; zet haar zelf in de map van het dossier."
                )
        elif (why := _unreadable(source)) and not target.exists():
            notes.append(f"De foto {name} is niet overgenomen: {why}")
        elif not target.exists():
            photos[source] = target
            if own != name:
                notes.append(
                    f"Het dossier heeft al een andere foto met de naam {name}; deze heet daar {own}."
                )
    return photos, notes


def _wrong_clocks(work: Mapping[str, FieldWork], now: datetime) -> Iterator[str]:
    """A sentence when a device in the field was years ahead."""
    records = [record for done in work.values() for record in (*done.new, *done.changed)]
    ahead = years_ahead((record.get("gewijzigd_op") for record in records), now)
    if ahead:
        said = counted(ahead, "record is", "records zijn")
        yield (
            f"{said} volgens het toestel in het veld jaren na vandaag gewijzigd: zijn klok liep voor. "
            "Dit telt als nu; kijk na of de datums van de bezoeken kloppen."
        )


def _photos_of(dossier: Dossier) -> dict[str, Path]:
    """The photos of a dossier by name, in small letters: Windows does not tell names in other case apart."""
    folders = (dossier.folder, dossier.folder / PHOTO_FOLDER)  # of a link nobody goes in by himself
    return {
        path.relative_to(dossier.folder).as_posix().casefold(): path
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix.lower() in _PHOTO_ENDS
    }


def _photo_names(taken: dict[str, Path], package: Dossier, work: Mapping[str, FieldWork]) -> dict[str, str]:
    """Photo in the package -> its name in the dossier, for those of which the name is taken by another.

    The new name is made from what is in the photo: taking the same package back again finds it there. What is
    taken by these is added to `taken`.
    """
    names = {}
    for name in photo_names(work):
        source = _photo(package, name)
        if source is None:
            continue
        other = taken.setdefault(name.casefold(), source)
        if other == source or _picture(other) == _picture(source):
            continue
        mark = hashlib.sha256(source.read_bytes()).hexdigest()[:_MARK_LENGTH]
        names[name] = PurePosixPath(name).with_stem(f"{PurePosixPath(name).stem}-{mark}").as_posix()
        taken.setdefault(names[name].casefold(), source)
    return names


def _picture(path: Path) -> bytes:
    """A photo without metadata, which is how it stands in a dossier; what is no photo as it is."""
    content = path.read_bytes()
    try:
        return without_metadata(content)
    except AtlasError:
        return content


def _unreadable(path: Path) -> str:
    """Why the metadata of a photo can't be taken out, in Dutch; "" when it can."""
    try:
        without_metadata(path.read_bytes())
    except AtlasError as error:
        return f"{error.title} Gevonden: {error.got}."
    return ""


def _photo(package: Dossier, name: str) -> Path | None:
    """The file of a photo in a package; None when it is not there, or no photo of the package."""
    path = package.folder / name
    inside = path.resolve().is_relative_to(package.folder.resolve())
    return path if inside and path.is_file() and path.suffix.lower() in _PHOTO_ENDS else None

"""The package that a team takes into the field: a dossier of its own municipalities, with its project.

It is made anew, so that nothing of another municipality is in it: no record, no history, no line of the
register, and no page of a file that once held one.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ..atlas.core.disclosure.fields import may_leave
from ..atlas.core.records.import_plan import ImportPlan, Insert
from ..atlas.core.schema.rural import RURAL_LAYERS
from ..atlas.core.words.errors import AtlasError
from ..atlas.core.words.notation import counted
from ..atlas.dossier.changes import apply_import
from ..atlas.dossier.files import SEAL_FILE, SLOT_FILE
from ..atlas.dossier.opening import init_dossier
from ..atlas.gpkg.format import UNKNOWN_EDITOR
from ..gate import TEAM, check_output, issue
from .dossier_layers import EDITABLE
from .dossier_project import build_project
from .field_check import ERROR, check_project, opened_project

if TYPE_CHECKING:
    from ..atlas.core.disclosure.released import Released
    from ..gate import Permit, Request
    from .field_check import Finding

_SUFFIX = ".zip"
#: who edited may not leave; the files want a name
_EDITORS = dict.fromkeys(("aangemaakt_door", "gewijzigd_door"), UNKNOWN_EDITOR)
#: a zip holds no moment of its own: what is in it does not depend on when it was packed
_MOMENT = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Package:
    """What was packed: the file, its records, what stays behind, and what to know before it is used."""

    path: Path
    records: int
    withheld: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def sentence(self) -> str:
        """What was packed, for the person who asked."""
        records = counted(self.records, "record", "records")
        text = f"Het pakket {self.path.name} heeft {records} en staat in het register van uitgifte."
        return " ".join((text, *self.withheld))


def write_package(folder: Path, path: Path, request: Request) -> Package:
    """Write the package of a dossier for a team, through the register of issues.

    Args:
        folder: Of the dossier.
        path: The zip; it must not lie inside the dossier.
        request: For whom and for what.

    Raises:
        AtlasError: not for the team, no purpose or municipality, a file that can't be read or written, or a
            package that would not work in the field.
    """
    if path.suffix.lower() != _SUFFIX:
        raise AtlasError("Een pakket voor het veld is een zip-bestand.", where=str(path), expected=_SUFFIX)
    permit = check_output(folder, [name for name in EDITABLE if _can_go(name)], request, [path])
    released = permit.release()
    counts = {name: count for name, count in released.counts.items() if count}
    # beside the package: records are never left in the computer's common temporary folder
    with issue(permit, path, counts) as beside, TemporaryDirectory(prefix=".", dir=path.parent) as place:
        packed = Path(place) / folder.name
        _make_dossier(permit, packed, released)
        findings = _check(build_project(packed))
        _zip(packed, beside)
    return Package(path, sum(counts.values()), released.sentences, findings)


def _can_go(layer: str) -> bool:
    """Whether a record is whole without the fields that stay behind; a signal without reporter is not."""
    return all(
        may_leave(layer, field.name, TEAM) or field.name in _EDITORS
        for field in RURAL_LAYERS[layer].fields
        if field.required
    )


def _make_dossier(permit: Permit, folder: Path, released: Released) -> None:
    dossier = init_dossier(folder, fictitious=permit.dossier.fictitious)
    nothing = ((),) * 4
    plans = [
        ImportPlan(
            name,
            tuple(Insert(row, {**record, **_EDITORS}) for row, record in enumerate(records, start=1)),
            *nothing,
        )
        for name, records in released.records.items()
    ]
    apply_import(dossier, plans)


def _check(path: Path) -> tuple[Finding, ...]:
    """What there is to know of the package; an error stops it."""
    with opened_project(path) as project:
        findings = check_project(project)
    errors = [finding for finding in findings if finding.level == ERROR]
    if errors:
        first = errors[0]
        raise AtlasError(
            "Het pakket zou in het veld niet werken en is niet gemaakt.",
            where=first.layer, got=first.what, hint=first.remedy,
        )  # fmt: skip
    return tuple(findings)


def _zip(folder: Path, path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file() and file.name not in {SEAL_FILE, SLOT_FILE}:
                entry = zipfile.ZipInfo(f"{folder.name}/{file.relative_to(folder).as_posix()}", _MOMENT)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, file.read_bytes())

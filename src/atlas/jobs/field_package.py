"""The package that a team takes into the field: a dossier of its own municipalities.

It is made anew, so that nothing of another municipality is in it: no record, no history, no line of the
register, and no page of a file that once held one.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ..core.disclosure.fields import may_leave
from ..core.files.dossier_folder import SLOT_FILE
from ..core.records.campaign_rounds import named_campaign
from ..core.records.import_plan import ImportPlan, Insert
from ..core.records.round_out import round_records
from ..core.schema.rural import RURAL_LAYERS
from ..core.words.errors import AtlasError
from ..core.words.layer_names import CAMPAIGNS, ROUNDS
from ..core.words.notation import counted
from ..dossier.changes import apply_import
from ..dossier.files import SEAL_FILE
from ..dossier.opening import init_dossier, open_dossier
from ..dossier.records import read_layers
from ..gpkg.format import UNKNOWN_EDITOR
from .handing_out import TEAM, Request, permit_for
from .rounds_out import day_to_be_back

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from ..core.disclosure.released import Records, Released
    from ..dossier.files import Dossier
    from .handing_out import Permit

_SUFFIX = ".zip"
#: who edited may not leave; the files want a name
_EDITORS = dict.fromkeys(("aangemaakt_door", "gewijzigd_door"), UNKNOWN_EDITOR)
#: a zip holds no moment of its own: what is in it does not depend on when it was packed
_MOMENT = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Package:
    """What was packed: the file, its records, and what stays behind."""

    path: Path
    records: int
    withheld: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What was packed, for the person who asked."""
        records = counted(self.records, "record", "records")
        text = f"Het pakket {self.path.name} heeft {records} en staat in het register van uitgifte."
        return " ".join((text, *self.withheld))


def packed_layers() -> list[str]:
    """The layers that go along: those of which a record is whole without the fields that stay behind."""
    return [name for name, layer in RURAL_LAYERS.items() if not layer.append_only and _can_go(name)]


def write_package(
    folder: Path,
    path: Path,
    request: Request,
    *,
    now: datetime,
    finish: Callable[[Path], object] = lambda _folder: None,
) -> Package:
    """Write the package of a dossier for a team, through the register of issues.

    Args:
        folder: Of the dossier.
        path: The zip; it must not lie inside the dossier.
        request: For which team and for what.
        now: When.
        finish: Adds to the folder of the package what else a face has for the field, and may refuse it.

    Raises:
        AtlasError: no purpose or municipality, a file that can't be read or written, or what `finish` raises:
            then there is no package.
    """
    permit = permit_for(_opened(folder, path), packed_layers(), request, [path])
    return _pack(permit, folder, path, permit.release(), now=now, finish=finish)


def write_round_package(
    folder: Path,
    path: Path,
    *,
    campaign: str,
    name: str,
    purpose: str,
    back_by: str,
    user: str,
    now: datetime,
    finish: Callable[[Path], object] = lambda _folder: None,
) -> Package:
    """Write the package of one round: only its stops, their yards and the objects on those.

    Args:
        folder: Of the dossier.
        path: The zip; it must not lie inside the dossier.
        campaign: The name of the campaign.
        name: Of the round, a letter.
        purpose: What it is for; stands in the register.
        back_by: The last day to bring it back or destroy it, as ISO text.
        user: Who asks; stands in the register.
        now: When.
        finish: See `write_package`.

    Raises:
        AtlasError: no such campaign or round, no day to be back, or see `write_package`.
    """
    dossier = _opened(folder, path)
    until = day_to_be_back(back_by, now)
    of = named_campaign(read_layers(dossier, [CAMPAIGNS])[CAMPAIGNS], campaign)
    request = Request(TEAM, (str(of["gemeente_code"]),), purpose, user)
    permit = permit_for(dossier, packed_layers(), request, [path])
    of_round = permit.release().into(lambda records: round_records(records, campaign, name))
    team = str(of_round.content[ROUNDS][0]["team"])
    return _pack(permit, folder, path, of_round, now=now, finish=finish, recipient=team, back_by=until)


def _opened(folder: Path, path: Path) -> Dossier:
    if path.suffix.lower() != _SUFFIX:
        raise AtlasError("Een pakket voor het veld is een zip-bestand.", where=str(path), expected=_SUFFIX)
    return open_dossier(folder)


def _pack(
    permit: Permit,
    folder: Path,
    path: Path,
    released: Released[Records],
    *,
    now: datetime,
    finish: Callable[[Path], object],
    recipient: str = "",
    back_by: str = "",
) -> Package:
    counts = {name: len(records) for name, records in released.content.items() if records}
    if not counts:
        raise AtlasError(
            "Er is niets om mee te nemen: het dossier heeft geen records van deze gemeenten.",
            where=str(folder), got=", ".join(released.municipalities),
            hint="Lees eerst objecten of erven in, of kies een andere gemeente.",
        )  # fmt: skip
    # in the hidden folder of the output: what a kill leaves of it is found by a check and by an erasure
    with (
        permit.issue(path, released, now=now, counts=counts, recipient=recipient, back_by=back_by) as beside,
        TemporaryDirectory(dir=beside.parent) as place,
    ):
        packed = Path(place) / folder.resolve().name
        _make_dossier(packed, released)
        finish(packed)
        _zip(packed, beside)
    return Package(path, sum(counts.values()), released.sentences)


def _can_go(layer: str) -> bool:
    """Whether a record is whole without the fields that stay behind; a signal without reporter is not."""
    return all(
        may_leave(layer, field.name, TEAM) or field.name in _EDITORS
        for field in RURAL_LAYERS[layer].fields
        if field.required
    )


def _make_dossier(folder: Path, released: Released[Records]) -> None:
    dossier = init_dossier(folder, fictitious=released.fictitious)
    nothing = ((),) * 4
    plans = [
        ImportPlan(
            name,
            tuple(Insert(row, {**record, **_EDITORS}) for row, record in enumerate(records, start=1)),
            *nothing,
        )
        for name, records in released.content.items()
    ]
    apply_import(dossier, plans)


def _zip(folder: Path, path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file() and file.name not in {SEAL_FILE, SLOT_FILE}:
                entry = zipfile.ZipInfo(f"{folder.name}/{file.relative_to(folder).as_posix()}", _MOMENT)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, file.read_bytes())

"""A package of made-up records as it comes back from an invented day in the field."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING

from ..core.files.dossier_folder import looks_like_dossier
from ..core.files.new_file import new_file
from ..core.files.output_gate import check_outputs
from ..core.tables.registers import write_moment
from ..core.words.errors import AtlasError
from ..core.words.layer_names import CAMPAIGNS, FINDINGS, ROUNDS, STOPS, VISITS
from ..jobs.package_opening import opened_package

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

_EDITOR = "onbekend"
_MOMENT = (1980, 1, 1, 0, 0, 0)


def fill_package(folder: Path, package: Path, out: Path, *, seed: int, now: datetime) -> Path:
    """Write a package of one round as a team would bring it back: visits and what was told, all invented.

    The rows are added as QField adds them, by a program that knows nothing of the atlas.

    Args:
        folder: Of the demo's dossier.
        package: The zip of a round, of made-up records.
        out: The folder where what comes back will stand.
        seed: The same package and seed give the same visits.
        now: Day and moment of the visits.

    Returns:
        The zip that came back.

    Raises:
        AtlasError: the package can't be read, holds real records or no round, or can't be written.
    """
    from ..dossier.opening import open_dossier
    from ..dossier.records import read_layers
    from ..fiction.field_day import field_day

    if not looks_like_dossier(folder):
        raise AtlasError(
            "Hier staat geen dossier van een demo.",
            where=str(folder),
            expected="de map van de demo waar het pakket uit komt",
            hint="Noem de map waarin de demo is gemaakt.",
        )
    path = out / f"FICTIEF_{package.stem}-terug.zip"
    check_outputs([path], inputs=[package])
    out.mkdir(parents=True, exist_ok=True)
    with opened_package(package, open_dossier(folder)) as dossier:
        layers = read_layers(dossier, (CAMPAIGNS, ROUNDS, STOPS))
        if not dossier.fictitious or not layers[ROUNDS]:
            raise AtlasError(
                "Alleen een pakket van een verzonnen ronde wordt met verzonnen bezoeken gevuld.",
                where=str(package), expected=f"een FICTIEF pakket: atlas visits hand-out -o {package.name}",
            )  # fmt: skip
        (tour,), stops = layers[ROUNDS], sorted(layers[STOPS], key=lambda one: str(one["naam"]))
        made = field_day(layers[CAMPAIGNS][0], tour, stops, seed=seed, day=now.date())
        for layer, records in zip((VISITS, FINDINGS), made, strict=True):
            _add(dossier.folder / f"{layer}.gpkg", layer, records, write_moment(now))
        with new_file(path) as beside, zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(one for one in dossier.folder.rglob("*") if one.is_file()):
                entry = zipfile.ZipInfo(
                    f"{folder.name}/{file.relative_to(dossier.folder).as_posix()}", _MOMENT
                )
                archive.writestr(entry, file.read_bytes(), zipfile.ZIP_DEFLATED)
    return path


def _add(path: Path, layer: str, records: Sequence[Mapping[str, object]], moment: str) -> None:
    stamps = {
        "aangemaakt_op": moment, "aangemaakt_door": _EDITOR, "gewijzigd_op": moment,
        "gewijzigd_door": _EDITOR,
    }  # fmt: skip
    with closing(sqlite3.connect(path)) as connection, connection:
        for record in records:
            row = {**record, **stamps}
            marks = ", ".join("?" * len(row))
            connection.execute(f"INSERT INTO {layer} ({', '.join(row)}) VALUES ({marks})", [*row.values()])  # noqa: S608

"""The register `uitgifte`: every output that holds records stands in it before the file exists.

No line, no file. The register only grows: its own file refuses any other change (see `format`).
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from ..core.disclosure.audiences import audience_of
from ..core.disclosure.records import check_competence
from ..core.files.login import login_name
from ..core.files.new_file import new_file
from ..core.files.output_gate import check_output
from ..core.schema.rural import RURAL_LAYERS, working_layer
from ..core.tables.registers import write_moment
from ..core.words.errors import AtlasError
from ..gpkg.geopackage import insert_rows
from ..gpkg.statements import sql
from .checksums import note_checksums
from .files import REGISTER
from .locks import problem, told, writing
from .records import read_records
from .rows import describe_contents, stored_moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from ..core.records.matching import Record
    from .files import Dossier

ISSUED, ERASED = "uitgifte", "gewist"
#: what is done for the person whom records are about, or after a mistake
INSPECTED, CORRECTED, ERASED_ON_REQUEST = "inzage", "verbeterd", "gewist_verzoek"
#: a file with a day to be back came back, or was destroyed
BACK = "terug"
#: the seed of a draw, before anything is drawn with it
DRAWN = "loting"
#: stands in the register when the computer has no name for who is at it
UNKNOWN_LOGIN = "onbekend"

_NAMESPACE = UUID("0d1f6f0e-8c55-5a0f-9f3e-5a3b1c1f7e42")


def read_register(dossier: Dossier) -> list[Record]:
    """The lines of the register, oldest first; an issue without a `controlegetal` was never completed."""
    return read_records(dossier, REGISTER)


@contextmanager
def record_issue(
    dossier: Dossier,
    path: Path,
    *,
    purpose: str,
    audience: str,
    municipalities: Iterable[str],
    layers: Mapping[str, int],
    user: str,
    now: datetime,
    rule: str = "",
    recipient: str = "",
    action: str = ISSUED,
    back_by: str = "",
) -> Iterator[Path]:
    """Issue a file with records: the line in the register first, then the file, then its checksum.

    The block gets a path beside `path` to write to. When it ends well the file is moved into place and the
    line completed with its name and SHA-256, both or neither. When it fails there is no file, and the line
    stays behind without a checksum.

    Args:
        dossier: An opened dossier.
        path: Where the file will stand, outside the dossier.
        purpose: What it was asked for.
        audience: For whom.
        municipalities: Codes of the municipalities whose records are in it.
        layers: Layer name -> how many records of it are in the file.
        user: Who issues it.
        now: When.
        rule: The disclosure rule that was used, in words.
        recipient: The organisation that gets it; no person.
        action: `ISSUED`, or `INSPECTED` when it is for the person whom the records are about.
        back_by: The last day on which it is back or destroyed, as ISO text; "" when that is not asked.

    Raises:
        AtlasError: no purpose, user or municipality, all municipalities of a real dossier, a place inside the
            dossier, or the register or the file can't be written.
    """
    codes = check_issue(
        dossier, path, purpose=purpose, audience=audience, municipalities=municipalities, user=user
    )
    uuid = append_line(
        dossier,
        {
            "tijdstip": write_moment(now),
            "door": user.strip(),
            "handeling": action,
            "doel": purpose.strip(),
            "ontvanger": recipient.strip() or None,
            "publiek": audience,
            "gemeenten": ",".join(codes),
            "lagen": ",".join(name for name in RURAL_LAYERS if name in layers),
            "aantal": sum(layers.values()),
            "onderdrukking": rule or None,
            "terug_voor": back_by or None,
            "bestand": str(path.absolute()),  # where to look for it when this is never completed
        },
    )
    register = dossier.path(REGISTER)
    with ExitStack() as stack:
        with new_file(path, private=True) as beside:
            yield beside
            with beside.open("rb") as file:
                checksum = hashlib.file_digest(file, "sha256").hexdigest()
            connection = stack.enter_context(writing([register]))[register]
            with told(register):
                connection.execute(
                    sql("UPDATE $table SET bestand = ?, controlegetal = ? WHERE uuid = ?", table=REGISTER),
                    (path.name, checksum, uuid),
                )
                note_checksums(connection, working_layer(REGISTER), [uuid])
        try:
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            path.unlink(missing_ok=True)
            raise problem(register, error) from error


def append_line(dossier: Dossier, line: Mapping[str, object]) -> str:
    """Add a line to the register, with the name under which this computer knows who is at it.

    Returns:
        Its uuid, made from what it says and how many lines went before.

    Raises:
        AtlasError: the register can't be written.
    """
    path, layer = dossier.path(REGISTER), working_layer(REGISTER)
    columns = layer.field_names
    with writing([path]) as connections:
        connection = connections[path]
        try:
            before = connection.execute(sql("SELECT count(*) FROM $table", table=REGISTER)).fetchone()[0]
            said = sorted(item for item in line.items() if item[0] != "bestand")  # a place is of one computer
            uuid = str(uuid5(_NAMESPACE, repr([before, said])))
            stored = {
                **line,
                "uuid": uuid,
                "aanmelding": login_name() or UNKNOWN_LOGIN,
                "tijdstip": stored_moment(str(line["tijdstip"])),
            }
            insert_rows(connection, REGISTER, columns, [[stored.get(name) for name in columns]])
            note_checksums(connection, layer, [uuid])
            describe_contents(connection, layer, str(line["tijdstip"]))
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise problem(path, error) from error
    return uuid


def check_issue(
    dossier: Dossier,
    path: Path | None,
    *,
    purpose: str,
    audience: str,
    municipalities: Iterable[str],
    user: str,
) -> tuple[str, ...]:
    """Check what an issue must say of itself, and where its file will stand if that is known.

    Returns:
        The codes of the municipalities, sorted.

    Raises:
        AtlasError: see `record_issue`.
    """
    for text, what in ((purpose, "waarvoor deze uitvoer is"), (user, "wie deze uitvoer maakt")):
        if not text.strip():
            raise AtlasError(
                f"Zeg {what}; dat komt in het register van uitgifte.", expected="een korte omschrijving"
            )
    audience_of(audience)
    if path is not None:
        check_output(path)
    return check_municipalities(dossier, municipalities)


def check_municipalities(dossier: Dossier, municipalities: Iterable[str]) -> tuple[str, ...]:
    """The codes of the municipalities whose records may go out together, sorted.

    Raises:
        AtlasError: none, one that does not exist, or all of them from a dossier that is not made up: each
            municipality answers for its own data.
    """
    return check_competence(municipalities, fictitious=dossier.fictitious)

"""The register `uitgifte`: every output that holds records stands in it before the file exists.

No line, no file. An output has two lines: one when it is begun, and one that completes it, with the checksum.
The register only grows: its own file refuses any other change (see `format`), and what goes around that shows
in the chain (see `register_chain`). Nothing is handed out while the chain is broken.
"""

from __future__ import annotations

import hashlib
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.disclosure.audiences import audience_of
from ..core.disclosure.records import check_competence
from ..core.files.login import login_name
from ..core.files.new_file import new_file
from ..core.files.output_gate import check_output
from ..core.schema.rural import RURAL_LAYERS, working_layer
from ..core.tables.registers import write_moment
from ..core.words.errors import AtlasError
from ..core.words.layer_names import REGISTER
from ..core.words.notation import counted
from ..gpkg.geopackage import insert_rows
from ..gpkg.statements import assignments, sql
from .checksums import note_checksums
from .issue_mark import put_mark
from .locks import RESTORE, reading, told, writing
from .records import read_records
from .register_chain import (
    ACCEPTED,
    CHAINED,
    EMPTIED,
    EXPIRED,
    Broken,
    Head,
    Line,
    Looked,
    emptied,
    look_through,
    next_line,
    said_numbers,
    state_of,
    stored_lines,
)
from .rows import as_atlas, describe_contents, stored_moment

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from ..core.records.matching import Record
    from ..core.words.errors import Choice
    from .files import Dossier

ISSUED, ERASED = "uitgifte", "gewist"
#: what is done for the person whom records are about, or after a mistake
INSPECTED, CORRECTED, ERASED_ON_REQUEST = "inzage", "verbeterd", "gewist_verzoek"
#: a file with a day to be back came back, or was destroyed
BACK = "terug"
#: the seed of a draw, before anything is drawn with it
DRAWN = "loting"
MEASURED = "indicatoren"
#: an output that was begun is there, with its checksum
COMPLETED = "voltooid"
#: stands in the register when the computer has no name for who is at it
UNKNOWN_LOGIN = "onbekend"
_LONGEST, _SHOWN = 500, 3


@dataclass(frozen=True, slots=True)
class Said:
    """What a line says of the figures in a file.

    Args:
        figures: Their ids.
        table: The protected table they were read from: reference date and checksum.
        rules: The checksum of the rules they were made by.
    """

    figures: tuple[str, ...] = ()
    table: str = ""
    rules: str = ""


def read_register(dossier: Dossier) -> list[Record]:
    """What the register tells, oldest first: an output as one record, without lines whose term is past.

    An output that was never completed has no `controlegetal`; one that was has the name and checksum of its
    second line.
    """
    told_of: dict[str, Record] = {}
    for line in read_records(dossier, REGISTER):
        begun = told_of.get(str(line["hoort_bij"])) if line["handeling"] == COMPLETED else None
        if begun is not None:
            begun |= {name: line[name] for name in ("bestand", "controlegetal")}
        elif line["handeling"] not in (COMPLETED, EXPIRED):
            told_of[str(line["uuid"])] = line
    return list(told_of.values())


def read_lines(dossier: Dossier) -> list[Line]:
    """Every line of the register as it is stored, in the order in which they were written."""
    path = dossier.path(REGISTER)
    with reading(path) as connection, told(path):
        return stored_lines(connection)


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
    valid_until: str = "",
    said: Said | None = None,
) -> Iterator[Path]:
    """Issue a file with records: the line in the register, then the file, then the line that completes it.

    The block gets a path beside `path` to write to. When it ends well the file gets the number and hash of
    its line, where its format has room for that, is moved into place, and its name and SHA-256 go in a second
    line: all or nothing. When it fails there is no file, and the first line stays without a second.

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
        valid_until: The last day on which it may be used, as ISO text.
        said: What it says of figures.

    Raises:
        AtlasError: no purpose, user or municipality, all municipalities of a real dossier, a place inside the
            dossier, a register that was tampered with, or the register or the file can't be written.
    """
    codes = check_issue(
        dossier, path, purpose=purpose, audience=audience, municipalities=municipalities, user=user
    )
    said = said or Said()
    line: dict[str, object] = {
        "tijdstip": write_moment(now),
        "door": user.strip(),
        "handeling": action,
        "doel": purpose.strip(),
        "ontvanger": recipient.strip() or None,
        "publiek": audience,
        "gemeenten": ",".join(codes),
        "lagen": ",".join(name for name in RURAL_LAYERS if name in layers),
        "aantal": sum(layers.values()),
        "cijfers": ",".join(said.figures) or None,
        "tabel": said.table or None,
        "onderdrukking": rule or None,
        "regels": said.rules or None,
        "terug_voor": back_by or None,
        "geldig_tot": valid_until or None,
        "bestand": str(path.absolute()),  # where to look for it when this is never completed
    }
    begun = append_line(dossier, line)
    register = dossier.path(REGISTER)
    with ExitStack() as stack:
        with new_file(path, private=True) as beside:
            yield beside
            put_mark(beside, Head(int(str(begun["nummer"])), str(begun["keten"])))
            with beside.open("rb") as file:
                checksum = hashlib.file_digest(file, "sha256").hexdigest()
            connection = stack.enter_context(writing([register]))[register]
            completing = {
                **line, "handeling": COMPLETED, "hoort_bij": begun["uuid"], "bestand": path.name,
                "controlegetal": checksum, "aanmelding": begun["aanmelding"],
            }  # fmt: skip
            with told(register):
                add_line(connection, register, completing)
        with _undone(path, register):
            connection.execute("COMMIT")


def append_line(dossier: Dossier, said: Mapping[str, object]) -> Line:
    """Add a line to the register, with the name under which this computer knows who is at it.

    Returns:
        The line as it stands there.

    Raises:
        AtlasError: the register was tampered with, or can't be written.
    """
    path = dossier.path(REGISTER)
    with writing([path]) as connections, told(path):
        line = add_line(connections[path], path, {**said, "aanmelding": login_name() or UNKNOWN_LOGIN})
        connections[path].execute("COMMIT")
    return line


def add_line(connection: sqlite3.Connection, path: Path, said: Mapping[str, object]) -> Line:
    """Add a line within the caller's transaction: nobody else adds one between the last and this.

    Raises:
        AtlasError: the chain is broken.
    """
    lines = stored_lines(connection)
    looked = look_through(lines)
    if looked.broken:
        raise _tampered(path, looked)
    return _put(connection, said, looked.head)


def empty_lines(
    connection: sqlite3.Connection, path: Path, said: Mapping[str, object], numbers: Collection[int]
) -> Line:
    """Take the contents out of lines within the caller's transaction; a line names all that are empty now.

    Args:
        connection: To the register.
        path: Of the register.
        said: What that line says beside the numbers.
        numbers: Of the lines.

    Raises:
        AtlasError: the chain is broken.
    """
    lines = stored_lines(connection)
    before = {int(str(line["nummer"])) for line in lines if line["handeling"] == EXPIRED}
    whole = {**said, "handeling": EMPTIED, "gewiste_regels": said_numbers({*before, *numbers})}
    added = add_line(connection, path, {**whole, "aanmelding": login_name() or UNKNOWN_LOGIN})
    connection.execute("PRAGMA secure_delete = ON")
    user, moment = str(said["door"]), str(said["tijdstip"])
    going = [emptied(line) for line in lines if line["nummer"] in set(numbers)]
    with as_atlas(connection, mark=EMPTIED, moment=moment, user=user):
        for line in going:
            connection.execute(
                sql("UPDATE $table SET $fields WHERE uuid = ?", table=REGISTER, fields=assignments(line)),
                [*line.values(), line["uuid"]],
            )
    note_checksums(connection, working_layer(REGISTER), [str(line["uuid"]) for line in going])
    return added


def accept_register(connection: sqlite3.Connection, *, user: str, moment: str) -> Line | None:
    """Let the chain go on behind lines that do not fit, and say so in a line; None when all fit.

    Within the caller's transaction. What was wrong stays visible, and so does who accepted it.
    """
    lines = stored_lines(connection)
    looked = look_through(lines)
    if not looked.broken:
        return None
    said = {
        "tijdstip": moment, "door": user, "handeling": ACCEPTED, "aantal": len(looked.broken),
        "doel": what_is_wrong(looked.broken)[:_LONGEST], "controlegetal": state_of(lines),
        "aanmelding": login_name() or UNKNOWN_LOGIN,
    }  # fmt: skip
    highest = max((line["nummer"] for line in lines if isinstance(line["nummer"], int)), default=0)
    return _put(connection, said, Head(max(highest, looked.head.number), looked.head.hash))


def chained(lines: Sequence[Mapping[str, object]], moment: str) -> list[Line]:
    """The lines of a register from before the chain, chained, with a last one that says so.

    Args:
        lines: As they were stored, oldest first.
        moment: Of the last.
    """
    made: list[Line] = []
    head = look_through([]).head
    for line in [*lines, *([_start_of_chain(len(lines), moment)] if lines else [])]:
        made.append(next_line({name: cell for name, cell in line.items() if cell is not None}, head))
        head = Head(int(str(made[-1]["nummer"])), str(made[-1]["keten"]))
    return made


def _start_of_chain(count: int, moment: str) -> Line:
    return {
        "tijdstip": stored_moment(moment), "door": "de atlas", "handeling": CHAINED, "aantal": count,
        "aanmelding": login_name() or UNKNOWN_LOGIN,
        "doel": f"{counted(count, 'regel stond', 'regels stonden')} er al voor de ketting.",
    }  # fmt: skip


@contextmanager
def _undone(path: Path, register: Path) -> Iterator[None]:
    """Take a file away again when its line can't be kept."""
    try:
        with told(register):
            yield
    except AtlasError:
        path.unlink(missing_ok=True)
        raise


def _put(connection: sqlite3.Connection, said: Mapping[str, object], head: Head) -> Line:
    layer = working_layer(REGISTER)
    line = next_line({**said, "tijdstip": stored_moment(str(said["tijdstip"]))}, head)
    columns = layer.field_names
    whole = {name: line.get(name) for name in columns}
    insert_rows(connection, REGISTER, columns, [list(whole.values())])
    note_checksums(connection, layer, [str(line["uuid"])])
    describe_contents(connection, layer, str(line["tijdstip"]))
    return whole


def what_is_wrong(broken: Sequence[Broken]) -> str:
    """The first few things that do not fit in a register, and how many more there are."""
    told_of = [one.sentence for one in broken[:_SHOWN]]
    more = len(broken) - _SHOWN
    return "; ".join(told_of) + (f"; en nog {more}" if more > 0 else "")


def _tampered(path: Path, looked: Looked) -> AtlasError:
    return AtlasError(
        "Het register van uitgifte is niet meer zoals het is geschreven; er wordt niets uitgegeven.",
        where=str(path),
        got=what_is_wrong(looked.broken),
        expected="regels die op elkaar volgen, elk zoals ze is opgeslagen",
        hint=f"{RESTORE}. Is er geen goede kopie, aanvaard het dan bij het controleren van het dossier; dat "
        "komt in het register.",
        choices=("check_dossier",),
    )


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
    said: tuple[tuple[str, str, Choice], ...] = (
        (purpose, "waarvoor deze uitvoer is", "purpose"),
        (user, "wie deze uitvoer maakt", "user"),
    )
    for text, what, choice in said:
        if not text.strip():
            raise AtlasError(
                f"Zeg {what}; dat komt in het register van uitgifte.",
                expected="een korte omschrijving",
                choices=(choice,),
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

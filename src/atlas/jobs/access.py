"""Answer a person who asks what is recorded about a yard or object: a letter, and a line in the register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.disclosure.audiences import Audience
from ..core.records.about_place import DELETED, about_address, about_uuids, also_near, told_near
from ..core.records.access_letter import Sender, access_letter
from ..core.records.recipients import recipients
from ..core.schema.published import GEOMETRY_FIELD
from ..core.tables.personal_text import personal_signs
from ..core.words.errors import AtlasError
from ..core.words.notation import counted
from ..dossier.issue_register import INSPECTED, read_register, record_issue
from ..dossier.opening import open_dossier
from ..dossier.records import read_changes, read_history, read_layers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from ..core.records.access_letter import Letter
    from ..core.records.matching import Record
    from ..dossier.files import Dossier

    #: writes a letter to a path; the kind of file is decided by the face
    WriteLetter = Callable[[Path, Letter], object]

_PURPOSE = "Inzage op verzoek van een betrokkene (AVG art. 15)"
_RECIPIENT = "de betrokkene zelf"
_REMOVED = "verwijderd"
_DAY = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """About what: an address, or uuids of objects, yards and signals."""

    address: str = ""
    uuids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """What was written: the letter, how many records it tells, and what to look at before handing it over."""

    path: Path
    letter: Letter
    count: int
    attention: tuple[str, ...]


def answer(
    folder: Path,
    path: Path,
    write: WriteLetter,
    asked: Asked,
    *,
    user: str,
    now: datetime,
    day: date | None = None,
    maker: str = "",
    contact: str = "",
) -> Answered:
    """Write everything that is recorded about one yard or object, through the register.

    Args:
        folder: Of the dossier.
        path: Where the letter will stand, outside the dossier.
        write: Writes it there.
        asked: About what.
        user: Who answers, for the register.
        now: When.
        day: The day that stands on the letter; that of `now` when it is not given.
        maker: The organisation that answers, on the letter.
        contact: Whom to ask, on the letter.

    Raises:
        AtlasError: nothing stands there, it may mean two places, not one of the two ways to ask, or the
            register or the file can't be written.
    """
    if bool(asked.address.strip()) == bool(asked.uuids):
        raise AtlasError(
            "Zeg waar het over gaat: een adres, of uuids.",
            expected="een van de twee",
            choices=("address", "uuid"),
        )
    dossier = open_dossier(folder)
    layers = read_layers(dossier)
    histories = _histories(dossier, layers)
    everything = _with_deleted(layers, histories)
    about = (
        about_address(everything, asked.address)
        if asked.address.strip()
        else about_uuids(everything, asked.uuids)
    )
    made = {
        name: min(str(record.get("aangemaakt_op") or "") for record in records)
        for name, records in about.records.items()
    }
    issued = recipients(read_register(dossier), made, about.municipalities)
    letter = access_letter(
        about, histories, issued, Sender(day or now.date(), maker.strip(), contact.strip()),
        fictitious=dossier.fictitious,
    )  # fmt: skip
    counts = {name: len(records) for name, records in about.records.items()}
    with record_issue(
        dossier, path, purpose=_PURPOSE, audience=Audience.TEAM, municipalities=about.municipalities,
        layers=counts, user=user, now=now, recipient=_RECIPIENT, action=INSPECTED,
    ) as beside:  # fmt: skip
        write(beside, letter)
    told = {str(record["uuid"]) for some in about.records.values() for record in some}
    near = told_near(
        also_near(layers, about.main, told),
        "Gaat het over dezelfde plek, maak de brief dan opnieuw en noem elke uuid.",
    )
    return Answered(path, letter, sum(counts.values()), (*near, *_attention(about.records)))


def _histories(
    dossier: Dossier, layers: Mapping[str, Sequence[Record]]
) -> dict[str, list[dict[str, object]]]:
    """Uuid -> the lines of its history, with the fields as (before, after)."""
    found: dict[str, list[dict[str, object]]] = {}
    for name in layers:
        for line in read_history(dossier, name):
            told = {**line, "laag": name, "velden": read_changes(line["velden"])}
            found.setdefault(str(line["record_uuid"]), []).append(told)
    return found


def _with_deleted(
    layers: Mapping[str, Sequence[Record]], histories: Mapping[str, Sequence[Mapping[str, object]]]
) -> dict[str, list[Record]]:
    """The records with those that were deleted by hand and still stand in the history."""
    found = {name: list(records) for name, records in layers.items()}
    there = {str(record["uuid"]) for records in layers.values() for record in records}
    for uuid, lines in histories.items():
        last = lines[-1]
        if uuid in there or last["soort"] != _REMOVED:
            continue
        changes = last["velden"]
        before = {name: pair[0] for name, pair in changes.items()} if isinstance(changes, dict) else {}
        before.pop(GEOMETRY_FIELD, None)  # in the history it is not readable
        deleted = {**before, "uuid": uuid, DELETED: str(last["tijdstip"])[:_DAY]}
        found[str(last["laag"])].append(deleted)
    return found


def _attention(records: Mapping[str, Sequence[Record]]) -> Iterator[str]:
    """What somebody must read before the letter is handed over."""
    texts = [
        (name, str(record["toelichting"]))
        for name, some in records.items()
        for record in some
        if record.get("toelichting")
    ]
    if texts:
        told = counted(len(texts), "toelichting", "toelichtingen")
        signs = sorted({sign for _name, text in texts for sign in personal_signs(text)})
        found = f" Er staat {', '.join(signs)} in." if signs else ""
        yield (
            f"Lees {told} in de brief na voor u hem geeft: wat over een ander gaat, hoort er niet in.{found}"
        )
    photos = sum(bool(record.get("foto")) for some in records.values() for record in some)
    if photos:
        yield f"Bij deze records hoort {counted(photos, 'foto', 'fotos')}; die zit niet in de brief."
    yield "Stel vast dat de vrager over deze plek mag weten, voor u de brief geeft."

"""Hand out a list of records to read: selected and noted in the register like any output, then written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ..core.disclosure.audiences import Audience
from ..core.disclosure.records import CERTAIN
from ..core.figures.edition import checked_day
from ..core.records.in_words import record_name
from ..core.records.reading_list import reading_list, with_parents
from ..core.schema.rural import RURAL_LAYERS
from ..core.words.errors import AtlasError
from ..dossier.handing_out import issue_released, release_records
from ..dossier.issue_register import check_issue
from ..dossier.opening import open_dossier
from ..dossier.records import municipalities_of, read_layers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from pathlib import Path

    from ..core.disclosure.released import Records, Released
    from ..core.figures.edition import Maker
    from ..core.records.reading_list import ReadingList
    from ..dossier.files import Dossier

    #: writes a list to a path; the kind of file is decided by the face
    WriteList = Callable[[Path, Released[ReadingList]], object]

_MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Listed:
    """What was handed out: the list, and which records stay behind, for who made it and not in the file."""

    path: Path
    content: ReadingList
    stays: tuple[str, ...]


def hand_out_list(
    folder: Path,
    layer: str,
    path: Path,
    write: WriteList,
    *,
    municipalities: Iterable[str],
    purpose: str,
    user: str,
    now: datetime,
    maker: Maker | None = None,
    made_on: str = "",
) -> Listed:
    """Write a list of a layer for a team, through the register of issues.

    Args:
        folder: Of the dossier.
        layer: Name of a working layer; not the register.
        path: Where the list will stand, outside the dossier.
        write: Writes it there.
        municipalities: Codes of the municipalities the team works for.
        purpose: What it is for.
        user: Who asks.
        now: When.
        maker: For which organisation, and whom to ask; both stand above the list.
        made_on: The day that stands above it, as a user writes it; "" for that of `now`.

    Raises:
        AtlasError: a day that is none, or see `export_records`: what may not leave, or can't be written.
    """
    if RURAL_LAYERS[layer].append_only:
        raise AtlasError("Het register van uitgifte wordt niet uitgegeven.", got=layer)
    day = date.fromisoformat(checked_day(made_on) or now.date().isoformat())
    dossier = open_dossier(folder)
    team = Audience.TEAM.value
    codes = check_issue(
        dossier, path, purpose=purpose, audience=team, municipalities=municipalities, user=user
    )
    released = release_records(
        dossier, with_parents(layer), audience=team, municipalities=codes, purpose=purpose
    )
    made = reading_list(released, layer, user=user.strip(), day=day, maker=maker)
    counts = {layer: len(released.content[layer])}
    with issue_released(dossier, path, made, user=user, now=now, counts=counts) as beside:
        write(beside, made)
    return Listed(path, made.content, _staying(dossier, layer, released))


def _staying(dossier: Dossier, layer: str, released: Released[Records]) -> tuple[str, ...]:
    """Which records of these municipalities wait for their municipality, by name."""
    if not released.withheld_of(layer):
        return ()
    layers = read_layers(dossier, with_parents(layer))
    owners, competent = municipalities_of(layers)[layer], frozenset(released.municipalities)
    waiting = [
        f"{record_name(RURAL_LAYERS[layer], record)} ({record['uuid']})"
        for record in layers[layer]
        if CERTAIN in record and record[CERTAIN] != "ja" and owners[str(record["uuid"])] <= competent
    ]
    more = len(waiting) - _MOST_NAMED
    return (*waiting[:_MOST_NAMED], *([f"en nog {more}"] if more > 0 else ()))

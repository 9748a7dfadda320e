"""Hand out records of a dossier, or what is made of them: asked, released, noted in the register, written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from ..core.disclosure.audiences import Audience
from ..core.disclosure.fields import may_leave
from ..core.disclosure.records import CERTAIN, check_audience
from ..core.figures.edition import Made, Maker, checked_day
from ..core.records.in_words import record_name
from ..core.records.reading_list import reading_list, with_parents
from ..core.records.record_table import record_table
from ..core.schema.rural import RURAL_LAYERS, working_layer
from ..core.words.errors import AtlasError
from ..dossier.handing_out import issue_released, release_records
from ..dossier.issue_register import check_issue
from ..dossier.opening import open_dossier
from ..dossier.records import municipalities_of, read_layers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime
    from pathlib import Path

    from ..core.disclosure.released import Records, Released
    from ..core.records.reading_list import ReadingList
    from ..core.records.record_table import RecordTable
    from ..dossier.files import Dossier
    from ..dossier.issue_register import Said

    #: ports: write a list or a table to a path; the kind of file is decided by the face
    WriteList = Callable[[Path, Released[ReadingList]], object]
    WriteTable = Callable[[Path, Released[RecordTable]], object]

TEAM = Audience.TEAM.value
_MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Request:
    """For whom an output is, of which municipalities (CBS codes), for what, and who makes it."""

    audience: str
    municipalities: tuple[str, ...]
    purpose: str
    user: str


@dataclass(frozen=True, slots=True)
class Permit:
    """What may be made: given by `permit_for`, for one or more files of one request."""

    dossier: Dossier
    layers: tuple[str, ...]
    request: Request

    def release(self) -> Released[Records]:
        """The records of these layers that may leave: the same for every output of this request."""
        return release_records(
            self.dossier, self.layers, audience=self.request.audience,
            municipalities=self.request.municipalities, purpose=self.request.purpose,
        )  # fmt: skip

    def may_leave(self, field: str) -> bool:
        """Whether a field of the layers may go along."""
        return all(may_leave(layer, field, self.request.audience) for layer in self.layers)

    def issue(
        self,
        path: Path,
        released: Released[Any],
        *,
        now: datetime,
        counts: Mapping[str, int] | None = None,
        rule: str = "",
        recipient: str = "",
        back_by: str = "",
        said: Said | None = None,
    ) -> AbstractContextManager[Path]:
        """Issue a file made of what was released: a line in the register first, see `issue_released`."""
        return issue_released(
            self.dossier, path, released, user=self.request.user, now=now, counts=counts, rule=rule,
            recipient=recipient, back_by=back_by, said=said,
        )  # fmt: skip


def permit_for(
    dossier: Dossier, layers: Iterable[str], request: Request, paths: Sequence[Path] = ()
) -> Permit:
    """Ask for an output with records of a dossier, or counted from them, before any work is done.

    Args:
        dossier: An opened dossier.
        layers: Names of the working layers whose records go along or are counted; not the register.
        request: For whom and for what.
        paths: The files that will be made, as far as they are known.

    Raises:
        AtlasError: the audience may not see these layers, there is no purpose or municipality, all
            municipalities of a real dossier are named, or a file would stand inside the dossier.
    """
    wanted = tuple(layers)
    for layer in wanted:
        if working_layer(layer).append_only:
            raise AtlasError("Het register van uitgifte wordt niet uitgegeven.", got=layer)
    check_audience(RURAL_LAYERS.values(), wanted, request.audience)
    codes: tuple[str, ...] = ()
    for path in paths or (None,):
        codes = check_issue(
            dossier, path, purpose=request.purpose, audience=request.audience,
            municipalities=request.municipalities, user=request.user,
        )  # fmt: skip
    return Permit(dossier, wanted, replace(request, municipalities=codes))


@dataclass(frozen=True, slots=True)
class HandedOut:
    """What was handed out: how many records, and what stays behind, for who made it and not in the file."""

    path: Path
    count: int
    withheld: int
    sentences: tuple[str, ...]


def hand_out_list(
    folder: Path,
    layer: str,
    path: Path,
    write: WriteList,
    request: Request,
    *,
    now: datetime,
    maker: Maker | None = None,
    made_on: str = "",
) -> HandedOut:
    """Write a list of a layer to read, for a team, through the register of issues.

    Args:
        folder: Of the dossier.
        layer: Name of a working layer; not the register.
        path: Where the list will stand, outside the dossier.
        write: Writes it there.
        request: For whom and for what.
        now: When.
        maker: For which organisation, and whom to ask; both stand above the list.
        made_on: The day that stands above it, as a user writes it; "" for that of `now`.

    Raises:
        AtlasError: a day that is none, what may not leave, or what can't be written.
    """
    working_layer(layer)
    day = date.fromisoformat(_day(made_on, now))
    permit = permit_for(open_dossier(folder), with_parents(layer), request, [path])
    released = permit.release()
    made = reading_list(released, layer, user=request.user.strip(), day=day, maker=maker)
    count = len(released.content[layer])
    with permit.issue(path, made, now=now, counts={layer: count}) as beside:
        write(beside, made)
    stays = (*made.content.stays, *_staying(permit.dossier, layer, released))
    return HandedOut(path, count, released.withheld_of(layer), stays)


def hand_out_table(
    folder: Path,
    layer: str,
    path: Path,
    write: WriteTable,
    request: Request,
    *,
    now: datetime,
    maker: Maker | None = None,
    made_on: str = "",
) -> HandedOut:
    """Write the records of a layer for a program of a team: fields, codes and places. See `hand_out_list`.

    Only fields that `may_leave` allows; a link to a record that does not go along is left empty. Without a
    maker, it is who asks.
    """
    day = _day(made_on, now)
    permit = permit_for(open_dossier(folder), [layer], request, [path])
    released = permit.release()
    signed = maker or Maker()
    by = Maker(signed.name or request.user.strip(), signed.contact)
    made = record_table(released, layer, day=now.date(), made=Made(by, day))
    with permit.issue(path, made, now=now) as beside:
        write(beside, made)
    return HandedOut(path, len(made.content.records), released.withheld_of(layer), released.sentences)


def _day(made_on: str, now: datetime) -> str:
    return checked_day(made_on) or now.date().isoformat()


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

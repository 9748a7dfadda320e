"""Correct one record of a dossier: ask, note it in the register, and write it with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.disclosure.audiences import Audience
from ..core.records.correcting import check_names_no_place, plan_correction
from ..core.records.free_text import ask_about_persons, check_reason, personal_texts
from ..core.tables.registers import write_moment
from ..core.words.errors import AtlasError
from ..dossier.changes import apply_import
from ..dossier.issue_register import CORRECTED, append_line
from ..dossier.opening import open_dossier
from ..dossier.records import municipalities_of, read_layers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from ..core.records.correcting import Correction

_NOT_DONE = "Niet doorgegaan: "


def correct(
    folder: Path,
    uuid: str,
    *,
    reason: str,
    fields: Mapping[str, str],
    withdraw: bool = False,
    restore: bool = False,
    accept_personal_text: bool = False,
    user: str,
    now: datetime,
) -> Correction:
    """Correct one record; the line in the register goes first, and another follows when it did not go on.

    Args:
        folder: Of the dossier.
        uuid: Of the record.
        reason: Why; stands in the history of the record and in the register, and names no person or place.
        fields: Field -> its right value as text; "" empties it.
        withdraw: Withdraw this piece of evidence.
        restore: Let withdrawn evidence count again.
        accept_personal_text: Take free text that holds signs of a person.
        user: Who corrects.
        now: When.

    Raises:
        AtlasError: see `plan_correction`, a reason or text that names a person, or another program holds the
            layer; nothing has changed then.
    """
    said = check_reason(reason)
    dossier = open_dossier(folder)
    layers = read_layers(dossier)
    correction = plan_correction(
        layers, uuid, fields=fields, withdraw=withdraw, restore=restore, reason=said, now=now, user=user
    )
    record = next(item for item in layers[correction.layer] if item["uuid"] == correction.uuid)
    check_names_no_place(said, [record])
    ask_about_persons(personal_texts(correction.plan), accepted=accept_personal_text)
    owners = municipalities_of(layers)[correction.layer][correction.uuid]
    line = {
        "tijdstip": write_moment(now),
        "door": user,
        "handeling": CORRECTED,
        "doel": said,
        "publiek": Audience.TEAM.value,
        "gemeenten": ",".join(sorted(owners)) or "onbekend",
        "lagen": correction.layer,
        "aantal": 1,
    }
    append_line(dossier, line)
    try:
        apply_import(dossier, correction.plan, reason=said)
    except AtlasError:
        append_line(dossier, {**line, "doel": f"{_NOT_DONE}{said}", "aantal": 0})
        raise
    return correction

"""Hand out a round with a day to be back, say what is still out, and note that a file came back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.records.campaign_rounds import named_campaign
from ..core.records.round_out import TAKEN, named_out, round_out, still_out
from ..core.tables.registers import read_date, write_moment
from ..core.words.errors import AtlasError
from ..core.words.layer_names import CAMPAIGNS, ROUNDS, STOPS, YARDS
from ..dossier.issue_register import BACK, append_line, read_register
from ..dossier.opening import open_dossier
from ..dossier.records import read_layers
from .handing_out import TEAM, Request, permit_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from ..core.disclosure.released import Released
    from ..core.records.round_out import RoundOut, StillOut

    #: writes a round to a path; the kind of file is decided by the face
    WriteRound = Callable[[Path, Released[RoundOut]], object]


def hand_out_round(
    folder: Path,
    path: Path,
    write: WriteRound,
    *,
    campaign: str,
    name: str,
    purpose: str,
    back_by: str,
    rule: Callable[[bool], str] = lambda _fictitious: "",
    user: str,
    now: datetime,
) -> Released[RoundOut]:
    """Write a round for its team, through the register of issues, with the day on which it must be back.

    Args:
        folder: Of the dossier.
        path: Where the file will stand, outside the dossier.
        write: Writes it there.
        campaign: The name of the campaign.
        name: Of the round, a letter.
        purpose: What it is for.
        back_by: The last day to bring it back or destroy it, as ISO text.
        rule: What the register keeps of how it is protected, told whether it is made up; may refuse.
        user: Who asks.
        now: When.

    Raises:
        AtlasError: no such campaign or round, no purpose or day, or what may not leave; there is no file.
    """
    dossier = open_dossier(folder)
    until = day_to_be_back(back_by, now)
    of = named_campaign(read_layers(dossier, [CAMPAIGNS])[CAMPAIGNS], campaign)
    request = Request(TEAM, (str(of["gemeente_code"]),), purpose, user)
    permit = permit_for(dossier, TAKEN, request, [path])
    made = round_out(permit.release(), campaign, name)
    stops = len(made.content.stops)
    counts = {ROUNDS: 1, STOPS: stops, YARDS: stops}
    with permit.issue(
        path, made, now=now, counts=counts, rule=rule(made.fictitious), recipient=made.content.team,
        back_by=until,
    ) as beside:  # fmt: skip
        write(beside, made)
    return made


def day_to_be_back(back_by: str, now: datetime) -> str:
    """The last day on which a file is back or destroyed, as ISO text.

    Raises:
        AtlasError: it is no date, not said, or before today.
    """
    until = read_date(back_by).value if back_by.strip() else ""
    if until < now.date().isoformat():
        raise AtlasError(
            "Zeg wanneer dit bestand terug of vernietigd moet zijn.", got=back_by or "niets",
            expected="vandaag of later (jjjj-mm-dd)",
        )  # fmt: skip
    return until


def rounds_still_out(folder: Path) -> list[StillOut]:
    """What was handed out with a day to be back and is still out.

    Raises:
        AtlasError: no dossier.
    """
    return still_out(read_register(open_dossier(folder)), BACK)


def note_back(folder: Path, file: str, *, user: str, now: datetime) -> str:
    """Note in the register that a file is back, or was destroyed.

    Args:
        folder: Of the dossier.
        file: The name of the file, as the register has it.
        user: Who says so.
        now: When.

    Returns:
        A Dutch sentence that says so.

    Raises:
        AtlasError: no such file is out, or the register can't be written.
    """
    dossier = open_dossier(folder)
    found = named_out(still_out(read_register(dossier), BACK), file)
    same = ("doel", "ontvanger", "publiek", "gemeenten", "lagen", "aantal", "bestand")
    append_line(
        dossier,
        {
            **{name: found.line[name] for name in same},
            "tijdstip": write_moment(now),
            "door": user.strip(),
            "handeling": BACK,
            "hoort_bij": found.line["uuid"],
        },
    )
    return f"{found.file}: genoteerd als terug of vernietigd."

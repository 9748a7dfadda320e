"""Conflicts between the field and the dossier: which are open, and what somebody decided about one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.records.conflicts import open_conflicts, plan_decision
from ..core.records.free_text import ask_about_persons, personal_texts
from ..core.tables.registers import write_moment
from ..core.words.errors import AtlasError
from ..dossier.changes import apply_import
from ..dossier.opening import open_dossier
from ..dossier.records import read_layers

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from ..core.records.conflicts import OpenConflict


def conflicts_to_decide(folder: Path) -> list[OpenConflict]:
    """The conflicts of a dossier that nobody decided about yet.

    Raises:
        AtlasError: no dossier.
    """
    return open_conflicts(read_layers(open_dossier(folder)))


def decide_conflict(
    folder: Path,
    named: str,
    choice: str,
    *,
    reason: str = "",
    accept_personal_text: bool = False,
    user: str,
    now: datetime,
) -> tuple[OpenConflict, bool]:
    """Decide which value a field gets; who, when and which stand with the conflict.

    Args:
        folder: Of the dossier.
        named: The uuid of the conflict, or how it begins.
        choice: `dossier` or `veld`.
        reason: Why, in a few words; "" for nothing.
        accept_personal_text: Take a value that holds signs of a person.
        user: Who decides.
        now: When.

    Returns:
        The conflict as it was, and whether anything changed: the same decision again changes nothing.

    Raises:
        AtlasError: nobody is named, no such conflict, it was decided otherwise, a value that can't be, or
            another program holds a file; nothing has changed then.
    """
    if not user.strip():
        raise AtlasError(
            "Zeg wie dit beslist; dat komt bij het conflict te staan.", expected="een naam", choices=("user",)
        )
    dossier = open_dossier(folder)
    conflict, plans = plan_decision(
        read_layers(dossier), named, choice, why=reason.strip(), now=now, user=user.strip()
    )
    ask_about_persons(
        [sign for plan in plans for sign in personal_texts(plan) if sign.field != "besloten_door"],
        accepted=accept_personal_text,
    )
    apply_import(dossier, plans, now=write_moment(now), user=user.strip())
    return conflict, bool(plans)

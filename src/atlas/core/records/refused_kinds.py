"""Why rows of a file are not taken over: a sentence for each kind, not for each row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..words.notation import counted
from .unused_rows import REASONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .import_plan import ImportPlan
    from .unused_rows import UnusedRow

_MOST_ROWS_NAMED = 3


def refused_kinds(plan: ImportPlan, unused: Sequence[UnusedRow]) -> list[str]:
    """A Dutch sentence for each reason, with how many rows it holds for and an example; the most first."""
    kinds: dict[tuple[str, str], dict[int, str]] = {}
    for refusal in plan.refusals:
        got = f" Gevonden: {refusal.got}." if refusal.got else ""
        expected = f" Verwacht: {refusal.expected}." if refusal.expected else ""
        example = f"{got}{expected} {refusal.remedy}".strip()
        # which record a row is about, is no cell that a reader would look for
        field = "" if refusal.field == "uuid" else f"{refusal.field}: "
        kinds.setdefault((f"{field}{_of_kind(refusal.reason)}", ""), {}).setdefault(refusal.row, example)
    for conflict in plan.conflicts:
        kinds.setdefault(("conflict met het dossier.", ""), {}).setdefault(conflict.row, conflict.explanation)
    for row in unused:
        reason = REASONS.get(row.reason_code, row.reason_code)
        kinds.setdefault((f"{reason}.", row.where), {}).setdefault(row.row, row.explanation)
    sentences = []
    for (what, _), rows in sorted(kinds.items(), key=lambda kind: -len(kind[1])):
        first, example = next(iter(rows.items()))
        named = ", ".join(map(str, list(rows)[:_MOST_ROWS_NAMED]))
        more = f" en nog {len(rows) - _MOST_ROWS_NAMED}" if len(rows) > _MOST_ROWS_NAMED else ""
        count = counted(len(rows), "rij", "rijen")
        sentences.append(
            f"{count} niet overgenomen (rij {named}{more}): {what} Bijvoorbeeld rij {first}: {example}"
        )
    return sentences


def _of_kind(reason: str) -> str:
    """A reason without the rows it names: what differs from row to row is no kind."""
    return "gaat over hetzelfde als een andere rij." if "gaat over hetzelfde" in reason else reason

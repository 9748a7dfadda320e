"""Answer a person who asks what is recorded about a yard or object, as a letter in Word or PDF."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ..core.figures.edition import checked_day
from ..core.files.output_gate import check_outputs
from ..core.words.errors import AtlasError
from ..jobs.access import Answered, Asked, answer

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from ..core.records.access_letter import Letter


def answer_access(
    folder: Path,
    output: Path,
    *,
    address: str,
    uuids: tuple[str, ...],
    maker: str,
    contact: str,
    made_on: str,
    user: str,
    now: datetime,
) -> Answered:
    """Write the letter, see `jobs.access.answer`.

    Args:
        folder: Of the dossier.
        output: A .docx or .pdf outside it.
        address: Of the yard or object; "" when uuids say it.
        uuids: Of objects, yards and signals.
        maker: The organisation that answers.
        contact: Whom to ask.
        made_on: The day on the letter, as ISO text; "" for today.
        user: Who answers.
        now: When.

    Raises:
        AtlasError: another kind of file, a day that is none, or see `answer`.
    """
    writer = letter_writer(output)
    check_outputs([output], inputs=[folder])
    day = checked_day(made_on)
    return answer(
        folder, output, writer, Asked(address, uuids), user=user, now=now,
        day=date.fromisoformat(day) if day else None, maker=maker, contact=contact,
    )  # fmt: skip


def letter_writer(path: Path, *pages: str) -> Callable[[Path, Letter], None]:
    """What writes a letter in the kind of file that a name asks for.

    Args:
        path: Of the file.
        pages: Endings that are written otherwise, for the sentence that refuses one.

    Raises:
        AtlasError: it is of another kind.
    """
    match path.suffix.lower():
        case ".docx":
            from ..store.letter_docx import write_docx

            return write_docx
        case ".pdf":
            from ..store.letter_pdf import write_pdf

            return write_pdf
    raise AtlasError(
        "Dit soort bestand kan niet worden gemaakt.",
        where=str(path), got=path.suffix or "geen extensie", expected=" of ".join((".docx", ".pdf", *pages)),
    )  # fmt: skip

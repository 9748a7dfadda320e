"""What a person may ask about one record, and what mends a mistake in it: the tools for it."""

from __future__ import annotations

from ..texts import tr


def rights() -> dict[str, str]:
    """Algorithm -> what it does, in words."""
    return {
        "answer_access": tr("Answer who asks what is recorded…"),
        "correct_record": tr("Correct a record…"),
        "erase_record": tr("Erase a record…"),
    }

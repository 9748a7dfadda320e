"""The one error for every mistake a user can make: a sentence, never a traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: what an error can ask a user to choose; command and plugin each have their own words for it
Choice = Literal[
    "year", "level", "key", "unit", "weight", "combine", "places", "decimal", "dash", "below_one",
    "accept_personal_text", "address", "area_code", "audience", "base", "caution", "check_dossier", "choose",
    "column", "contact", "counts", "divide", "dossier", "endpoint", "expire", "header_row", "ignore",
    "keep_until", "label", "made_on", "make_dossier", "make_protected_table", "maker", "method",
    "migrate_dossier", "municipality", "n", "panel_workbook", "per", "period", "period_column",
    "previous", "purpose", "read_limit", "reason",
    "record", "recipe", "reference_date", "register", "residences", "sheet", "source", "sum_over", "trial",
    "user", "uuid", "value", "visit_indicators", "visit_plan", "where",
]  # fmt: skip
CHOICES: tuple[Choice, ...] = get_args(Choice)


class AtlasError(Exception):
    """A mistake in the input, said in Dutch to the person who made it.

    Args:
        title: What is wrong, one sentence.
        detail: More about it, when the title is not enough.
        where: File, row, column or field.
        got: What was found there.
        expected: What was expected instead.
        hint: What to do now, in words that hold in every face: no option, no field of a dialog.
        choices: What can be chosen to mend it.
    """

    def __init__(
        self,
        title: str,
        *,
        detail: str = "",
        where: str = "",
        got: str = "",
        expected: str = "",
        hint: str = "",
        choices: Sequence[Choice] = (),
    ) -> None:
        super().__init__(title)
        self.title = title
        self.detail = detail
        self.where = where
        self.got = got
        self.expected = expected
        self.hint = hint
        self.choices = tuple(choices)

    def lines(self, controls: Mapping[Choice, str] | None = None) -> list[tuple[str, str]]:
        """The filled parts as (label, text), in reading order.

        Args:
            controls: What a face calls the control for a choice; a choice that it does not have is left out.
        """
        named = [controls[choice] for choice in self.choices if choice in controls] if controls else []
        parts = [
            ("", self.title),
            ("", self.detail),
            ("Waar", self.where),
            ("Gevonden", self.got),
            ("Verwacht", self.expected),
            ("Wat te doen", self.hint),
            ("Waarmee", ", ".join(named)),
        ]
        return [(label, text) for label, text in parts if text]

    def __str__(self) -> str:
        return "\n".join(f"{label}: {text}" if label else text for label, text in self.lines())

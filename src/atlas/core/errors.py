"""The one error for every mistake a user can make: a sentence, never a traceback."""

from __future__ import annotations


class AtlasError(Exception):
    """A mistake in the input, said in Dutch to the person who made it.

    Args:
        title: What is wrong, one sentence.
        detail: More about it, when the title is not enough.
        where: File, row, column or field.
        got: What was found there.
        expected: What was expected instead.
        hint: What to do now.
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
    ) -> None:
        super().__init__(title)
        self.title = title
        self.detail = detail
        self.where = where
        self.got = got
        self.expected = expected
        self.hint = hint

    def lines(self) -> list[tuple[str, str]]:
        """The filled parts as (label, text), in reading order."""
        parts = [
            ("", self.title),
            ("", self.detail),
            ("Waar", self.where),
            ("Gevonden", self.got),
            ("Verwacht", self.expected),
            ("Wat te doen", self.hint),
        ]
        return [(label, text) for label, text in parts if text]

    def __str__(self) -> str:
        return "\n".join(f"{label}: {text}" if label else text for label, text in self.lines())

"""How a job says where it is: a step in words and the part that is done."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called with the step that starts and the part of the whole (0-1) that is done.

    It may raise to stop the work there, as long as `done` is below 1: what was made stays then unmade.
    """

    def __call__(self, step: str, done: float, /) -> None:
        """Take note."""


def silent(_step: str, _done: float, /) -> None:
    """For callers that show no progress."""


def unheard(_sentence: str) -> None:
    """Say nothing to nobody."""

"""How long a search may go on: so many iterations, at most so many seconds, until somebody stops it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def _never() -> bool:
    return False


@dataclass
class Budget:
    """What a search may use; only iterations give the same plan on every machine.

    Attributes:
        iterations: None for no limit but time.
        seconds: The ceiling, counted from `begun`; None for none.
        is_stopped: Asked in every round: whether the user wants the best so far.
        hit: "", `seconds` or `stopped`: what ended the search before its iterations did.
    """

    iterations: int | None = None
    seconds: float | None = None
    is_stopped: Callable[[], bool] = _never
    hit: str = ""
    begun: float = field(default_factory=time.monotonic)

    def is_over(self, done: int) -> bool:
        """Whether to stop after `done` iterations."""
        if self.iterations is not None and done >= self.iterations:
            return True
        if self.is_stopped():
            self.hit = "stopped"
        elif self.seconds is not None and time.monotonic() - self.begun >= self.seconds:
            self.hit = "seconds"
        return bool(self.hit)

    def part(self, done: int) -> float:
        """Which part of it is used, 0 to 1."""
        parts = [0.0]
        if self.iterations is not None:
            parts.append(done / max(1, self.iterations))
        if self.seconds is not None:
            parts.append((time.monotonic() - self.begun) / max(self.seconds, 1e-9))
        return min(1.0, max(parts))

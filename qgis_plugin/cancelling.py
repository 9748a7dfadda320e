"""Stopping when the user asks to: asked for in every loop, whoever runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qgis.core import QgsFeedback


class Cancelled(Exception):  # noqa: N818 - it is no error: the user asked for it
    """The user stopped the algorithm; nothing half-made is left."""


def check_cancelled(feedback: QgsFeedback) -> None:
    """Stop here when the user asked to.

    Raises:
        Cancelled: the user asked to.
    """
    if feedback.isCanceled():
        raise Cancelled

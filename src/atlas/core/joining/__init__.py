"""Joining: values on areas, one outcome for each row, the report, and own figures."""

from .join import join
from .joined import Joined

__all__ = [
    "Joined",
    "figure_choices",
    "figure_intake",
    "join",
    "joined",
    "own_figures",
    "recipes",
    "statistics",
]

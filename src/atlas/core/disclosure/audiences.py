"""For whom an output is made: the one list, for the tables of rights, the command, QGIS and the page."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from ..words.errors import AtlasError


class Audience(StrEnum):
    """For whom an output is made, from most to fewest readers.

    The value is the name of its column in `data/disclosure`; an audience without a column gets nothing.

    Attributes:
        label: What a page or sheet says of its readers.
    """

    label: str

    PUBLIC = "openbaar", "Openbaar"
    PARTNERS = "partners", "Alleen voor partners"
    TEAM = "team", "Alleen voor het team"

    def __new__(cls, value: str, label: str) -> Self:
        """A text that knows what it is called."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


def audience_of(text: str) -> Audience:
    """The audience that a text names.

    Raises:
        AtlasError: there is none of that name.
    """
    for audience in Audience:
        if audience == text:
            return audience
    raise AtlasError("Deze doelgroep bestaat niet.", got=str(text), expected=", ".join(Audience))

"""What may leave, as one value: `Released` is made in this room and nowhere else, and is all a writer takes.

Records pass `records.release`, figures `figures.release_figures`; what holds neither passes `release_open`.
A writer of a page, a file, a raster, a sheet or a package opens what it is given with `content_of`, which
refuses everything else: an output with an idea of its own of what may leave can't be written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import InitVar, dataclass, field
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from ..words.notation import counted
from .audiences import audience_of

Content = TypeVar("Content")
Made = TypeVar("Made")
#: layer -> its records: only fields that may leave, and no link to a record that stays
Records = Mapping[str, tuple[Mapping[str, Any], ...]]

#: only the functions of this room that decide what may leave have it
MADE_HERE = object()


@dataclass(frozen=True, slots=True)
class Withheld:
    """What stays behind of records or figures: of which layer or figure, how many, and why in Dutch.

    Of records of the named municipalities, `by_municipality` counts a record in each of the named
    municipalities that it belongs to; of figures it is empty.
    """

    layer: str
    count: int
    sentence: str
    by_municipality: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Released(Generic[Content]):
    """What may leave, with what it may leave for.

    Args:
        content: Records, figures, or what was made of them.
        audience: For whom.
        municipalities: Codes of the municipalities the audience works for, sorted; none for published
            figures.
        purpose: For what; "" for published figures.
        fictitious: Whether it is made up.
        counts: Layer -> how many of its records leave or were counted, for the register.
        withheld: What stays behind.
        valid_until: The last day on which it may be used, as ISO text; "" when that is not known.
        made_by: Only the functions that decide have it.
    """

    content: Content
    audience: str
    municipalities: tuple[str, ...] = ()
    purpose: str = ""
    fictitious: bool = False
    counts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    withheld: tuple[Withheld, ...] = ()
    valid_until: str = ""
    made_by: InitVar[object] = None

    def __post_init__(self, made_by: object) -> None:
        """Refuse what was not made by a function that decides what may leave."""
        if made_by is not MADE_HERE:
            raise TypeError("Released is made in atlas.core.disclosure: by release or release_figures")

    def into(self, make: Callable[[Content], Made]) -> Released[Made]:
        """What is made of it, for the same audience, municipalities and purpose.

        Args:
            make: Of the content, and of nothing that was not released.
        """
        return Released(
            make(self.content),
            audience=self.audience,
            municipalities=self.municipalities,
            purpose=self.purpose,
            fictitious=self.fictitious,
            counts=self.counts,
            withheld=self.withheld,
            valid_until=self.valid_until,
            made_by=MADE_HERE,
        )

    def withheld_of(self, layer: str) -> int:
        """How many records of a layer stay behind."""
        return sum(item.count for item in self.withheld if item.layer == layer)

    def withheld_in(self, layer: str, municipality: str) -> int:
        """How many records of a layer stay behind in one of the municipalities."""
        return sum(item.by_municipality.get(municipality, 0) for item in self.withheld if item.layer == layer)

    @property
    def notes(self) -> tuple[str, ...]:
        """How many records stay behind in one Dutch sentence, for a page or sheet; none when none do."""
        count = sum(item.count for item in self.withheld if item.by_municipality)
        if not count:
            return ()
        records = counted(count, "record van deze gemeenten staat", "records van deze gemeenten staan")
        whose = "zijn gemeente is niet zeker, of het hoort"
        if count > 1:
            whose = "hun gemeente is niet zeker, of ze horen"
        return (f"{records} niet in deze uitgave: {whose} ook bij een andere.",)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What stays behind, in Dutch, for the person who asked."""
        return tuple(item.sentence for item in self.withheld)


def content_of(released: Released[Content]) -> Content:
    """What a writer may write.

    Raises:
        TypeError: it was not released.
    """
    if not isinstance(released, Released):
        raise TypeError(f"a writer takes what was released, not {type(released).__name__}")
    return released.content


def release_open(content: Content, *, audience: str, fictitious: bool = False) -> Released[Content]:
    """Release what holds no record of a dossier and counts none: of public registers, or a user's own table.

    Args:
        content: What is written.
        audience: For whom.
        fictitious: Whether it is made up.

    Raises:
        AtlasError: there is no such audience.
    """
    return Released(content, audience=audience_of(audience), fictitious=fictitious, made_by=MADE_HERE)

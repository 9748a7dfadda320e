"""What lies near a border with another municipality: a list for the own team, and a request to the neighbour.

The neighbour is asked, and gets no record: each municipality is its own controller.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..schema.rural import FICTITIOUS
from ..words.notation import counted, format_number, format_period
from .access_letter import Letter, Section
from .in_words import municipality_name

if TYPE_CHECKING:
    from collections.abc import Sequence

_NO_FACT = "Een signaal is geen feit en een bevinding geen verdenking; dicht bij een grens liggen zegt niets."
_NO_RECORDS = (
    "Wij sturen geen records mee en vragen u die ook niet te sturen. Blijkt na overleg dat verstrekken nodig "
    "is, dan volgt een apart besluit met grondslag, of gaat het via het RIEC."
)


@dataclass(frozen=True, slots=True)
class BorderCase:
    """A signal or finding of the own municipality that lies near a border or in a cluster.

    Attributes:
        what: Signal or finding, with its category in words.
        day: ISO date.
        place: RD metres.
        neighbours: Codes of municipalities across the border within the distance.
        distance_m: To the nearest border.
        cluster: Its number, from 1; 0 for none.
        spans: Codes of the other municipalities in that cluster.
    """

    what: str
    day: str
    place: tuple[float, float]
    neighbours: tuple[str, ...]
    distance_m: float
    cluster: int = 0
    spans: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Search:
    """How was looked: distance to a border, and the parameters of the clusters (DBSCAN, EPSG:28992)."""

    border_m: float
    within_m: float
    least: int

    @property
    def sentence(self) -> str:
        """The method, for the reader."""
        return (
            f"Gezocht is binnen {format_number(self.border_m)} m van de grens met een andere gemeente "
            "van Drenthe of Groningen, en naar clusters over meer gemeenten (DBSCAN op RD-coördinaten: ten "
            f"minste {self.least} binnen {format_number(self.within_m)} m)."
        )


def border_letter(
    cases: Sequence[BorderCase],
    municipality: str,
    search: Search,
    *,
    purpose: str,
    day: str,
    fictitious: bool,
) -> Letter:
    """The list for the team of a municipality, and a request for each neighbour to send.

    Args:
        cases: Of this municipality only.
        municipality: Its code.
        search: How was looked.
        purpose: As it stands in the register.
        day: Of the list, as ISO text.
        fictitious: Whether it is made up.
    """
    name = municipality_name(municipality)
    rows = [
        (
            str(number), one.what, format_period(one.day), f"{one.place[0]:.0f}, {one.place[1]:.0f}",
            ", ".join(map(municipality_name, one.neighbours)) or "–", _cluster(one),
        )
        for number, one in enumerate(cases, start=1)
    ]  # fmt: skip
    heads = ("Nr", "Wat", "Peildatum", "Plek (RD)", "Grens met", "Cluster")
    neighbours = sorted(
        {code for one in cases for code in (*one.neighbours, *one.spans)}, key=municipality_name
    )
    many = counted(len(cases), "signaal of bevinding", "signalen en bevindingen")
    title = f"Over de gemeentegrens: {name}"
    return Letter(
        f"{FICTITIOUS}: {title}" if fictitious else title,
        f"Voor het team van {name}, {format_period(day)}. De lijst blijft bij dit team.",
        (
            Section(
                "Wat er dicht bij de grens ligt",
                (search.sentence, f"Gevonden: {many} van de eigen gemeente.", _NO_FACT),
                rows=(heads, *rows) if rows else (),
            ),
            *(_request(code, name, search, purpose=purpose, day=day) for code in neighbours),
        ),
        "Vertrouwelijk, alleen voor het eigen team; alleen het verzoek gaat naar een buurgemeente",
    )


def _cluster(one: BorderCase) -> str:
    if not one.cluster:
        return "–"
    return f"{one.cluster}, ook in {', '.join(map(municipality_name, one.spans))}"


def _request(code: str, name: str, search: Search, *, purpose: str, day: str) -> Section:
    """A request to one neighbour, in which no record of ours stands."""
    asked = (
        "Gevraagd: of uw gemeente zelf signalen of bevindingen kent binnen "
        f"{format_number(search.border_m)} m van onze gemeenschappelijke grens die u, na uw eigen weging, "
        "met ons wilt bespreken. Wij vragen geen gegevens over personen, en geen lijst: een ja of nee, en "
        "met wie wij kunnen overleggen."
    )
    return Section(
        f"Verzoek aan de gemeente {municipality_name(code)}",
        (
            f"De gemeente {name} verzoekt u het volgende. Doel: {purpose}.",
            asked,
            _NO_RECORDS,
            f"Dit verzoek staat bij ons in het register van uitgifte: {format_period(day)}, zelfde doel.",
        ),
    )

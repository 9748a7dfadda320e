"""The definitions of buitengebied and of remoteness, with their parameters: kept with every result.

What computes by them is `geo.measuring.countryside` and `geo.measuring.remoteness`, and the same steps of the
plugin.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..areas.divisions import areas, members
from ..tables.registers import check_reference_date
from ..words.errors import AtlasError
from ..words.notation import format_number, format_period

if TYPE_CHECKING:
    from collections.abc import Mapping

#: CBS class "niet stedelijk": fewer addresses per km² than this
DENSITY_THRESHOLD = 500
#: the circle of CBS
DENSITY_RADIUS_M = 1000
#: where a density may come from -> how the legend says so
DENSITY_SOURCES = {
    "adressen": "geteld binnen {straal} m rond het punt",
    "buurt": "het gemiddelde van de buurt volgens het CBS",
}
#: kind of definition -> the parameters it has, with what holds unless told otherwise
KINDS: Mapping[str, Mapping[str, float | str]] = MappingProxyType(
    {
        "kom": MappingProxyType({}),
        "kern": MappingProxyType({}),
        "oad": MappingProxyType(
            {"drempel_per_km2": DENSITY_THRESHOLD, "straal_m": DENSITY_RADIUS_M, "herkomst": "adressen"}
        ),
    }
)


@dataclass(frozen=True, slots=True)
class CountrysideMethod:
    """A definition of buitengebied: stored with every result and printed in its legend.

    Args:
        kind: "kom": outside the built-up polygons of TOP10NL. "kern": outside the population centres of CBS,
            which leave out ribbons (lintbebouwing). "oad": fewer addresses around than a threshold.
        parameters: Of "oad": `drempel_per_km2` (addresses per km², the threshold itself is not buitengebied),
            `straal_m`, `herkomst` (one of `DENSITY_SOURCES`). What is not given is filled from `KINDS`.
        peildatum: ISO date of the polygons or addresses.

    Raises:
        AtlasError: an unknown kind or parameter, an impossible value, or no reference date.
    """

    kind: str
    parameters: Mapping[str, float | str] = field(default_factory=dict)
    peildatum: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise AtlasError(
                "Deze definitie van buitengebied bestaat niet.", got=self.kind, expected=", ".join(KINDS)
            )
        known = KINDS[self.kind]
        unknown = [name for name in self.parameters if name not in known]
        if unknown:
            raise AtlasError(
                "Deze definitie van buitengebied heeft deze parameter niet.",
                where=self.kind,
                got=", ".join(unknown),
                expected=", ".join(known) or "geen parameters",
            )
        object.__setattr__(self, "parameters", MappingProxyType({**known, **self.parameters}))
        if self.kind == "oad":
            self._check_density()
        check_reference_date(self.peildatum, "de definitie van buitengebied")

    def _check_density(self) -> None:
        for name in ("drempel_per_km2", "straal_m"):
            value = self.parameters[name]
            if isinstance(value, str) or not 0 < value < math.inf:
                raise AtlasError(
                    "Een parameter van de adressendichtheid moet een getal boven nul zijn.",
                    where=name,
                    got=str(value),
                    expected=f"bijvoorbeeld {KINDS['oad'][name]}",
                )
        if self.parameters["herkomst"] not in DENSITY_SOURCES:
            raise AtlasError(
                "Deze herkomst van de adressendichtheid bestaat niet.",
                got=str(self.parameters["herkomst"]),
                expected=", ".join(DENSITY_SOURCES),
            )

    @property
    def text(self) -> str:
        """The definition as one Dutch sentence, for a legend and for the field `methode`."""
        when = f"peildatum {format_period(self.peildatum)}"
        if self.kind == "kom":
            return f"Buitengebied: buiten de bebouwde kom volgens TOP10NL ({when})."
        if self.kind == "kern":
            return (
                "Buitengebied: buiten de bevolkingskernen van het CBS; lintbebouwing telt als buitengebied"
                f" ({when})."
            )
        threshold = format_number(float(self.parameters["drempel_per_km2"]))
        source = DENSITY_SOURCES[str(self.parameters["herkomst"])].format(
            straal=format_number(float(self.parameters["straal_m"]))
        )
        return f"Buitengebied: minder dan {threshold} adressen per km², {source} ({when})."


#: metres within which dwellings are counted, this distance included; the columns are named after them
CIRCLES_M = (250, 500)
#: a yard that is no address itself: dwellings this near, this distance included, stand on the yard
OWN_YARD_M = 25.0


@dataclass(frozen=True, slots=True)
class RemotenessMethod:
    """How remoteness is measured: stored with every yard and printed in the legend.

    Args:
        peildatum: ISO date of the addresses.
        own_yard_m: Metres; see `remoteness` for which dwellings are the yard's own.

    Raises:
        AtlasError: no reference date, or a distance below zero.
    """

    peildatum: str
    own_yard_m: float = OWN_YARD_M

    def __post_init__(self) -> None:
        check_reference_date(self.peildatum, "de maten van afgelegenheid")
        if not 0 <= self.own_yard_m < math.inf:
            raise AtlasError(
                "De afstand waarbinnen een woning bij het erf hoort kan niet kleiner zijn dan nul.",
                got=str(self.own_yard_m),
                expected=f"meters, bijvoorbeeld {OWN_YARD_M:g}",
            )

    @property
    def text(self) -> str:
        """The method in Dutch, for a legend and for the field `methode`."""
        return (
            "Afgelegen: hemelsbreed gemeten naar de andere woningen in de BAG (woonfunctie). Eigen woningen"
            " tellen niet mee: die op het adres van het erf of, als daar geen woning is, die binnen"
            f" {format_number(self.own_yard_m)} m. De volgorde binnen gemeente en regio volgt de afstand tot"
            f" de naaste andere woning (peildatum {format_period(self.peildatum)})."
        )


@cache
def region_codes() -> dict[str, str]:
    """Municipality -> survey region."""
    return {one.code: region.code for region in areas("surveyregio") for one in members(region.code)}

"""The value lists of the BAG, in the words of its catalogue (catalogus BAG 2018, domain values)."""

from __future__ import annotations

#: StatusVerblijfsobject and StatusPlaats (of a ligplaats or standplaats)
OBJECT_STATUSES = (
    "Verblijfsobject gevormd",
    "Niet gerealiseerd verblijfsobject",
    "Verblijfsobject in gebruik (niet ingemeten)",
    "Verblijfsobject in gebruik",
    "Verbouwing verblijfsobject",
    "Verblijfsobject ingetrokken",
    "Verblijfsobject buiten gebruik",
    "Verblijfsobject ten onrechte opgevoerd",
    "Plaats aangewezen",
    "Plaats ingetrokken",
)
#: StatusPand
BUILDING_STATUSES = (
    "Bouwvergunning verleend",
    "Niet gerealiseerd pand",
    "Bouw gestart",
    "Pand in gebruik (niet ingemeten)",
    "Pand in gebruik",
    "Verbouwing pand",
    "Sloopvergunning verleend",
    "Pand gesloopt",
    "Pand buiten gebruik",
    "Pand ten onrechte opgevoerd",
)
#: Gebruiksdoel
PURPOSES = (
    "woonfunctie",
    "bijeenkomstfunctie",
    "celfunctie",
    "gezondheidszorgfunctie",
    "industriefunctie",
    "kantoorfunctie",
    "logiesfunctie",
    "onderwijsfunctie",
    "sportfunctie",
    "winkelfunctie",
    "overige gebruiksfunctie",
)
DWELLING = "woonfunctie"

#: objects that are not there: status -> key of `reading.REASONS`
GONE_OBJECTS = {
    "Verblijfsobject ingetrokken": "status_ingetrokken",
    "Plaats ingetrokken": "status_ingetrokken",
    "Niet gerealiseerd verblijfsobject": "status_niet_gerealiseerd",
    "Verblijfsobject ten onrechte opgevoerd": "status_ten_onrechte_opgevoerd",
}
#: buildings that are not there
GONE_BUILDINGS = {
    "Pand gesloopt": "pand_gesloopt",
    "Niet gerealiseerd pand": "pand_niet_gerealiseerd",
    "Pand ten onrechte opgevoerd": "pand_ten_onrechte_opgevoerd",
}
#: a dwelling counts as one when people can live in it: not when it has yet to be built, and not when it is a
#: ruin ("buiten gebruik" says that a building can't be used, not that nobody uses it)
LIVED_IN = frozenset(
    {
        "Verblijfsobject in gebruik",
        "Verblijfsobject in gebruik (niet ingemeten)",
        "Verbouwing verblijfsobject",
        "Plaats aangewezen",
    }
)
#: year of construction that means "unknown"
UNKNOWN_YEAR = 9999


def official(text: str, values: tuple[str, ...]) -> str:
    """The official text of a value, whatever its case and blanks; "" when the list does not hold it."""
    plain = " ".join(text.lower().split())
    return next((value for value in values if value.lower() == plain), "")

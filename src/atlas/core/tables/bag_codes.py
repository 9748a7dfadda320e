"""The value lists of the BAG, in the words of its catalogue (catalogus BAG 2018, domain values)."""

from __future__ import annotations

from .column_names import folded

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

#: objects that are not there: status -> key of `unused_rows.REASONS`
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
#: of two versions or objects on one address the higher goes before: in use, then out of use, then to be built
STATUS_RANKS = {
    **dict.fromkeys(LIVED_IN, 3),
    "Verblijfsobject buiten gebruik": 2,
    "Verblijfsobject gevormd": 1,
}
#: the same of buildings
BUILDING_RANKS = {
    "Pand in gebruik": 3,
    "Pand in gebruik (niet ingemeten)": 3,
    "Verbouwing pand": 3,
    "Sloopvergunning verleend": 3,
    "Pand buiten gebruik": 2,
    "Bouw gestart": 1,
    "Bouwvergunning verleend": 1,
}
#: year of construction that means "unknown"
UNKNOWN_YEAR = 9999


def official(text: str, values: tuple[str, ...]) -> str:
    """The official text of a value, whatever its case, blanks and signs; "" when the list does not hold it.

    Exports write "VerblijfsobjectInGebruikNietIngemeten" and "overige_gebruiksfunctie" too.
    """
    plain = folded(text)
    return next((value for value in values if folded(value) == plain), "")

"""Which columns of a source are which part of a BAG address; what could narrow it is never passed over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..words.errors import AtlasError
from .address_columns import is_weak, looks_like_number, part_of_address
from .bag_codes import PURPOSES
from .column_names import choose_columns, folded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

#: our name -> the names under which products of the BAG have it, as served, the best first
BAG_ADDRESS_NAMES: Mapping[str, tuple[str, ...]] = {
    "adres_id": (
        "nummeraanduiding_hoofdadres_identificatie",
        "hoofdadres_identificatie",
        "hoofdadresNummeraanduidingRef",
        "hoofdadres_nummeraanduiding_identificatie",
        "nummeraanduiding_identificatie",
        "nummeraanduiding_id",
        "nummeraanduiding",
        "nad_id",
        "adres_id",
        "hoofdadres",
    ),
    "bag_vbo_id": (
        "bag_vbo_id",
        "vbo_id",
        "verblijfsobject_identificatie",
        "verblijfsobject_id",
        "adresseerbaar_object_identificatie",
        "adresseerbaarobject_id",
        "adresseerbaarobject",
    ),
    "identificatie": ("identificatie",),
    "object_id": ("object_id",),
    "bag_pand_id": (
        "pand_identificatie",
        "pandidentificatie",
        "bag_pand_id",
        "pand_id",
        "pandid",
        "pandRef",
        "gerelateerdpand",
    ),
    "straat": ("openbare_ruimte_naam", "openbare_ruimte", "straat", "straatnaam", "naam_openbare_ruimte"),
    "huisnummer": ("huisnummer", "huisnr"),
    "huisletter": ("huisletter",),
    "toevoeging": ("toevoeging", "huisnummertoevoeging", "huisnr_toevoeging"),
    "postcode": ("postcode", "pc6"),
    "woonplaats": ("woonplaats_naam", "woonplaats", "plaatsnaam", "plaats"),
    "gebruiksdoel": (
        "gebruiksdoel",
        "gebruiksdoelen",
        "gebruiksdoel_verblijfsobject",
        "verblijfsobjectgebruiksdoel",
        "gebruiksdoelverblijfsobject",
        "verblijfsobject_gebruiksdoelen",
    ),
    **{purpose: (purpose,) for purpose in PURPOSES},
    "oppervlakte": (
        "oppervlakte",
        "oppervlakte_verblijfsobject",
        "opp_adresseerbaarobject_m2",
        "oppervlakteadresseerbaarobject",
    ),
    "status": (
        "status",
        "verblijfsobjectstatus",
        "status_verblijfsobject",
        "adresseerbaarobject_status",
        "adresseerbaar_object_status",
        "object_status",
    ),
    "pandstatus": ("pandstatus", "status_pand"),
    "bouwjaar": ("bouwjaar", "oorspronkelijk_bouwjaar", "bouwjaar_pand", "pandbouwjaar"),
    "nevenadres": ("nevenadres", "is_nevenadres"),
    "begin": (
        "begingeldigheid",
        "begindatum_tijdvak_geldigheid",
        "adresseerbaarobject_begin",
        "begin_geldigheid",
    ),
    "eind": (
        "eindgeldigheid",
        "einddatum_tijdvak_geldigheid",
        "adresseerbaarobject_eind",
        "eind_geldigheid",
        "tijdstipinactief",
        "tijdstipinactieflv",
        "tijdstipnietbaglv",
    ),
}
#: the same as names are compared
ADDRESS_NAMES: Mapping[str, tuple[str, ...]] = {
    ours: tuple(dict.fromkeys(map(folded, names))) for ours, names in BAG_ADDRESS_NAMES.items()
}

#: part of a status, purpose or validity, by name
_LOOKS_LIKE = re.compile(r"status|gebruiksdoel|geldig|inactief|einddatum")
#: about something else than the object: its street, its place, its municipality, the document behind it
_OF_SOMETHING_ELSE = re.compile(
    r"^(openbareruimte|woonplaats|gemeente|provincie|nummeraanduiding|bronhouder|ligplaats|standplaats|obr|nad|wpl)"
)


def choose_address_columns(
    columns: Sequence[str],
    where: str,
    *,
    cut: bool = False,
    is_filled: Callable[[str], bool] = lambda _name: True,
) -> dict[str, str]:
    """Our name -> the column of the source that holds it.

    Args:
        columns: The names in the source.
        where: The source, for sentences.
        cut: Whether names were cut at ten characters.
        is_filled: Whether anything stands in a column; a column without a cell narrows nothing.

    Raises:
        AtlasError: a column that looks like part of a house number, a status, a purpose or a validity and
            isn't understood.
    """
    chosen = choose_columns(columns, ADDRESS_NAMES, where, cut=cut)
    for column in columns:
        part = part_of_address(column)
        if column in chosen.values() or is_weak(column) or part not in ADDRESS_NAMES:
            continue
        if part not in chosen:
            chosen[part] = column
    known = {name for names in ADDRESS_NAMES.values() for name in names}
    for column in columns:
        name = folded(column)
        # a second name of what is chosen already ("tijdstipinactief" beside "eindgeldigheid") is understood
        if column in chosen.values() or (name in known and not looks_like_number(column)):
            continue
        narrows = looks_like_number(column) or (
            _LOOKS_LIKE.search(name) and not _OF_SOMETHING_ELSE.search(name)
        )
        if narrows and is_filled(column):
            raise AtlasError(
                "Deze kolom lijkt een deel van het huisnummer, een status, een gebruiksdoel of een "
                "geldigheid, en is niet herkend.",
                where=where,
                got=f'"{column}"',
                expected="de namen van de BAG, zoals huisletter, toevoeging, gebruiksdoel of status",
                hint="Geef de kolom de naam die de BAG haar geeft, of haal haar weg als zij niet meetelt.",
            )
    return chosen

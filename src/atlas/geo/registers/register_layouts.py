"""What each register looks like: its layers and columns by their real names, which version wins, and more.

One contract for a source. The readers take names and required columns from here, the made-up countryside
writes these names, and `docs/registers.md` tells them. Names are as served ("openbare_ruimte_naam"); readers
compare them without case, blanks and signs. An edition is one product in one span of years.

The names of kernen were not seen in a file; the others were found in documentation and in programs that read
these products.

Sources of the names: PDOK BAG OGC API v2, WFS v2 and bag-light (2022-); NLExtract CSV adressen (2011-); BRT
TOP10NL GeoPackage and OGC API (2016-); NDW, NWB-wegen (2011-); CBS, Wijk- en buurtkaart (2004-) and
Bevolkingskernen 2011 and 2021; Kadaster and CBS, woonplaatsen.
"""

from __future__ import annotations

from ...core.records.residences import REQUIRED_NAMES, RESIDENCE_NAMES
from ...core.tables.bag_codes import BUILDING_STATUSES, OBJECT_STATUSES, PURPOSES
from ...core.tables.bag_columns import BAG_ADDRESS_NAMES
from ..reading.layouts import Edition, RegisterLayout
from .nwb_codes import CARRIAGEWAYS, DIRECTIONS, NO_ROADS, NOT_THROUGH

_PAGES = "numberMatched of the answer, no next page left, and no gap in the numbers of the pages"
_WHERE = ("postcode", "woonplaats_naam")

BAG_ADDRESSES = RegisterLayout(
    title="BAG, adressen (verblijfsobjecten)",
    layers=(("verblijfsobject",), ("adres",)),
    columns=BAG_ADDRESS_NAMES,
    required=(),
    wins="What ended goes out; then in use before out of use before formed, the hoofdadres before a "
    "nevenadres, the later begin before the earlier. Rows of one object that differ in purpose only are one "
    "object with all its purposes.",
    complete=_PAGES,
    codes={"status": OBJECT_STATUSES, "pandstatus": BUILDING_STATUSES, "gebruiksdoel": PURPOSES},
    editions=(
        Edition(
            "bag-light, GeoPackage (PDOK)", "2022-", "verblijfsobject",
            (
                "identificatie", "oppervlakte", "status", "gebruiksdoel", "openbare_ruimte_naam",
                "openbare_ruimte_naam_kort", "huisnummer", "huisletter", "toevoeging", "postcode",
                "woonplaats_naam", "bouwjaar", "pand_identificatie", "pandstatus",
                "nummeraanduiding_hoofdadres_identificatie", "openbare_ruimte_identificatie",
                "woonplaats_identificatie", "bronhouder_identificatie", "bronhouder_naam", "rdf_seealso",
            ),
        ),
        Edition(
            "OGC API Features v2, GeoJSON (PDOK)", "2024-", "verblijfsobject",
            (
                "identificatie", "status", "gebruiksdoel", "oppervlakte", "openbare_ruimte_naam",
                "huisnummer",
                "huisletter", "toevoeging", *_WHERE, "bronhouder_identificatie", "bronhouder_naam",
                "pand.href",
                "hoofdadres_identificatie", "documentdatum", "documentnummer", "geconstateerd", "rdf_seealso",
            ),
        ),
        Edition(
            "WFS v2, GeoJSON and GML (PDOK)", "2022-", "verblijfsobject",
            (
                "identificatie", "rdf_seealso", "oppervlakte", "status", "gebruiksdoel", "openbare_ruimte",
                "huisnummer", "huisletter", "toevoeging", "postcode", "woonplaats", "bouwjaar",
                "pandidentificatie", "pandstatus",
            ),
        ),
        Edition(
            "NLExtract, adressen full, CSV", "2011-", "adressen",
            (
                "openbareruimte", "huisnummer", "huisletter", "huisnummertoevoeging", "postcode",
                "woonplaats",
                "gemeente", "provincie", "nummeraanduiding", "verblijfsobjectgebruiksdoel",
                "oppervlakteverblijfsobject", "verblijfsobjectstatus", "object_id", "object_type",
                "nevenadres",
                "pandid", "pandstatus", "pandbouwjaar", "x", "y", "lon", "lat",
            ),
        ),
        Edition(
            "NLExtract, adres_plus, CSV", "2014-", "adres_plus",
            (
                "openbareruimtenaam", "verkorteopenbareruimtenaam", "openbareruimte_id", "huisnummer",
                "huisletter",
                "huisnummertoevoeging", "postcode", "nummeraanduiding_id", "woonplaatsnaam", "woonplaatscode",
                "gemeentenaam", "gemeentecode", "provincienaam", "provinciecode", "nevenadres",
                "typeadresseerbaarobject", "adresseerbaarobject_status", "opp_adresseerbaarobject_m2",
                "aantal_nad_per_adresobject", "adresseerbaarobject_id", "x", "y", "lon", "lat",
                *(purpose.replace(" ", "_") for purpose in PURPOSES), "pand_id", "pandstatus", "bouwjaar",
            ),
        ),
    ),
)  # fmt: skip

BAG_BUILDINGS = RegisterLayout(
    title="BAG, panden",
    layers=(("pand",),),
    columns={
        "bag_pand_id": ("identificatie", "pand_identificatie", "pandidentificatie", "bag_pand_id", "pand_id"),
        "status": ("status", "pandstatus", "status_pand"),
        "bouwjaar": ("bouwjaar", "oorspronkelijk_bouwjaar", "pandbouwjaar"),
        "gebruiksdoel": ("gebruiksdoel", "gebruiksdoelen"),
        "aantal_verblijfsobjecten": ("aantal_verblijfsobjecten",),
        "begin": ("begingeldigheid", "begindatum_tijdvak_geldigheid", "begin_geldigheid"),
        "eind": (
            "eindgeldigheid", "einddatum_tijdvak_geldigheid", "eind_geldigheid", "tijdstipinactief",
            "tijdstipinactieflv", "tijdstipnietbaglv",
        ),
    },
    required=("bag_pand_id",),
    wins="What ended goes out; then in use before under construction, the later begin before the earlier.",
    complete=_PAGES,
    codes={"status": BUILDING_STATUSES, "gebruiksdoel": PURPOSES},
    editions=(
        Edition(
            "bag-light, GeoPackage (PDOK)", "2022-", "pand",
            (
                "identificatie", "bouwjaar", "status", "gebruiksdoel", "oppervlakte_min", "oppervlakte_max",
                "aantal_verblijfsobjecten", "rdf_seealso",
            ),
        ),
        Edition(
            "OGC API Features v2, GeoJSON (PDOK)", "2024-", "pand",
            (
                "identificatie", "status", "bouwjaar", "gebruiksdoel", "aantal_verblijfsobjecten",
                "documentdatum", "documentnummer", "geconstateerd", "rdf_seealso",
            ),
        ),
    ),
)  # fmt: skip

TOP10NL_PLACES = RegisterLayout(
    title="TOP10NL, bebouwde kommen (plaats)",
    layers=(("plaats_vlak", "plaats_multivlak"), ("plaats",)),
    columns={
        "bebouwdekom": ("bebouwdekom",),
        "naam": ("naamnl", "naamofficieel", "naam", "naamfries"),
        "lokaalid": ("lokaalid", "lokaal_id", "identificatie"),
        "eind": ("objecteindtijd", "eindregistratie"),
        "begin": ("tijdstipregistratie", "objectbegintijd"),
    },
    required=("bebouwdekom",),
    wins="Of one lokaalid the latest (tijdstipregistratie); what ended (objecteindtijd) goes out.",
    complete="plaats_vlak and plaats_multivlak both; " + _PAGES,
    codes={"bebouwdekom": ("ja", "nee")},
    editions=(
        Edition(
            "TOP10NL, GeoPackage and OGC API (PDOK)", "2016-", "plaats_vlak and plaats_multivlak",
            (
                "lokaalid", "brontype", "bronactualiteit", "bronbeschrijving", "bronnauwkeurigheid",
                "objectbegintijd", "objecteindtijd", "tijdstipregistratie", "eindregistratie",
                "visualisatiecode",
                "typegebied", "aantalinwoners", "bebouwdekom", "naamofficieel", "naamnl", "naamfries",
            ),
        ),
    ),
)  # fmt: skip

CBS_KERNEN = RegisterLayout(
    title="CBS, bevolkingskernen",
    layers=(("bevolkingskern",), ("kern",)),
    columns={
        "naam": (
            "bevolkingskern_naam", "naam_bevolkingskern", "kernnaam", "bk_naam", "bevolkingskern", "statnaam",
            "naam", "kern",
        ),
        "code": (
            "bevolkingskern_code", "bevolkingskern", "kerncode", "bk_code", "bk_nummer", "kernnummer",
            "statcode",
        ),
    },
    required=(),
    wins="One year in a file.",
    complete=_PAGES,
    editions=(
        Edition(
            "Bevolkingskernen in Nederland (CBS)", "2021", "bevolkingskernen", ("bk_code", "bk_naam")
        ),
    ),
)  # fmt: skip

NWB_SECTIONS = RegisterLayout(
    title="NWB, wegvakken",
    layers=(("wegvakken",), ("wegvak",)),
    columns={
        "wvk_id": ("wvk_id", "wegvak_id"),
        "begin": ("wvk_begdat", "wegvak_begindatum"),
        "naam": ("stt_naam", "straatnaam"),
        "beheerder": ("wegbehsrt", "wegbeheerdersoort"),
        "nummer": ("wegnummer", "wegnr"),
        "baan": ("bst_code", "baansubsrt", "baansubsoort", "baansubsoort_code"),
        "rijrichting": ("rijrichtng", "rijrichting"),
        "junctie_begin": ("jte_id_beg", "jte_id_begin", "junctie_id_begin"),
        "junctie_eind": ("jte_id_end", "jte_id_eind", "junctie_id_eind"),
    },
    required=("wvk_id", "beheerder"),
    wins="Of one wvk_id the latest wvk_begdat.",
    complete=_PAGES,
    codes={
        "baan": (*sorted(CARRIAGEWAYS - {""}), *sorted(NOT_THROUGH), *NO_ROADS),
        "beheerder": ("R", "P", "W", "G", "T"),
        "rijrichting": DIRECTIONS,
    },
    editions=(
        Edition(
            "NWB-wegen, Shapefile and GeoPackage (NDW)", "2011-", "wegvakken",
            (
                "wvk_id", "wvk_begdat", "jte_id_beg", "jte_id_end", "wegbehsrt", "wegnummer", "wegdeelltr",
                "hecto_lttr", "bst_code", "rpe_code", "admrichtng", "rijrichtng", "stt_naam", "stt_bron",
                "wpsnaam", "gme_id", "gme_naam", "hnrstrlnks", "hnrstrrhts", "e_hnr_lnks", "e_hnr_rhts",
                "l_hnr_lnks", "l_hnr_rhts", "begafstand", "endafstand", "beginkm", "eindkm", "pos_tv_wol",
            ),
        ),
    ),
)  # fmt: skip

CBS_NEIGHBOURHOODS = RegisterLayout(
    title="CBS, wijken en buurten",
    layers=(("buurten",), ("buurt",)),
    columns={
        "code": ("buurtcode", "bu_code", "statcode", "code"),
        "naam": ("buurtnaam", "bu_naam", "statnaam", "naam"),
        "wijk_code": ("wijkcode", "wk_code"),
        "gemeente_code": ("gemeentecode", "gm_code"),
        "water": ("water", "h2o"),
        "oad": ("omgevingsadressendichtheid", "oad"),
        "inwoners": ("aantal_inwoners", "aant_inw"),
        "land_km2": ("oppervlakte_land_in_ha", "opp_land"),
        "jaar": ("jaarcode", "jaar", "jrstatcode"),
    },
    required=("code",),
    wins="Of one code the latest year (jaarcode, jrstatcode).",
    complete=_PAGES,
    editions=(
        Edition(
            "Wijk- en buurtkaart, GeoPackage and OGC API (CBS, PDOK)", "2023-", "buurten",
            (
                "buurtcode", "buurtnaam", "wijkcode", "gemeentecode", "gemeentenaam",
                "indelingswijziging_wijken_en_buurten", "water", "omgevingsadressendichtheid",
                "stedelijkheid_adressen_per_km2", "aantal_inwoners", "aantal_huishoudens",
                "oppervlakte_totaal_in_ha", "oppervlakte_land_in_ha", "percentage_onbewoond",
            ),
        ),
        Edition(
            "WFS wijken en buurten (CBS, PDOK)", "2022-2024", "buurten",
            (
                "buurtcode", "buurtnaam", "wijkcode", "gemeentecode", "gemeentenaam", "water",
                "omgevingsadressendichtheid", "stedelijkheidAdressenPerKm2", "aantalInwoners",
                "oppervlakteLandInHa",
            ),
        ),
        Edition(
            "Wijk- en buurtkaart, Shapefile (CBS)", "2004-2022", "buurten",
            (
                "BU_CODE", "BU_NAAM", "WK_CODE", "GM_CODE", "GM_NAAM", "IND_WBI", "H2O", "OAD", "STED",
                "AANT_INW", "OPP_LAND",
            ),
        ),
        Edition(
            "Gebiedsindelingen, OGC API (CBS, PDOK)", "1995-", "buurt_gegeneraliseerd",
            ("statcode", "jrstatcode", "statnaam", "rubriek", "id", "jaarcode"),
        ),
    ),
)  # fmt: skip

RESIDENCES = RegisterLayout(
    title="Woonplaatsen en hun gemeente",
    layers=(),
    columns=RESIDENCE_NAMES,
    required=REQUIRED_NAMES,
    wins="What ended goes out; a new municipality counts from its date; two municipalities are refused.",
    complete="One table of the whole country.",
    editions=(
        Edition(
            "Woonplaatscodetabel (Kadaster)", "2010-", "woonplaatscodes",
            (
                "Woonplaats", "Woonplaats code", "Ingangsdatum WPL", "Einddatum WPL", "Gemeente",
                "Gemeente code", "Ingangsdatum nieuwe Gemeente", "Aansluitdatum Gemeente",
                "Bijzonderheden", "Nieuwe code Gemeente", "Gemeente beeindigd per", "Behandeld",
            ),
        ),
        Edition(
            "Woonplaatsen in Nederland, StatLine (CBS)", "2010-", "woonplaatsen",
            ("Woonplaatscode", "Woonplaats", "Gemeentecode", "Gemeente"),
        ),
    ),
)  # fmt: skip

LAYOUTS = (
    BAG_ADDRESSES, BAG_BUILDINGS, TOP10NL_PLACES, CBS_KERNEN, NWB_SECTIONS, CBS_NEIGHBOURHOODS, RESIDENCES,
)  # fmt: skip

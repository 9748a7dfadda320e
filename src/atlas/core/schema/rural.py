"""The layers a team works from: vacant objects, evidence, yards, signals, visits, findings, and the register.

Every working record says where it comes from, how old it is, who changed it and until when it may be kept.
There is no default for that last one: a municipality decides it. Records under the Wpg do not belong here.
"""

from __future__ import annotations

from ..disclosure.audiences import Audience
from ..vacancy.evidence import (
    CONCLUSIONS,
    NONE,
    RELIABILITIES,
    SOURCES,
    UNKNOWN,
    VALUES,
    WEIGHTS,
    WITHDRAWN_ON,
    WITHDRAWN_WHY,
)
from ..words.errors import AtlasError
from ..words.layer_names import EVIDENCE, FINDINGS, OBJECTS, REGISTER, SIGNALS, STOPS, VISITS, YARDS
from .campaigns import CAMPAIGN, GROUND_RULES, ROUND, STOP
from .conflicts import CONFLICT
from .fields import (
    ABOUT_REGISTER,
    ACTION,
    ADDRESS,
    EVIDENCE_VALUES,
    KEPT,
    MUNICIPALITY,
    OBJECT_KIND,
    OBJECT_STATUS,
    ORIGIN,
    PHOTO,
    PRIORITY,
    REMARK,
    USE_CLASS,
    UUID,
    YES_NO_UNKNOWN,
    choice,
    day,
    link,
    measure,
    text,
)
from .visits import (
    CHECKED,
    FINDING_CATEGORIES,
    FOLLOW_UPS,
    LEGAL_GROUNDS,
    NOT_WEIGHED,
    OBSERVATIONS,
    PARTNERS,
    PHASES,
    REPORT_CATEGORIES,
    REPORTERS,
    TO_SOURCE_CHECK,
    TRIAGE,
    VISIT_KINDS,
    VISIT_OUTCOMES,
    WEIGHINGS,
)
from .working import Identity, Relation, Requirement, WorkingField, WorkingLayer, code_list

#: data made up for demonstration says so in its source; every product then carries this word
FICTITIOUS = "FICTIEF"

_SAME_PLACE = (
    Identity(("bag_vbo_id", "bron")),
    Identity(("bag_pand_id", "bron"), unless_different=("bag_vbo_id",)),
    Identity(("bronkenmerk", "bron")),
    Identity(("adres", "bron"), unless_different=("bag_vbo_id", "bag_pand_id", "bronkenmerk")),
    Identity(("geometrie", "bron"), unless_different=("bag_vbo_id", "bag_pand_id", "bronkenmerk", "adres")),
)
_BY_BAG = ("bag_vbo_id", "bag_pand_id")

_OBJECT = WorkingLayer(
    OBJECTS, "Leegstaande objecten",
    "Gebouwen en erven waarvan wordt nagegaan of ze leegstaan; leegstand is geen overtreding",
    (
        UUID, *ADDRESS,
        choice("soort", "Soort", OBJECT_KIND, "Wat voor gebouw", required=True, default="onbekend"),
        choice("gebruiksklasse", "Gebruik", USE_CLASS, "Het gebruik dat is gezien", default="onbekend"),
        choice(
            "status", "Status", OBJECT_STATUS, "Hoe ver het team is", required=True,
            default="te_inventariseren",
        ),
        choice("prioriteit", "Prioriteit", PRIORITY, "Door het team gekozen", default="normaal"),
        choice(
            "conclusie", "Conclusie", code_list("conclusie", CONCLUSIONS), "Wat het bewijs zegt",
            required=True, default=UNKNOWN, own=True,
        ),
        choice(
            "betrouwbaarheid", "Betrouwbaarheid", code_list("betrouwbaarheid", RELIABILITIES),
            "Hoe sterk het bewijs is", required=True, default=NONE, own=True,
        ),
        WorkingField("redenen", "Redenen", "text", "Het bewijs in woorden, één zin per regel", own=True),
        day("conclusie_sinds", "Conclusie sinds", own=True),
        day(
            "conclusie_geldig_tot", "Conclusie geldig tot",
            "Dan vervalt bewijs en verandert de conclusie, als er niets nieuws bij komt", may_be_future=True,
            own=True,
        ),
        choice(
            "vab", "Vrijkomende agrarische bebouwing", YES_NO_UNKNOWN,
            "Of het bedrijf is gestopt of gaat stoppen", default="onbekend",
        ),
        WorkingField(
            "vab_stopjaar", "Jaar van stoppen", "integer", "Het jaar waarin het bedrijf stopte of stopt",
            minimum=1950, maximum=2100,
        ),
        text("omtrek", "Omtrek", "De omtrek als WKT in EPSG:28992, als die bekend is"),
        *MUNICIPALITY, PHOTO, REMARK, *ORIGIN, *KEPT,
    ),
    ("uuid",), "Point", identities=_SAME_PLACE,
)  # fmt: skip
_EVIDENCE = WorkingLayer(
    EVIDENCE, "Bewijs van leegstand",
    "Wat registers en waarnemingen over een object zeggen; nooit over een persoon",
    (
        UUID,
        link("object_uuid", "Object", "Het object", required=True),
        choice(
            "bewijsbron", "Soort bewijs", code_list("bewijsbron", SOURCES), "Register of waarneming",
            required=True,
        ),
        choice("waarde", "Waarde", EVIDENCE_VALUES, "Wat het zegt", required=True),
        choice("gewicht", "Gewicht", code_list("gewicht", WEIGHTS), "Leeg: het gewicht van deze bron"),
        day("vervalt_op", "Vervalt op", "Leeg: de gewone termijn van deze bron", may_be_future=True),
        day(
            WITHDRAWN_ON, "Ingetrokken op", "Vanaf dan telt het niet meer mee; het record blijft staan",
            own=True,
        ),
        WorkingField(
            WITHDRAWN_WHY, "Reden van intrekking", "text", "Waarom het niet meer meetelt", own=True
        ),
        REMARK, *ORIGIN, *KEPT,
    ),
    ("uuid",),
    identities=(
        Identity(("bronkenmerk", "bron")),
        Identity(("object_uuid", "bewijsbron", "peildatum", "bron"), unless_different=("bronkenmerk",)),
    ),
    relations=(Relation("object_uuid", OBJECTS, "erase", via=_BY_BAG),),
    requirements=tuple(
        Requirement(
            f"waarde_bij_{source}", f"Bij deze bron hoort een van: {', '.join(values)}",
            ("waarde",), tuple(values), "bewijsbron", (source,),
        )
        for source, values in VALUES.items()
    ),
)  # fmt: skip
_YARD = WorkingLayer(
    YARDS, "Agrarische bedrijven", "Erven met een agrarisch bedrijf, en hoe afgelegen die zijn",
    (
        UUID, *ADDRESS,
        choice("buitengebied", "In het buitengebied", YES_NO_UNKNOWN, "Volgens de methode"),
        WorkingField("woningen_250m", "Woningen binnen 250 m", "integer", "Andere woningen", minimum=0),
        WorkingField("woningen_500m", "Woningen binnen 500 m", "integer", "Andere woningen", minimum=0),
        measure("afstand_woning_m", "Afstand tot de naaste woning", "Hemelsbreed", "m"),
        measure("afstand_kern_m", "Afstand tot de rand van de naaste kern", "Hemelsbreed", "m"),
        measure("afstand_weg_m", "Afstand tot de naaste doorgaande weg", "Hemelsbreed", "m"),
        WorkingField(
            "percentiel_gemeente", "Afgelegen binnen de gemeente", "real",
            "Aandeel erven in de gemeente dat minder afgelegen ligt", "%", minimum=0, maximum=100,
        ),
        WorkingField(
            "percentiel_regio", "Afgelegen binnen de regio", "real",
            "Aandeel erven in de surveyregio dat minder afgelegen ligt", "%", minimum=0, maximum=100,
        ),
        text("methode", "Methode", "Definitie van buitengebied en afgelegen, met de parameters"),
        day("bezoek_gevraagd_op", "Bezoek gevraagd op", "Wanneer de bewoner zelf om een bezoek vroeg"),
        *MUNICIPALITY, PHOTO, REMARK, *ORIGIN, *KEPT,
    ),
    ("uuid",), "Point", identities=_SAME_PLACE,
)  # fmt: skip
_SIGNAL = WorkingLayer(
    SIGNALS, "Signalen", "Meldingen over een plek, die nog gewogen worden; een signaal is geen feit",
    (
        UUID,
        choice(
            "categorie", "Categorie", code_list("signaal", REPORT_CATEGORIES), "Waarover het gaat",
            required=True,
        ),
        choice(
            "melder_soort", "Soort melder", code_list("melder_soort", REPORTERS), "Geen namen", required=True,
        ),
        choice(
            "fase", "Fase", code_list("fase", PHASES), "Fase van het privacyprotocol", required=True,
            default="intake",
        ),
        choice(
            "weging", "Uitkomst van de weging", code_list("weging", WEIGHINGS), required=True,
            default=NOT_WEIGHED,
        ),
        link("object_uuid", "Object", "Leeg als het over geen object gaat"),
        link("bedrijf_uuid", "Bedrijf", "Leeg als het over geen erf gaat"),
        *MUNICIPALITY, PHOTO, REMARK, *ORIGIN, *KEPT,
    ),
    ("uuid",), "Point",
    identities=(
        Identity(("bronkenmerk", "bron")),
        Identity(("geometrie", "peildatum", "categorie", "bron"), ("bronkenmerk", "toelichting")),
        Identity(("toelichting", "peildatum", "categorie", "bron"), ("bronkenmerk", "geometrie")),
    ),
    relations=(
        Relation("object_uuid", OBJECTS, "detach"),
        Relation("bedrijf_uuid", YARDS, "detach"),
    ),
    requirements=(
        Requirement(
            "eerst_wegen", "Een signaal gaat pas naar broncheck of plan als de weging dat zegt.", ("weging",),
            (TO_SOURCE_CHECK,), "fase", ("broncheck", "plan"),
        ),
        Requirement(
            "overdracht_na_weging", "Een signaal wordt pas overgedragen als het is gewogen.", ("weging",),
            tuple(weighing for weighing in WEIGHINGS if weighing != NOT_WEIGHED), "fase", ("overgedragen",),
        ),
    ),
)  # fmt: skip
_VISIT = WorkingLayer(
    VISITS, "Erfbezoeken", "Bezoeken aan een object of een erf",
    (
        UUID,
        link("object_uuid", "Object", "Het bezochte object"),
        link("bedrijf_uuid", "Bedrijf", "Het bezochte erf"),
        link("stop_uuid", "Stop", "Het erf van een campagne; leeg als het bezoek bij geen campagne hoort"),
        day("datum", "Datum", "Dag van het bezoek", required=True),
        WorkingField("begin", "Begin", "text", "Wanneer het bezoek begon", format="time"),
        WorkingField("eind", "Eind", "text", "Wanneer het bezoek klaar was", format="time"),
        text("team", "Team", "Naam van het team, niet van personen", required=True),
        choice("soort", "Soort bezoek", code_list("bezoeksoort", VISIT_KINDS), required=True),
        choice("grondslag", "Grondslag", code_list("grondslag", LEGAL_GROUNDS), required=True),
        text("regeling", "Wettelijke regeling", "Bij toezicht: welke wet of verordening"),
        text("doel", "Doel", "Waarvoor; een bevoegdheid is niet voor een ander doel", required=True),
        choice("uitkomst", "Uitkomst", code_list("bezoekuitkomst", VISIT_OUTCOMES), required=True),
        PHOTO, REMARK, *ORIGIN, *KEPT,
    ),
    ("uuid",),
    identities=(
        Identity(("bronkenmerk", "bron")),
        Identity(("object_uuid", "datum", "team"), unless_different=("uuid", "bronkenmerk", "bedrijf_uuid")),
        Identity(("bedrijf_uuid", "datum", "team"), unless_different=("uuid", "bronkenmerk", "object_uuid")),
        Identity(("stop_uuid", "datum"), unless_different=("uuid", "bronkenmerk")),
    ),
    relations=(
        Relation("object_uuid", OBJECTS, "erase", via=_BY_BAG),
        Relation("bedrijf_uuid", YARDS, "erase"),
        Relation("stop_uuid", STOPS, "detach"),
    ),
    requirements=(
        Requirement(
            "waar", "Een bezoek hoort bij een object of bij een erf.", ("object_uuid", "bedrijf_uuid")
        ),
        *GROUND_RULES,
    ),
)  # fmt: skip
_FINDING = WorkingLayer(
    FINDINGS, "Bevindingen", "Wat er bij een bezoek is gezien of niet gezien; geen verdenking",
    (
        UUID,
        link("bezoek_uuid", "Bezoek", "Het bezoek", required=True),
        choice("categorie", "Categorie", code_list("bevinding", FINDING_CATEGORIES), required=True),
        choice("waarneming", "Waarneming", code_list("waarneming", OBSERVATIONS), required=True),
        choice("triage", "Triage", code_list("triage", TRIAGE), required=True, default="nog_te_doen"),
        choice(
            "getoetst", "Getoetst met partner", code_list("getoetst", CHECKED), required=True, default="nee",
        ),
        choice("getoetst_met", "Getoetst met", code_list("partner", PARTNERS)),
        choice("opvolging", "Opvolging", code_list("opvolging", FOLLOW_UPS), default="geen"),
        day("opvolging_op", "Opvolging op", may_be_future=True),
        PHOTO, REMARK, *ORIGIN, *KEPT,
    ),
    ("uuid",),
    identities=(
        Identity(("bronkenmerk", "bron")),
        Identity(("bezoek_uuid", "categorie", "bron"), unless_different=("uuid", "bronkenmerk")),
    ),
    relations=(Relation("bezoek_uuid", VISITS, "erase"),),
    requirements=(
        Requirement(
            "getoetst_noemt_partner", "Als er is getoetst, staat erbij met wie.", ("getoetst_met",),
            when_field="getoetst", when_values=("ja",),
        ),
    ),
)  # fmt: skip
#: what a line of the register says unless it is about the register itself
_SAID = ("door", "doel", "publiek", "gemeenten", "lagen")
_REGISTER = WorkingLayer(
    REGISTER, "Register van uitgifte", "Elke uitvoer met records en elke wissing: eerst deze regel",
    (
        UUID,
        WorkingField("nummer", "Nummer", "integer", "Van de regel, zonder gaten", required=True, minimum=1),
        WorkingField("tijdstip", "Tijdstip", "text", "", required=True, format="moment", default_from="now"),
        text("door", "Door", "Wie het deed"),
        text("aanmelding", "Aanmelding", "Met welke naam die persoon bij de computer is aangemeld"),
        choice("handeling", "Handeling", ACTION, required=True, default="uitgifte"),
        text("doel", "Doel", "Waarvoor het is gevraagd"),
        text("ontvanger", "Ontvanger", "Organisatie, geen persoon"),
        choice(
            "publiek", "Publiek",
            code_list("publiek", {audience.value: audience.capitalize() for audience in Audience}),
            "Voor wie",
        ),
        text("gemeenten", "Gemeenten", "CBS-codes met komma's"),
        text("lagen", "Lagen", "Namen van de lagen met komma's"),
        WorkingField("aantal", "Aantal records", "integer", "", required=True, minimum=0),
        text("cijfers", "Cijfers", "Namen van de cijfers met komma's"),
        text("tabel", "Beschermde tabel", "Peildatum, en de SHA-256 van de tabel"),
        text("onderdrukking", "Onderdrukking", "Welke regel voor kleine aantallen is gebruikt"),
        text("regels", "Regels", "SHA-256 van de regels voor cijfers"),
        text("bestand", "Bestand", "Naam van het bestand; met pad zolang de uitgifte niet is voltooid"),
        text("controlegetal", "Controlegetal", "SHA-256 van het bestand; bij een loting van kader en regels"),
        text("zaad", "Zaad", "Van een loting, vastgelegd voordat er een lijst was"),
        day("terug_voor", "Terug voor", "Dan is het bestand terug of vernietigd", may_be_future=True),
        day("geldig_tot", "Geldig tot", "Daarna is het bestand niet meer te gebruiken", may_be_future=True),
        link("hoort_bij", "Hoort bij", "Bij voltooid en terug: de regel van de uitgifte"),
        text("gewiste_regels", "Gewiste regels", "Nummers van alle regels waarvan de inhoud is gewist"),
        text("zout", "Zout", "Toeval, zodat uit de hash van een gewiste regel niets is te raden"),
        text("inhoud", "Hash van de inhoud", "SHA-256 van wat de regel zegt", required=True),
        text("vorige", "Hash van de vorige regel", "Nullen bij de eerste", required=True),
        text("keten", "Hash van de regel", "SHA-256 van nummer, vorige regel en inhoud", required=True),
    ),
    ("uuid",), append_only=True,
    requirements=tuple(
        Requirement(
            f"zegt_{name}", f"Een regel zegt: {name}.", (name,), when_field="handeling",
            when_values=tuple(one.value for one in ACTION.codes if one.value not in ABOUT_REGISTER),
        )
        for name in _SAID
    ),
)  # fmt: skip

#: layer name -> layer, parents before children
RURAL_LAYERS: dict[str, WorkingLayer] = {
    layer.name: layer
    for layer in (
        _OBJECT, _EVIDENCE, _YARD, _SIGNAL, CAMPAIGN, ROUND, STOP, _VISIT, _FINDING, CONFLICT, _REGISTER,
    )
}  # fmt: skip


def working_layer(name: str) -> WorkingLayer:
    """The description of a working layer.

    Raises:
        AtlasError: no working layer has this name.
    """
    if name not in RURAL_LAYERS:
        raise AtlasError("Deze werklaag bestaat niet.", got=name, expected=", ".join(RURAL_LAYERS))
    return RURAL_LAYERS[name]


def is_fictitious(source: object) -> bool:
    """Whether a record's `bron` says that it is made up: it starts with FICTIEF."""
    return isinstance(source, str) and source.startswith(FICTITIOUS)

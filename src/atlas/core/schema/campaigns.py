"""The layers of a campaign of farm visits: for what, which yards with which chance, and who goes when.

A campaign belongs to one municipality, its own controller. Every yard of the frame has its outcome and its
chance, also one that was not chosen: so anybody can repeat the draw, and reckon with it afterwards. What the
choosing decided is the dossier's own: no file and no form changes it.
"""

from __future__ import annotations

from ..words.layer_names import CAMPAIGNS, ROUNDS, STOPS, YARDS
from .fields import KEPT, MUNICIPALITY, ORIGIN, REMARK, UUID, choice, day, link, text
from .published import Field, Layer
from .visits import CONSENT, LEGAL_GROUNDS, VISIT_KINDS
from .working import Identity, Relation, Requirement, WorkingField, WorkingLayer, code_list

ALL, BY_TIER, BY_DRAW, NOT_CHOSEN = "allemaal", "regel", "loting", "niet_gekozen"
CHOICES = {
    ALL: "Elk erf van het kader",
    BY_TIER: "Gekozen door een regel",
    BY_DRAW: "Gekozen door de loting",
    NOT_CHOSEN: "In het kader, niet gekozen",
}

PLANNED, DROPPED = "gepland", "vervallen"
ROUND_STATES = {PLANNED: "Gepland", DROPPED: "Vervallen: bij opnieuw plannen niet meer nodig"}

#: what makes the act lawful, of a visit and of a campaign of visits
GROUND_RULES = (
    Requirement(
        "gesprek_is_vrijwillig", "Een preventief gesprek is vrijwillig: de grondslag is instemming.",
        ("grondslag",), (CONSENT,), "soort", ("preventief",),
    ),
    Requirement(
        "toezicht_heeft_bevoegdheid", "Toezicht rust op een bevoegdheid, niet op instemming.",
        ("grondslag",), tuple(ground for ground in LEGAL_GROUNDS if ground != CONSENT),
        "soort", ("toezicht",),
    ),
    Requirement(
        "toezicht_noemt_regeling", "Bij toezicht staat welke wet of verordening het toestaat.",
        ("regeling",), when_field="soort", when_values=("toezicht",),
    ),
)  # fmt: skip

CAMPAIGN = WorkingLayer(
    CAMPAIGNS, "Campagnes", "Een reeks erfbezoeken met een doel, een kader en een keuze",
    (
        UUID,
        text("naam", "Naam", "Zoals het team de campagne noemt", required=True),
        choice("soort", "Soort bezoek", code_list("bezoeksoort", VISIT_KINDS), required=True),
        choice("grondslag", "Grondslag", code_list("grondslag", LEGAL_GROUNDS), required=True),
        text("regeling", "Wettelijke regeling", "Bij toezicht: welke wet of verordening"),
        text("doel", "Doel", "Waarvoor; een bevoegdheid is niet voor een ander doel", required=True),
        WorkingField(
            "plaatsen", "Plaatsen", "integer", "Hoeveel erven er worden bezocht", minimum=0, own=True,
        ),
        WorkingField(
            "plaatsen_loting", "Plaatsen door loting", "integer", "Hoeveel daarvan de loting kiest",
            minimum=0, own=True,
        ),
        WorkingField("regels", "Regels", "text", "De treden waarlangs is gekozen", own=True),
        WorkingField("zaad", "Zaad", "text", "Van de loting; stond eerst in het register", own=True),
        WorkingField(
            "indicatoren", "Indicatoren", "text", "Wat er wordt gemeten, vastgelegd voor het eerste bezoek",
            own=True,
        ),
        WorkingField(
            "indicatoren_op", "Indicatoren vastgelegd op", "text", "", format="moment", own=True,
        ),
        *MUNICIPALITY, REMARK, *ORIGIN, *KEPT,
    ),
    ("uuid",),
    identities=(Identity(("naam", "gemeente_code")),),
    requirements=GROUND_RULES,
)  # fmt: skip
ROUND = WorkingLayer(
    ROUNDS, "Ronden", "Een dag van een team langs erven van een campagne",
    (
        UUID,
        link("campagne_uuid", "Campagne", "De campagne", required=True),
        text("naam", "Naam", "Een letter; de erven van ronde A heten A-01, A-02, …", required=True),
        day("dag", "Dag", required=True, may_be_future=True),
        text("team", "Team", "Naam van het team, niet van personen", required=True),
        WorkingField("begin", "Begin", "text", "Vertrek van het team", format="time"),
        WorkingField("eind", "Eind", "text", "Wanneer het team terug is", format="time"),
        choice(
            "status", "Status", code_list("rondestatus", ROUND_STATES), required=True, default=PLANNED,
        ),
        WorkingField("methode", "Methode", "text", "Hoe is gepland, en met welke reistijden", own=True),
        REMARK, *ORIGIN, *KEPT,
    ),
    ("uuid",),
    identities=(Identity(("campagne_uuid", "naam")),),
    relations=(Relation("campagne_uuid", CAMPAIGNS, "erase"),),
)  # fmt: skip
STOP = WorkingLayer(
    STOPS, "Erven van een campagne", "Elk erf van het kader, met zijn uitkomst en zijn kans",
    (
        UUID,
        link("campagne_uuid", "Campagne", "De campagne", required=True),
        link("bedrijf_uuid", "Erf", "Het erf", required=True),
        link("ronde_uuid", "Ronde", "Leeg zolang het erf niet is ingepland"),
        text("naam", "Naam", "Ronde en volgorde, zoals A-03"),
        WorkingField("aankomst", "Aankomst", "text", "Gepland begin van het bezoek", format="time"),
        WorkingField("vertrek", "Vertrek", "text", "Gepland einde van het bezoek", format="time"),
        WorkingField(
            "niet_ingepland", "Waarom niet ingepland", "text", "Wat er bij het plannen is gebleken", own=True,
        ),
        choice(
            "keuze", "Keuze", code_list("keuze", CHOICES), "Hoe het erf op de lijst kwam", required=True,
            default=NOT_CHOSEN, own=True,
        ),
        WorkingField("trede", "Trede", "text", "De regel waaraan het erf voldoet", own=True),
        WorkingField(
            "kans", "Kans", "real", "Kans om te worden gekozen, voordat er was geloot", minimum=0,
            maximum=1, own=True,
        ),
        WorkingField(
            "stratum", "Stratum", "text", "Het deel van het kader waarin is geloot, toen er is gekozen",
            own=True,
        ),
        WorkingField("plaats", "Plaats", "text", "Het dorp, als de volgorde van dorpen is geloot", own=True),
        WorkingField(
            "volgorde", "Volgorde", "integer", "De plaats van het dorp in de loting", minimum=1, own=True,
        ),
        WorkingField("redenen", "Redenen", "text", "Feit, bron en datum; de bewoner mag ze lezen", own=True),
        REMARK, *ORIGIN, *KEPT,
    ),
    ("uuid",),
    identities=(Identity(("campagne_uuid", "bedrijf_uuid")),),
    relations=(
        Relation("campagne_uuid", CAMPAIGNS, "erase"),
        Relation("bedrijf_uuid", YARDS, "erase"),
        Relation("ronde_uuid", ROUNDS, "detach"),
    ),
)  # fmt: skip

#: a round that is handed out as a map: its stops, and the way from one to the next
ROUND_STOPS = Layer(
    "ronde_erven", "Erven van de ronde", "De erven van een ronde, in volgorde",
    (
        Field("naam", "Naam", "text", "Ronde en volgorde, zoals A-03", required=True),
        Field("aankomst", "Aankomst", "text", "Gepland begin van het bezoek"),
        Field("vertrek", "Vertrek", "text", "Gepland einde van het bezoek"),
        Field("adres", "Adres", "text", "Adres van het erf"),
        Field("redenen", "Redenen", "text", "Waarom het erf op de lijst staat; de bewoner mag ze lezen"),
        Field("let_op", "Let op", "text", "Wat het team moet weten"),
    ),
    ("naam",), "Point",
)  # fmt: skip
ROUND_WAY = Layer(
    "ronde_weg", "Weg van de ronde", "De weg van stop naar stop",
    (
        Field("volgorde", "Volgorde", "integer", "Het hoeveelste stuk", required=True),
        Field("van", "Van", "text", "Waar het stuk begint", required=True),
        Field("naar", "Naar", "text", "Waar het stuk eindigt", required=True),
        Field("over_de_weg", "Over de weg", "text", "'nee': een rechte lijn, geen route", required=True),
        Field("lengte_m", "Lengte", "integer", "Lengte van de lijn", unit="m"),
    ),
    ("volgorde",), "LineString",
)  # fmt: skip

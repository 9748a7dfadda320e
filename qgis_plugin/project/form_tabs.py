"""What stands on which tab of a form: every field of the schema, in the order in which one fills it in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..atlas.core.schema.conflicts import LINKS
from ..atlas.core.words import layer_names as layers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..atlas.core.schema.working import WorkingLayer


@dataclass(frozen=True)
class Group:
    """Fields that stand together under a heading."""

    title: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Tab:
    """A tab: groups of fields, and layers of which the records that belong to this one are listed."""

    title: str
    groups: tuple[Group, ...]
    children: tuple[str, ...] = ()


_PLACE = Group("Plek", ("adres", "bag_pand_id", "bag_vbo_id", "gemeente_code", "gemeente_zeker"))
_NOTE = ("foto", "toelichting")
_KEPT_ITSELF = (
    "aangemaakt_op", "aangemaakt_door", "gewijzigd_op", "gewijzigd_door", "ingelezen_op", "uuid",
)  # fmt: skip
_COMMON = (
    Tab(
        "Herkomst",
        (
            Group("Bron", ("bron", "bronkenmerk", "peildatum")),
            Group("Bewaren", ("bewaren_tot", "regime")),
        ),
    ),
    Tab(
        "Beheer",
        (
            Group(
                "Wordt vanzelf bijgehouden",
                _KEPT_ITSELF,
            ),
        ),
    ),
)  # fmt: skip
TABS: Mapping[str, tuple[Tab, ...]] = {
    layers.OBJECTS: (
        Tab(
            "Object",
            (
                _PLACE,
                Group("Gebouw", ("soort", "gebruiksklasse", "vab", "vab_stopjaar", "omtrek")),
                Group("Aanpak", ("status", "prioriteit", *_NOTE)),
            ),
        ),
        Tab(
            "Conclusie",
            (
                Group(
                    "Conclusie, getrokken uit het bewijs",
                    ("conclusie", "betrouwbaarheid", "redenen"),
                ),
                Group("Wanneer", ("conclusie_sinds", "conclusie_geldig_tot")),
            ),
        ),
        Tab("Bewijs", (), (layers.EVIDENCE,)),
        Tab("Bezoeken", (), (layers.VISITS,)),
        Tab("Signalen", (), (layers.SIGNALS,)),
        *_COMMON,
    ),
    layers.EVIDENCE: (
        Tab(
            "Bewijs",
            (
                Group("Wat het zegt", ("object_uuid", "bewijsbron", "waarde", "toelichting")),
                Group("Hoe het telt", ("gewicht", "vervalt_op", "ingetrokken_op", "ingetrokken_reden")),
            ),
        ),
        *_COMMON,
    ),
    layers.YARDS: (
        Tab("Erf", (_PLACE, Group("Aanpak", ("bezoek_gevraagd_op", *_NOTE)))),
        Tab(
            "Ligging",
            (
                Group(
                    "Hoe afgelegen",
                    (
                        "buitengebied", "woningen_250m", "woningen_500m", "afstand_woning_m",
                        "afstand_kern_m", "afstand_weg_m", "percentiel_gemeente", "percentiel_regio",
                        "methode",
                    ),
                ),
            ),
        ),
        Tab("Bezoeken", (), (layers.VISITS,)),
        Tab("Campagnes", (), (layers.STOPS,)),
        Tab("Signalen", (), (layers.SIGNALS,)),
        *_COMMON,
    ),
    layers.SIGNALS: (
        Tab(
            "Signaal",
            (
                Group("Wat er is gemeld", ("categorie", "melder_soort", *_NOTE)),
                Group("Afweging", ("fase", "weging")),
                Group("Waar", ("object_uuid", "bedrijf_uuid", "gemeente_code", "gemeente_zeker")),
            ),
        ),
        *_COMMON,
    ),
    layers.CAMPAIGNS: (
        Tab(
            "Campagne",
            (
                Group("Wat het is", ("naam", "gemeente_code", "gemeente_zeker", "toelichting")),
                Group("Waarom het mag", ("soort", "grondslag", "regeling", "doel")),
                Group("Hoe er is gekozen", ("plaatsen", "plaatsen_loting", "regels", "zaad")),
                Group("Wat er wordt gemeten", ("indicatoren", "indicatoren_op")),
            ),
        ),
        Tab("Ronden", (), (layers.ROUNDS,)),
        Tab("Erven", (), (layers.STOPS,)),
        *_COMMON,
    ),
    layers.ROUNDS: (
        Tab(
            "Ronde",
            (
                Group("Wie en wanneer", ("campagne_uuid", "naam", "dag", "team", "begin", "eind")),
                Group("Hoe het staat", ("status", "methode", "toelichting")),
            ),
        ),
        Tab("Erven", (), (layers.STOPS,)),
        *_COMMON,
    ),
    layers.STOPS: (
        Tab(
            "Erf van een campagne",
            (
                Group("Waarvoor", ("campagne_uuid", "bedrijf_uuid", "toelichting")),
                Group("Wanneer", ("ronde_uuid", "naam", "aankomst", "vertrek", "niet_ingepland")),
                Group(
                    "Hoe het is gekozen",
                    ("keuze", "redenen", "trede", "kans", "stratum", "plaats", "volgorde"),
                ),
            ),
        ),
        *_COMMON,
    ),
    layers.VISITS: (
        Tab(
            "Bezoek",
            (
                Group(
                    "Waar en wanneer",
                    ("object_uuid", "bedrijf_uuid", "stop_uuid", "datum", "begin", "eind", "team"),
                ),
                Group("Waarom het mag", ("soort", "grondslag", "regeling", "doel")),
                Group("Hoe het ging", ("uitkomst", *_NOTE)),
            ),
        ),
        Tab("Bevindingen", (), (layers.FINDINGS,)),
        *_COMMON,
    ),
    layers.FINDINGS: (
        Tab(
            "Bevinding",
            (
                Group("Wat er is gezien", ("bezoek_uuid", "categorie", "waarneming", *_NOTE)),
                Group(
                    "Wat ermee gebeurt",
                    ("triage", "getoetst", "getoetst_met", "opvolging", "opvolging_op"),
                ),
            ),
        ),
        *_COMMON,
    ),
    layers.CONFLICTS: (
        Tab(
            "Conflict",
            (
                Group("Twee waarden", ("veld", "waarde_dossier", "waarde_veld", "moment_veld", "pakket")),
                Group("Besluit", ("besluit", "besloten_op", "besloten_door", "toelichting")),
                Group("Waarover", tuple(LINKS.values())),
            ),
        ),
        *_COMMON[:1],
        Tab("Beheer", (Group("Wordt vanzelf bijgehouden", ("veldwerk", *_KEPT_ITSELF)),)),
    ),
}  # fmt: skip


def tabs_of(described: WorkingLayer) -> tuple[Tab, ...]:
    """The tabs of a layer; a field that none of them names stands in the first."""
    first, *others = TABS[described.name]
    named = {field for tab in (first, *others) for group in tab.groups for field in group.fields}
    rest = tuple(name for name in described.field_names if name not in named)
    if not rest:
        return (first, *others)
    return (Tab(first.title, (*first.groups, Group("Verder", rest)), first.children), *others)

"""The published atlas as one JSON-able value: what the page, the sheets, the GeoPackage and the tests read.

Everything a reader sees is decided here or in the rooms this module asks: values with their state, class and
text, legends, province figures, the dot plot's axis. The faces only draw.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from ..areas import divisions as division
from ..areas.resolving import search_terms
from ..disclosure.audiences import Audience, audience_of
from ..disclosure.figures import release_figures
from ..disclosure.protected import ProtectedTable
from ..disclosure.rules import rules_for
from ..schema.states import CHANGE_STATES, COUNT_STATES, STATES
from ..tables.personal_text import personal_signs
from ..words.errors import AtlasError
from ..words.notation import format_interval, format_number, format_period, format_value, unit_label
from .background import background
from .differences import overlap_note
from .edition import Edition, made_keys
from .estimates import COUNTED, NOT_LOOKED_AT
from .families import SHOWN_WITH_CLASS, PeriodFigures, figures_by_level
from .figure_table import COLUMNS
from .indicators import ESTIMATED, NATIONAL_LEVEL, Catalogue, Indicator, Source, Value
from .level_entries import level_entry
from .statements import pairs_of, sentence_patterns
from .timelines import timelines_of
from .view_kinds import circle_key, offered_states, table_columns

if TYPE_CHECKING:
    from ..areas.divisions import Area, DetailArea, DetailLevel, Level
    from ..disclosure.released import Released
    from .classes import Legend

    Offered = Mapping[str, Sequence[Area] | Sequence[DetailArea]]

SCHEMA_VERSION = 1
_OF_A_PANEL = "De burgerpanels zijn geen aselecte steekproef; de intervallen zijn een benadering."
#: what holds for every figure of the atlas; stands on the page and on every sheet
NOTES = (
    "Een antwoord in een enquête, een signaal, een risicoscore of leegstand is geen strafbaar feit.",
    "Weinig signalen betekent niet dat er niets speelt: laag is op deze kaarten geen teken van veiligheid.",
    _OF_A_PANEL,
    "Een cijfer staat op het niveau waarop het is gemeten: een regiocijfer zegt niets over één gemeente.",
)
#: levels of which the figures of one follow from those of the other, with the numbers of respondents
_LINKED_LEVELS = ("surveyregio", "provincie")
_APPROXIMABLE = (
    "Dit cijfer is weggelaten omdat het onzeker is, niet om het geheim te houden: uit de provincie en de"
    " andere regio's is het te benaderen."
)
#: said by the class itself
_PLAIN = ("ok", COUNTED)
#: a period that is a year, a month or a day
_DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?")

Boundaries = Mapping[str, Mapping[str, Mapping[str, Any]]]
Payload = dict[str, Any]


def build_payload(
    catalogue: Catalogue,
    boundaries: Boundaries,
    boundary_source: str,
    edition: Edition | None = None,
    details: Sequence[DetailLevel] = (),
    *,
    records: Released[Any] | None = None,
) -> Released[Payload]:
    """Put catalogue and boundaries together as the value every face draws from, and release it.

    Args:
        catalogue: Indicators, values with their state, and text cards.
        boundaries: level -> area code -> {"geometry": GeoJSON MultiPolygon in WGS84, "anchor": [lon, lat]}.
        boundary_source: Source, vintage and licence of the boundaries, one Dutch sentence.
        edition: Title, maker and audience.
        details: Levels this edition has beside those of the atlas; their shapes are among the boundaries.
        records: What figures of a dossier were counted from.

    Returns:
        Dicts, lists, text, numbers and None only, as far as they may leave; the keys are described in
        docs/architecture.md.

    Raises:
        AtlasError: unknown audience, a level without boundaries, or a level, figure or text that may not
            reach the audience.
    """
    edition = edition or Edition()
    figures = release_figures(
        catalogue, audience=edition.audience, fictitious=edition.fictitious, records=records
    )
    _check_texts(figures, records)
    asked = catalogue.cards or any(one.measure == "steekproef" for one in catalogue.indicators)
    general = NOTES if asked else tuple(note for note in NOTES if note != _OF_A_PANEL)
    notes = (*general, *(records.notes if records else ()), *_of_team(figures))
    return figures.into(
        lambda shown: _payload(shown, boundaries, boundary_source, edition, details=details, notes=notes)
    )


def _check_texts(figures: Released[Catalogue], records: Released[Any] | None) -> None:
    """Refuse signs of a person in what was typed beside a figure, unless a rule of its audience allows it.

    Raises:
        AtlasError: a telephone number or the like in a text that goes to others than a team.
    """
    if figures.audience == Audience.TEAM:
        return
    table = records.content if records else None
    rules = table.rules if isinstance(table, ProtectedTable) else rules_for(figures.audience)
    if rules.vrije_tekst:
        return
    typed = attrgetter("label", "base", "question", "place", "caution", "definition", "source.citation")
    texts = {one.id: {*typed(one)} for one in figures.content.indicators}
    for value in figures.content.values:
        texts[value.indicator].add(value.note)
    for one in figures.content.indicators:
        if signs := sorted({sign for text in texts[one.id] for sign in personal_signs(text)}):
            raise AtlasError(
                f"Een tekst bij dit cijfer gaat over een persoon; zo gaat die niet naar {figures.audience}.",
                where=one.theme if personal_signs(one.label) else one.label,
                got=f"{' en '.join(signs)} (niet herhaald)",
                hint="Haal het uit de tekst. Wie vragen beantwoordt staat als contact op de uitgave.",
            )


def _of_team(figures: Released[Any]) -> tuple[str, ...]:
    """By which rule a team has figures of its records, and until when; others are told with their table."""
    if figures.audience != Audience.TEAM or not figures.municipalities:
        return ()
    rule = (
        "Aantallen uit het dossier zijn niet afgerond: alleen het team van deze gemeenten mag ze hebben, "
        "voor het doel in het register van uitgifte."
    )
    if not figures.valid_until:
        return (rule,)
    last = format_period(figures.valid_until)
    return (rule, f"Te gebruiken tot en met {last}: dan eindigt de eerste bewaartermijn van wat erin staat.")


def _payload(
    catalogue: Catalogue,
    boundaries: Boundaries,
    boundary_source: str,
    edition: Edition,
    *,
    details: Sequence[DetailLevel],
    notes: Sequence[str],
) -> Payload:
    audience = audience_of(edition.audience)
    levels: list[Level | DetailLevel] = [*division.levels(), *details]
    offered: Offered = {
        **{level.id: division.areas(level.id) for level in division.levels()},
        **{level.id: level.areas for level in details},
    }
    indicators = [_indicator(catalogue, indicator, offered) for indicator in catalogue.indicators]
    through_time = any(entry["timelines"] for entry in indicators)
    used = {entry["theme"] for entry in indicators} | {card.theme for card in catalogue.cards}
    date = _newest(catalogue)
    return {
        "schema_version": SCHEMA_VERSION,
        "title": edition.title,
        "subtitle": edition.subtitle,
        **made_keys(edition),
        "date": date,
        "date_label": format_period(date),
        "audience": audience.value,
        "audience_label": audience.label,
        "fictitious": edition.fictitious,
        "notes": list(notes),
        "boundary_source": boundary_source,
        "states": [asdict(state) for state in (*STATES, *COUNT_STATES)],
        "change_states": [asdict(state) for state in CHANGE_STATES] if through_time else [],
        "levels": [
            level_entry(level, offered[level.id], boundaries.get(level.id, {}), audience) for level in levels
        ],
        "themes": [{"id": theme.id, "label": theme.label} for theme in catalogue.themes if theme.id in used],
        "indicators": indicators,
        "cards": [
            {
                "id": card.id,
                "theme": card.theme,
                "label": card.label,
                "text": card.text,
                "base": card.base,
                "source": card.source.citation,
                "place": card.place,
                "caution": card.caution,
                "period_label": format_period(card.period),
            }
            for card in catalogue.cards
        ],
        "background": background() if catalogue.cards else [],
        "sentences": sentence_patterns(
            audience, estimated=any(value.text.endswith(ESTIMATED) for value in catalogue.values)
        ),
        "columns": list(COLUMNS),
        "search": [[text, list(codes)] for text, codes in search_terms()],
        "opening": _opening(catalogue, indicators, edition.opening),
    }


def _sources(catalogue: Catalogue) -> list[Source]:
    return [*(item.source for item in catalogue.indicators), *(card.source for card in catalogue.cards)]


def _opening(catalogue: Catalogue, indicators: Sequence[Mapping[str, Any]], wanted: str) -> dict[str, str]:
    mapped = {entry["id"]: entry for entry in indicators if entry["views"]}
    if not mapped:
        raise AtlasError(
            "De atlas heeft geen enkel cijfer voor op de kaart.", hint="Voeg een tabel met cijfers toe."
        )
    entry = mapped[catalogue.indicator(wanted).id] if wanted else next(iter(mapped.values()))
    view = entry["views"][0]
    return {"indicator": entry["id"], "level": view["level"], "period": view["period"]}


def _indicator(catalogue: Catalogue, indicator: Indicator, offered: Offered) -> dict[str, Any]:
    by_level = figures_by_level(catalogue, indicator, {level: len(areas) for level, areas in offered.items()})
    return {
        "id": indicator.id,
        "label": indicator.label,
        "theme": indicator.theme,
        "unit": indicator.unit,
        "unit_label": unit_label(indicator.unit, indicator.per),
        "decimals": indicator.decimals,
        "direction": indicator.direction,
        "base": indicator.base,
        "question": indicator.question,
        "source": indicator.source.citation,
        "place": indicator.place,
        "caution": indicator.caution,
        "definition": indicator.definition,
        "measure": indicator.measure,
        "denominator": indicator.denominator,
        "views": [
            _view(indicator, (level, offered[level]), period, given)
            for level, periods in by_level.items()
            for period, given in periods.items()
        ],
        "timelines": [
            timeline
            for level, periods in by_level.items()
            for timeline in timelines_of(
                indicator,
                level,
                {period: (found.values, found.family) for period, found in periods.items()},
                [area.code for area in offered[level]],
            )
        ],
    }


def _view(
    indicator: Indicator,
    shown: tuple[str, Sequence[Area] | Sequence[DetailArea]],
    period: str,
    given: PeriodFigures,
) -> dict[str, Any]:
    level, areas = shown
    references, family = given.references, given.family
    by_area = {value.area: value for value in given.values}
    unknown = NOT_LOOKED_AT if indicator.measure == "telling" else "geen_gegevens"
    values = {
        area.code: by_area.get(area.code)
        or Value(indicator.id, level, area.code, period, None, None, None, None, unknown, "")
        for area in areas
    }
    legend, circles = family.legend, family.circles
    notes = {value.note for value in by_area.values()}
    shared_note = notes.pop() if len(notes) == 1 else ""
    entries = {code: _value(value, indicator, legend, shared_note) for code, value in values.items()}
    if circles:
        for entry in entries.values():
            entry["radius"] = circles.radius(entry["value"] or 0)
    compared = [
        {"code": value.area, "label": _reference_label(value), **_figures(value, indicator)}
        for value in references
    ]
    return {
        "level": level,
        "period": period,
        "period_label": _period_label(period, by_area.values()),
        "values": entries,
        "table": table_columns(indicator, [*entries.values(), *compared]),
        "legend": {**_legend(indicator, legend, entries), **circle_key(indicator, circles)},
        "references": compared,
        "axis": family.axis,
        "interval_note": shared_note,
        "overlap_note": overlap_note(_shown_intervals(entries)) if legend.ordered else "",
        "pairs": pairs_of(list(values.values()), indicator.unit),
    }


def _newest(catalogue: Catalogue) -> str:
    """How new the data are: when a source was published, or the period of figures of no known day."""
    undated = {one.id for one in catalogue.indicators if not one.source.published}
    periods = {value.period for value in catalogue.values if value.indicator in undated}
    days = [source.published for source in _sources(catalogue)]
    return max([*days, *filter(_DATE.fullmatch, periods)], default="")


def _period_label(period: str, values: Iterable[Value]) -> str:
    """A period as a reader sees it, with what its source says of figures that may change."""
    statuses = dict.fromkeys(value.provisional for value in values if value.provisional)
    return f"{format_period(period)} ({', '.join(statuses)})" if statuses else format_period(period)


def _shown_intervals(entries: Mapping[str, Mapping[str, Any]]) -> list[tuple[float, float]]:
    return [(entry["low"], entry["high"]) for entry in entries.values() if entry["low"] is not None]


def _reference_label(value: Value) -> str:
    return "Nederland" if value.level == NATIONAL_LEVEL else division.area(value.area).label


def _figures(value: Value, indicator: Indicator) -> dict[str, Any]:
    """The figures of one value; what may not be seen was left out at the door."""
    figure, low, high, n = value.value, value.low, value.high, value.n
    return {
        "value": figure,
        "low": None if low is None else round(low, 2),
        "high": None if high is None else round(high, 2),
        "n": n,
        "text": (figure is not None and value.text)
        or format_value(figure, indicator.unit, indicator.decimals),
        "interval_text": format_interval(low, high, indicator.unit, indicator.decimals),
        "n_text": "" if n is None else format_number(n),
        "status": value.status,
    }


def _value(value: Value, indicator: Indicator, legend: Legend, shared_note: str) -> dict[str, Any]:
    figures = _figures(value, indicator)
    shown = figures["value"] is not None and value.status in SHOWN_WITH_CLASS
    return {
        **figures,
        "class": legend.class_of(figures["value"]) if shown else None,
        "note": " ".join(
            part for part in ("" if value.note == shared_note else value.note, _approximable(value)) if part
        ),
    }


def _approximable(value: Value) -> str:
    """That a figure of too few respondents is no secret: it follows from the province and its other regions.

    Within 4 points with whole percentages, within 0.4 with one decimal (measured on the survey figures).
    """
    linked = value.level in _LINKED_LEVELS and value.status == "te_weinig_respondenten"
    return _APPROXIMABLE if linked else ""


def _legend(indicator: Indicator, legend: Legend, entries: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    classes = Counter(entry["class"] for entry in entries.values())
    states = Counter(entry["status"] for entry in entries.values())
    return {
        "kind": legend.kind,
        **({} if legend.ordered else {"unordered": True}),
        "offered": offered_states(indicator, states),
        "method": legend.method,
        "method_label": legend.method_label,
        "note": legend.note,
        "breaks": list(legend.breaks),
        "classes": [
            {"label": label, "colour": colour, "count": classes[position]}
            for position, (label, colour) in enumerate(zip(legend.labels, legend.colours, strict=True))
        ],
        "states": [
            {"status": state.status, "count": states[state.status]}
            for state in (*STATES, *COUNT_STATES)
            if state.status not in _PLAIN and states[state.status]
        ],
    }

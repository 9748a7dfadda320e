"""Counts of the team's own records as figures of the catalogue, so that they appear like survey figures.

The words are here, the numbers come from `tallies`. A figure about a dossier says what has been recorded,
not what is going on; so no figure has a favourable direction, and few is never shown as safe.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from ..areas.divisions import levels
from ..disclosure.fields import Counted
from ..figures.estimates import NOTHING_RECORDED, count_status
from ..figures.indicators import Indicator, Source, Value
from ..schema.rural import FICTITIOUS
from ..tables.registers import check_reference_date
from ..words.errors import AtlasError
from ..words.layer_names import OBJECTS, SIGNALS, YARDS
from .tallies import AREA_BASES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ..areas.divisions import DetailLevel, Level
    from .tallies import AreaCount, Tally

THEME = "buitengebied"
#: a figure of the countryside that was counted here, and not asked in a survey
own_indicator = partial(Indicator, theme=THEME, direction="geen", question="", measure="telling")
_NO_SAMPLE = "Een telling van wat is vastgelegd is geen steekproef: er is geen interval."
#: a figure of a province stands beside the map of its municipalities to compare with: a total is no yardstick
_NO_TOTALS = ("provincie",)


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of record that is counted: its words in labels and sentences."""

    layer: str
    label: str
    #: as `data/disclosure/tellingen.csv` names what is counted
    counts: str
    base: str
    caution: str


#: layer -> its words
RECORD_KINDS: Mapping[str, RecordKind] = {
    kind.layer: kind
    for kind in (
        RecordKind(
            OBJECTS,
            "Objecten in het dossier",
            "objecten",
            "Gebouwen en erven waarvan wordt nagegaan of ze leegstaan",
            "Een object in het dossier staat niet altijd leeg, en leegstand is geen overtreding. Veel"
            " objecten kan ook betekenen dat er goed is gekeken.",
        ),
        RecordKind(
            YARDS,
            "Agrarische bedrijven",
            "erven",
            "Erven met een agrarisch bedrijf",
            "Het aantal bedrijven zegt hoe het gebied is gebruikt, niet wat er speelt.",
        ),
        RecordKind(
            SIGNALS,
            "Signalen in het dossier",
            "signalen",
            "Meldingen over een plek, ook als ze nog gewogen worden",
            "Een signaal is geen feit. Veel signalen kan betekenen dat er goed wordt gemeld; weinig signalen"
            " betekent niet dat er niets speelt.",
        ),
    )
}


@dataclass(frozen=True, slots=True)
class _Measure:
    """A way to express a count: how it is read off an area of a tally, and how it is shown."""

    suffix: str
    figure: Callable[[AreaCount], float | None]
    label: str
    unit: str
    decimals: int
    definition: str
    missing: str


_MEASURES = (
    _Measure("aantal", lambda one: one.count, "aantal", "count", 0, "Aantal records in het gebied.", ""),
    _Measure(
        "per_1000", lambda one: one.per_1000_addresses, "per 1.000 adressen", "per_1000", 1,
        "Aantal records gedeeld door het aantal adressen in de BAG, maal 1.000. Waar weinig adressen zijn,"
        " maakt één record al veel verschil.",
        "In dit gebied zijn geen adressen om door te delen.",
    ),
    _Measure(
        "per_km2", lambda one: one.per_km2, "per km²", "per_km2", 2,
        "Aantal records gedeeld door de oppervlakte ({basis}).",
        "Van dit gebied is de oppervlakte niet bekend.",
    ),
)  # fmt: skip


def rural_source(peildatum: str, *, fictitious: bool) -> Source:
    """The source that these figures name.

    Args:
        peildatum: ISO date of the records.
        fictitious: Whether the records are made up; the title then starts with FICTIEF.

    Raises:
        AtlasError: no reference date.
    """
    check_reference_date(peildatum, "de bron van de tellingen")
    title = "Eigen dossier en registers van het team"
    return Source(
        id="dossier_fictief" if fictitious else "dossier",
        title=f"{FICTITIOUS}: verzonnen dossier om mee te oefenen" if fictitious else title,
        publisher="",
        published=peildatum,
        licence_note="Alleen voor het team; niet om verder te verspreiden.",
    )


def rural_figures(
    tallies: Mapping[str, Sequence[Tally]],
    source: Source,
    details: Sequence[DetailLevel] = (),
) -> tuple[tuple[Indicator, ...], tuple[Value, ...]]:
    """Tallies as indicators and values, to be added to a `core.figures.indicators.Catalogue`.

    Args:
        tallies: Kind of record (one of `RECORD_KINDS`) -> its tallies, one for each level; all per km² of the
            same basis.
        source: Of `rural_source`; its date is the period of the values.
        details: The levels beside those of the atlas.

    Returns:
        Three indicators for each kind (number, per 1,000 addresses, per km²) and their values; no number for
        a province, and no rate where there is nothing to divide by in any area.

    Raises:
        AtlasError: an unknown kind, a level that is not known, or two bases in one figure.
    """
    indicators: list[Indicator] = []
    values: list[Value] = []
    for layer, parts in tallies.items():
        if layer not in RECORD_KINDS:
            raise AtlasError(
                "Dit soort record wordt niet geteld.", got=layer, expected=", ".join(RECORD_KINDS)
            )
        basis = _one_basis(parts, [*levels(), *details])
        for measure in _MEASURES:
            if all(measure.figure(one) is None for tally in parts for one in tally.counts):
                continue
            indicator = _indicator(RECORD_KINDS[layer], measure, source, basis)
            indicators.append(indicator)
            shown = [tally for tally in parts if measure.unit != "count" or tally.level not in _NO_TOTALS]
            values += [value for tally in shown for value in _values(indicator, measure, tally)]
    return tuple(indicators), tuple(values)


def _one_basis(tallies: Sequence[Tally], offered: Sequence[Level | DetailLevel]) -> str:
    known = [level.id for level in offered]
    strange = [tally.level for tally in tallies if tally.level not in known]
    if strange:
        raise AtlasError(
            "Dit niveau staat niet in de atlas.", got=", ".join(strange), expected=", ".join(known)
        )
    bases = {tally.basis for tally in tallies}
    if len(bases) != 1:
        raise AtlasError(
            "Een cijfer per km² gaat over één soort oppervlakte.",
            got=", ".join(sorted(bases)) or "geen tellingen",
            expected=f"een van {', '.join(AREA_BASES)}",
        )
    return bases.pop()


def _indicator(kind: RecordKind, measure: _Measure, source: Source, basis: str) -> Indicator:
    land = " land" if measure.unit == "per_km2" and basis == "land" else ""
    return own_indicator(
        id=f"{kind.layer}_{measure.suffix}",
        label=f"{kind.label}, {measure.label}{land}",
        unit=measure.unit,
        decimals=measure.decimals,
        base=kind.base,
        source=source,
        place=f"laag {kind.layer}",
        caution=kind.caution,
        definition=f"{measure.definition.format(basis=AREA_BASES[basis])} {_NO_SAMPLE}",
        per="adressen" if measure.unit == "per_1000" else "",
        counts=(Counted(kind.counts, source.title),),
    )


def _values(indicator: Indicator, measure: _Measure, tally: Tally) -> list[Value]:
    return [_value(indicator, measure, tally.level, one) for one in tally.counts]


def _value(indicator: Indicator, measure: _Measure, level: str, one: AreaCount) -> Value:
    figure = measure.figure(one)
    return Value(
        indicator=indicator.id,
        level=level,
        area=one.code,
        period=indicator.source.published,
        value=figure,
        low=None,
        high=None,
        n=None,
        status=_status(one, figure, indicator.unit),
        note=measure.missing if figure is None else _note(one),
    )


def _status(one: AreaCount, figure: float | None, unit: str) -> str:
    if not one.count:
        return NOTHING_RECORDED
    return "geen_gegevens" if figure is None else count_status(figure, unit)


def _note(one: AreaCount) -> str:
    return f"Van {one.uncertain} van de {one.count} is de gemeente nog niet zeker." if one.uncertain else ""

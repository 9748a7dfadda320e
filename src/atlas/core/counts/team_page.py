"""What a page for a team has on top of the published figures, decided on plain records.

`flows.team` and the plugin read the records and the borders; what is counted, shown and withheld is here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ..areas.divisions import areas, members
from ..disclosure.audiences import Audience
from ..disclosure.fields import may_leave
from ..disclosure.squares import SQUARES
from ..figures.level_entries import without_details
from ..words.layer_names import EVIDENCE, OBJECTS, SIGNALS, YARDS
from .campaign_progress import PROGRESS_LAYERS
from .rural_figures import rural_figures, rural_source
from .rural_rates import VISIT_LAYERS, rural_rates
from .tallies import combined_totals, count_records

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..areas.divisions import DetailLevel
    from ..disclosure.released import Records, Released
    from ..figures.indicators import Catalogue
    from .tallies import AreaTotals, Tally

AUDIENCE = Audience.TEAM
COUNTED_LAYERS = (OBJECTS, YARDS, SIGNALS)
#: the levels of the atlas at which records are counted
ATLAS_LEVELS = ("gemeente", "surveyregio")
_OF_RECORDS = (*COUNTED_LAYERS, *VISIT_LAYERS)
#: how the id of a figure begins that only a team has
_OF_A_TEAM = (*_OF_RECORDS, "adressen_buitengebied")
#: the layers that a page for a team reads: what is counted, what rates are made of, the evidence shown, and
#: how far its campaigns are
READ_LAYERS = (*_OF_RECORDS, EVIDENCE, *(one for one in PROGRESS_LAYERS if one not in VISIT_LAYERS))


@dataclass(frozen=True, slots=True)
class CountedLevel:
    """A level, what its counts are divided by, and the area of each record.

    `codes` is layer -> the area of each of its records, "" for none. For a level beside those of the atlas
    `detail` describes it and `shapes` are its borders, as `core.figures.payload` wants them.
    """

    totals: AreaTotals
    codes: Mapping[str, Sequence[str]]
    detail: DetailLevel | None = None
    shapes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def tally(self, layer: str, records: Sequence[Mapping[str, Any]]) -> Tally:
        """The counts of one layer."""
        certain = [record.get("gemeente_zeker") == "ja" for record in records]
        return count_records(
            self.codes[layer], self.totals, municipality_certain=None if self.detail else certain
        )


def may_be_counted() -> bool:
    """Whether a team may see how many records each area has."""
    return all(may_leave(layer, "gemeente_code", AUDIENCE) for layer in COUNTED_LAYERS)


def reference_date(layers: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """The newest reference date of the records that are counted; "" when there are none."""
    return max((str(record["peildatum"]) for name in COUNTED_LAYERS for record in layers[name]), default="")


def atlas_levels(
    layers: Mapping[str, Sequence[Mapping[str, Any]]], municipal: AreaTotals
) -> list[CountedLevel]:
    """The levels of the atlas at which records are counted.

    Args:
        layers: Layer -> its records.
        municipal: What counts per municipality are divided by.
    """
    found = []
    for level in ATLAS_LEVELS:
        belongs = {one.code: whole.code for whole in areas(level) for one in members(whole.code)}
        codes = {
            layer: [belongs.get(str(record["gemeente_code"]), "") for record in layers[layer]]
            for layer in COUNTED_LAYERS
            if layer in layers
        }
        totals = municipal if level == municipal.level else combined_totals(municipal, level)
        found.append(CountedLevel(totals, codes))
    return found


def with_counts(
    catalogue: Catalogue, released: Released[Records], levels: Sequence[CountedLevel]
) -> Catalogue:
    """The catalogue with counts and rates of the team's records as indicators, if it holds any record."""
    layers = released.content
    date = reference_date(layers)
    if not date or not levels:
        return catalogue
    tallies = {
        layer: [level.tally(layer, layers[layer]) for level in levels]
        for layer in COUNTED_LAYERS
        if layers[layer]
    }
    details = {level.detail.id: level.detail for level in levels if level.detail}
    source = rural_source(date, fictitious=released.fictitious)
    indicators, values = rural_figures(tallies, source, tuple(details.values()))
    own = set(released.municipalities)
    kept = tuple(value for value in values if value.level in details or _is_own(value.area, own))
    rates, rated = rural_rates(layers, source, audience=AUDIENCE, municipalities=own)
    return replace(
        catalogue,
        indicators=(*catalogue.indicators, *indicators, *rates),
        values=(*catalogue.values, *kept, *rated),
    )


def first_of_dossier(catalogue: Catalogue) -> str:
    """A team opens with its own figures, when there are any."""
    own = [indicator.id for indicator in catalogue.indicators if indicator.source.id.startswith("dossier")]
    return own[0] if own else ""


def figures_of_dossier(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The payload with the figures of the dossier only, at the levels of the atlas and its squares.

    Of a number the rates per address and per km² are left out: what a team takes along on paper or to QGIS
    are its counts and the three maps.
    """
    shown = without_details(payload, but=SQUARES)
    indicators = [
        entry
        for entry in shown["indicators"]
        if entry["id"].startswith(_OF_A_TEAM) and (entry["unit"] == "count" or entry["denominator"])
    ]
    return {**shown, "indicators": indicators, "cards": []}


def _is_own(code: str, own: set[str]) -> bool:
    """An area is counted only when all of it is the team's: a part would pass for the whole."""
    return {member.code for member in members(code)} <= own

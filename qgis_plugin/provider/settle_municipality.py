"""Settle the municipality of records near a border: by the detailed borders, or of one as a person says."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterString,
)

from ..atlas.core.areas.resolving import area, areas
from ..atlas.core.words.errors import AtlasError
from ..texts import tr
from .algorithm import AtlasAlgorithm, check_cancelled
from .dossier_parameters import (
    add_folder,
    add_user,
    check_temporary,
    chosen_folder,
    chosen_user,
    show_what_changed,
)
from .report_table import write_report

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

    from ..atlas.core.records.settling import Settled

#: field of the report -> what it is called
_COLUMNS = {
    "laag": "Laag",
    "uuid": "Record",
    "adres": "Adres",
    "gemeente": "Gemeente",
    "uitkomst": "Uitkomst",
}


class SettleMunicipality(AtlasAlgorithm):
    """`settle_municipality`."""

    ID = "settle_municipality"
    GROUP = "dossier"
    TAGS = ("dossier", "gemeente", "grens", "zeker", "municipality", "border", "certain")

    def label(self) -> str:
        return tr("Settle the municipality near a border")

    def add_parameters(self) -> None:
        add_folder(self)
        self.addParameter(
            QgsProcessingParameterString(
                "RECORD",
                tr("Only this record, as you know it: its uuid (empty: by the borders)"),
                optional=True,
            )
        )
        self.addParameter(
            QgsProcessingParameterEnum(
                "MUNICIPALITY",
                tr("Municipality in which this record lies"),
                options=[one.name for one in areas("gemeente")],
                optional=True,
                usesStaticStrings=True,
            )
        )
        add_user(self)
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                "OUTPUT", tr("Settled municipalities"), QgsProcessing.SourceType.TypeVector
            )
        )
        for name, label in (
            ("SETTLED", tr("Records that were settled")),
            ("OPEN", tr("Records that remain uncertain")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, label))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from ..atlas.core.records.import_file import PLACED_LAYERS
        from ..atlas.dossier.changes import apply_import
        from ..atlas.dossier.opening import open_dossier
        from ..atlas.dossier.records import read_layers

        check_temporary(self, parameters, "OUTPUT", context)
        dossier = open_dossier(chosen_folder(self, parameters, context))
        layers = read_layers(dossier, PLACED_LAYERS)
        settled = self._settle(parameters, context, layers)
        check_cancelled(feedback)
        destination = write_report(
            self, parameters, context, columns=_COLUMNS, lines=_lines(settled, layers),
            title=tr("Settled municipalities"),
        )  # fmt: skip
        check_cancelled(feedback)
        apply_import(dossier, [one.plan for one in settled.values()])
        for layer, one in settled.items():
            feedback.pushInfo(f"{layer}: vastgesteld {len(one.plan.updates)}, nog niet zeker {one.open}")
            for uuid in one.contradicted:
                feedback.pushWarning(
                    f"{uuid}: ligt volgens de grenzen in een andere gemeente dan er staat; vul dit record en "
                    "zijn gemeente in om het te beslissen."
                )
        return {
            "OUTPUT": destination,
            "SETTLED": sum(len(one.plan.updates) for one in settled.values()),
            "OPEN": sum(one.open + len(one.contradicted) for one in settled.values()),
        }

    def _settle(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        layers: Mapping[str, Sequence[Mapping[str, Any]]],
    ) -> dict[str, Settled]:
        from ..atlas.core.records.settling import Settled, settle_by_borders, settle_by_person
        from ..layers.import_rows import municipalities

        record = self.parameterAsString(parameters, "RECORD", context).strip()
        named = self.parameterAsEnumString(parameters, "MUNICIPALITY", context)
        if bool(record) != bool(named):
            raise AtlasError(
                "Vul een record en zijn gemeente samen in.",
                expected="het uuid van een record, en de gemeente waarin het ligt",
                hint="Laat beide leeg, dan beslissen de grenzen over alle records die nog niet zeker zijn.",
            )
        now, user = datetime.now(UTC), chosen_user(self, parameters, context)
        if record:
            plan = settle_by_person(layers, record, named, now=now, user=user)
            return {plan.layer: Settled(plan, (), 0)}
        return {
            layer: settle_by_borders(layer, records, municipalities, now=now, user=user)
            for layer, records in layers.items()
        }

    def postProcessAlgorithm(
        self, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        show_what_changed(context)
        return {}


def _lines(
    settled: Mapping[str, Settled], layers: Mapping[str, Sequence[Mapping[str, Any]]]
) -> Iterator[tuple[str, ...]]:
    """A line for every record that was settled, and for every one that is not certain yet."""
    for layer, one in settled.items():
        after = {update.uuid: update.record for update in one.plan.updates}
        for record in layers[layer]:
            uuid = str(record["uuid"])
            if uuid in after:
                outcome = "vastgesteld"
            elif uuid in one.contradicted:
                outcome = "de grenzen zeggen een andere gemeente"
            elif record.get("gemeente_zeker") != "ja":
                outcome = "nog niet zeker"
            else:
                continue
            code = str(after.get(uuid, record).get("gemeente_code") or "")
            name = area(code).name if code else ""
            yield layer, uuid, str(record.get("adres") or ""), name, outcome

"""Settle the municipality of records near a border: by woonplaats and borders, or of one as a person says."""

from __future__ import annotations

from dataclasses import astuple
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsProcessing,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterString,
)

from ..atlas.core.areas.divisions import areas
from ..atlas.core.words.errors import AtlasError
from ..cancelling import check_cancelled
from ..source_layer import source_layer
from ..texts import tr
from .algorithm import told_steps
from .dossier_parameters import (
    DossierAlgorithm,
    add_day,
    add_folder,
    add_report,
    add_user,
    check_temporary,
    chosen_day,
    chosen_folder,
    chosen_user,
)
from .report_table import write_report

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from qgis.core import QgsProcessingContext, QgsProcessingFeatureSource, QgsProcessingFeedback

    from ..atlas.jobs.settling import Residences, Said

#: field of the report -> what it is called
_COLUMNS = {
    "laag": "Laag",
    "uuid": "Record",
    "adres": "Adres",
    "gemeente": "Gemeente",
    "uitkomst": "Uitkomst",
}
_BETWEEN_LOOKS = 10_000


class SettleMunicipality(DossierAlgorithm):
    """`settle_municipality`."""

    ID = "settle_municipality"
    GROUP = "dossier"
    TAGS = ("dossier", "gemeente", "grens", "zeker", "woonplaats", "municipality", "border", "certain")

    def label(self) -> str:
        return tr("Settle the municipality near a border")

    def add_parameters(self) -> None:
        add_folder(self)
        for name, label in (
            ("ADDRESSES", tr("BAG addresses, to know the place of residence (with the table of places)")),
            ("RESIDENCES", tr("Table of places of residence and municipalities (Kadaster, CBS)")),
        ):
            kinds = [QgsProcessing.SourceType.Vector]
            self.addParameter(QgsProcessingParameterFeatureSource(name, label, kinds, optional=True))
        self.addParameter(
            QgsProcessingParameterString(
                "RECORD",
                tr("Only this record, as you know it: its uuid (empty: by place of residence and borders)"),
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
        add_day(self, "REFERENCE_DATE", tr("Day on which you found that out (empty: today)"))
        add_user(self)
        add_report(
            self,
            tr("Settled municipalities"),
            {"SETTLED": tr("Records that were settled"), "OPEN": tr("Records that remain uncertain")},
        )

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from ..atlas.jobs.settling import SettlingPorts, settle
        from ..layers.import_rows import municipalities

        check_temporary(self, parameters, "OUTPUT", context)
        now, results = datetime.now(UTC), dict[str, Any]()
        said = self._said(parameters, context, now)
        ports = SettlingPorts(
            municipalities,
            self._residences(parameters, context, feedback, now),
            report=lambda lines: results.update(
                OUTPUT=write_report(
                    self, parameters, context, columns=_COLUMNS, title=tr("Settled municipalities"),
                    lines=map(astuple, lines),
                )
            ),
            progress=told_steps(feedback),
        )  # fmt: skip
        user = chosen_user(self, parameters, context)
        done = settle(chosen_folder(self, parameters, context), ports, now=now, user=user, said=said)
        for sentence in done.sentences():
            feedback.pushInfo(sentence)
        for sentence in done.contradictions():
            feedback.pushWarning(sentence)
        return {**results, "SETTLED": done.count, "OPEN": done.open}

    def _said(self, parameters: dict[str, Any], context: QgsProcessingContext, now: datetime) -> Said | None:
        from ..atlas.jobs.settling import said_of

        return said_of(
            self.parameterAsString(parameters, "RECORD", context),
            self.parameterAsEnumString(parameters, "MUNICIPALITY", context),
            chosen_day(self, parameters, "REFERENCE_DATE", context),
            today=now.astimezone().date(),
        )

    def _residences(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        now: datetime,
    ) -> Residences | None:
        """What knows the woonplaats of objects, from two layers of QGIS; None when neither was chosen."""
        from ..layers.table_reading import read_layer

        addresses = self.parameterAsSource(parameters, "ADDRESSES", context)
        table = self.parameterAsSource(parameters, "RESIDENCES", context)
        if addresses is None and table is None:
            return None
        if addresses is None or table is None:
            raise AtlasError(
                "Om de gemeente uit de woonplaats af te leiden zijn twee lagen nodig.",
                got="alleen de adressen" if addresses else "alleen de woonplaatsen",
                expected="de BAG-adressen en de tabel van woonplaatsen",
                hint="Kies beide, of geen van beide: dan beslissen alleen de grenzen.",
            )
        layer = source_layer(self, parameters, "RESIDENCES", context)

        def known(objects: Collection[str]) -> Mapping[str, str]:
            from ..atlas.core.records.residences import municipality_of_objects, read_residence_rows

            rows = read_residence_rows(
                read_layer(table, layer, lambda: check_cancelled(feedback)), today=now.date()
            )
            found = _addresses_of(addresses, objects, feedback)
            return municipality_of_objects(found, rows)

        return known


def _addresses_of(
    source: QgsProcessingFeatureSource, objects: Collection[str], feedback: QgsProcessingFeedback
) -> Iterator[tuple[object, object]]:
    """The object and the woonplaats of every address of some objects, in a layer of the BAG.

    Raises:
        AtlasError: the layer has no such fields, or the work is cancelled.
    """
    from qgis.core import QgsFeatureRequest

    from ..atlas.core.tables.column_names import ADDRESS_PARTS, BAG_ID_NAMES, choose_columns, require_columns

    names = [field.name() for field in source.fields()]
    wanted = {
        # of the BAG's own services this is the id of the object
        "bag_vbo_id": (*BAG_ID_NAMES["bag_vbo_id"], "identificatie"),
        "woonplaats": ADDRESS_PARTS["woonplaats"],
    }
    chosen = choose_columns(names, wanted, source.sourceName())
    require_columns(chosen, wanted, wanted, names, source.sourceName())
    identity, residence = (names.index(chosen[name]) for name in wanted)
    request = QgsFeatureRequest().setFlags(Qgis.FeatureRequestFlag.NoGeometry)
    request.setSubsetOfAttributes([identity, residence])
    for number, feature in enumerate(source.getFeatures(request)):
        if number % _BETWEEN_LOOKS == 0:
            check_cancelled(feedback)
        cell = feature[identity]
        if str(cell or "").zfill(16) in objects:
            yield cell, feature[residence]

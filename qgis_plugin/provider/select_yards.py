"""Choose the yards of a campaign of farm visits."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
)

from ..atlas.core.areas.divisions import areas
from ..atlas.core.schema.visits import LEGAL_GROUNDS, VISIT_KINDS
from ..cancelling import check_cancelled
from ..texts import tr
from .dossier_parameters import (
    DossierAlgorithm,
    add_day,
    add_folder,
    add_user,
    chosen_day,
    chosen_folder,
    chosen_user,
)
from .visit_parameters import add_purpose, chosen_purpose

if TYPE_CHECKING:
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback


class SelectYards(DossierAlgorithm):
    """`select_yards`."""

    ID = "select_yards"
    GROUP = "visits"
    TAGS = ("erfbezoek", "campagne", "kiezen", "loting", "trede", "visit", "select", "draw")

    def label(self) -> str:
        return tr("Choose the yards of a campaign")

    def add_parameters(self) -> None:
        add_folder(self)
        self.addParameter(QgsProcessingParameterString("NAME", tr("Name of the campaign")))
        self.addParameter(
            QgsProcessingParameterEnum(
                "MUNICIPALITY",
                tr("Municipality"),
                [area.name for area in areas("gemeente")],
                usesStaticStrings=True,
            )
        )
        add_purpose(self)
        add_day(self, "KEEP_UNTIL", tr("Keep until"), optional=False)
        self.addParameter(
            QgsProcessingParameterFile(
                "RULES",
                tr("Rules with tiers (TOML; empty: every yard of the countryside)"),
                behavior=Qgis.ProcessingFileParameterBehavior.File,
                fileFilter="TOML (*.toml)",
                optional=True,
            )
        )
        self.addParameter(
            QgsProcessingParameterEnum(
                "KIND", tr("Kind of visit"), list(VISIT_KINDS), defaultValue=next(iter(VISIT_KINDS)),
                usesStaticStrings=True,
            )
        )  # fmt: skip
        for definition in (
            QgsProcessingParameterEnum(
                "GROUND",
                tr("Legal ground (for toezicht)"),
                list(LEGAL_GROUNDS),
                optional=True,
                usesStaticStrings=True,
            ),
            QgsProcessingParameterString(
                "REGULATION", tr("By which act or by-law (for toezicht)"), optional=True
            ),
            QgsProcessingParameterString(
                "SEED", tr("Seed of the draw (empty: one that nobody chooses)"), optional=True
            ),
        ):
            definition.setFlags(definition.flags() | Qgis.ProcessingParameterFlag.Advanced)
            self.addParameter(definition)
        add_user(self)
        self.addOutput(QgsProcessingOutputNumber("YARDS", tr("Yards in the frame")))
        self.addOutput(QgsProcessingOutputNumber("CHOSEN", tr("Yards chosen")))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from ..atlas.core.records.choosing_rules import Rules, read_rules_file
        from ..atlas.jobs.selecting import Campaign, select_yards

        code_of = {area.name: area.code for area in areas("gemeente")}
        kind = self.parameterAsEnumString(parameters, "KIND", context)
        rules = self.parameterAsFile(parameters, "RULES", context)
        asked = read_rules_file(Path(rules), kind) if rules else Rules()
        check_cancelled(feedback)
        done = select_yards(
            chosen_folder(self, parameters, context),
            Campaign(
                self.parameterAsString(parameters, "NAME", context),
                kind,
                code_of[self.parameterAsEnumString(parameters, "MUNICIPALITY", context)],
                chosen_purpose(self, parameters, context),
                str(chosen_day(self, parameters, "KEEP_UNTIL", context) or ""),
                self.parameterAsEnumString(parameters, "GROUND", context),
                self.parameterAsString(parameters, "REGULATION", context),
            ),
            asked,
            seed=self.parameterAsString(parameters, "SEED", context),
            user=chosen_user(self, parameters, context),
            now=datetime.now(UTC),
        )
        for sentence in done.sentences:
            feedback.pushInfo(sentence)
        for sentence in done.notes:
            feedback.pushWarning(sentence)
        return {"YARDS": len(done.selection.yards), "CHOSEN": done.selection.places}

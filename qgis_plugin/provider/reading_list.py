"""A list of records to read, as PDF: for a team, through the register."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFileDestination,
)

from ..atlas.core.schema.rural import RURAL_LAYERS
from ..cancelling import check_cancelled
from ..gate import TEAM, check_output, requested
from ..texts import tr
from .algorithm import AtlasAlgorithm
from .dossier_parameters import add_folder, add_team, add_user, chosen_folder, chosen_user
from .made_by import remembered_maker

if TYPE_CHECKING:
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

_LAYERS = {name: layer.alias for name, layer in RURAL_LAYERS.items() if not layer.append_only}


class ReadingListAlgorithm(AtlasAlgorithm):
    """`reading_list`."""

    ID = "reading_list"
    GROUP = "output"
    TAGS = ("lijst", "afdrukken", "lezen", "pdf", "team", "list", "print")

    def label(self) -> str:
        return tr("List to read")

    def add_parameters(self) -> None:
        add_folder(self)
        self.addParameter(
            QgsProcessingParameterEnum(
                "LAYER", tr("Layer of the dossier"), options=list(_LAYERS), defaultValue=next(iter(_LAYERS)),
                usesStaticStrings=True,
            )
        )  # fmt: skip
        add_team(self)
        add_user(self)
        self.addParameter(
            QgsProcessingParameterFileDestination("OUTPUT", tr("List"), tr("PDF files (*.pdf)"))
        )
        self.addOutput(QgsProcessingOutputNumber("RECORDS", tr("Records")))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from ..atlas.jobs.handing_out import hand_out_list
        from ..printing.text_pdf import list_writer

        folder, output = chosen_folder(self, parameters, context), self._output(parameters, context)
        layer = self.parameterAsEnumString(parameters, "LAYER", context)
        user = chosen_user(self, parameters, context)
        request = replace(requested(self, parameters, context), audience=TEAM, user=user)
        check_output(folder, [layer], request, [output])
        check_cancelled(feedback)
        done = hand_out_list(
            folder, layer, output, list_writer(partial(check_cancelled, feedback)), request,
            now=datetime.now(UTC), maker=remembered_maker(),
        )  # fmt: skip
        for sentence in done.sentences:
            feedback.pushWarning(sentence)
        return {"OUTPUT": str(output), "RECORDS": done.count}

    def _output(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Path:
        return Path(self.parameterAsFileOutput(parameters, "OUTPUT", context))

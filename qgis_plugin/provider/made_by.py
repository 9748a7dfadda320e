"""Who makes an edition, whom to ask and when: fields that remember what was filled in the last time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import Qgis, QgsProcessingParameterBoolean, QgsProcessingParameterString

from ..atlas.core.figures.edition import Edition, Maker, check_signed, checked_day, made_keys
from ..settings import CONTACT, MAKER
from ..texts import tr

if TYPE_CHECKING:
    from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext, QgsProcessingFeedback

_MAKER, _CONTACT, _MADE_ON, _TRIAL = "MAKER", "CONTACT", "MADE_ON", "TRIAL"


def add_made_by(algorithm: QgsProcessingAlgorithm) -> None:
    """Add the fields; those of a person who made something before are filled in."""
    texts = (
        (_MAKER, tr("Made by (the organisation)"), MAKER.get()),
        (_CONTACT, tr("Who answers questions (e-mail or telephone)"), CONTACT.get()),
        (_MADE_ON, tr("Made on (a day such as 2026-12-01)"), ""),
    )
    for name, label, default in texts:
        algorithm.addParameter(QgsProcessingParameterString(name, label, defaultValue=default, optional=True))
    trial = QgsProcessingParameterBoolean(
        _TRIAL, tr("Only to try: without maker and contact, and the page says so"), defaultValue=False
    )
    trial.setFlags(trial.flags() | Qgis.ProcessingParameterFlag.Advanced)
    algorithm.addParameter(trial)


def chosen_made_by(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    audience: str,
) -> dict[str, Any]:
    """The keys of the payload for what was filled in, which is remembered; what is missing is told.

    Raises:
        AtlasError: an edition for the public names nobody, or the day is none.
    """
    maker, contact, made_on = (
        algorithm.parameterAsString(parameters, name, context).strip()
        for name in (_MAKER, _CONTACT, _MADE_ON)
    )
    edition = Edition(maker=Maker(maker, contact), audience=audience, made_on=checked_day(made_on))
    for sentence in check_signed(edition, trial=algorithm.parameterAsBool(parameters, _TRIAL, context)):
        feedback.pushWarning(sentence)
    for setting, text in ((MAKER, maker), (CONTACT, contact)):
        if text:
            setting.set(text)
    return made_keys(edition)


def remembered_made_by() -> dict[str, Any]:
    """The keys of the payload for who made something before."""
    return made_keys(Edition(maker=remembered_maker()))


def remembered_maker() -> Maker:
    """Who made something before, and whom to ask."""
    return Maker(MAKER.get(), CONTACT.get())

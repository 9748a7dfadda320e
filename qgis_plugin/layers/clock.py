"""The temporal controller of QGIS, set to the periods of a figure."""

from __future__ import annotations

from itertools import pairwise
from math import gcd
from typing import TYPE_CHECKING

from qgis.core import Qgis, QgsDateTimeRange, QgsInterval, QgsProject
from qgis.PyQt.QtCore import QDate, QDateTime, QTime
from qgis.PyQt.QtWidgets import QDockWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qgis.gui import QgisInterface

    Moment = tuple[str, str, str, str]

_MONTHS_A_YEAR, _A_DAY = 12, 86_400
#: the name of the panel in QGIS
PANEL = "Temporal Controller"


def set_clock(iface: QgisInterface, moments: Sequence[Moment]) -> None:
    """Let the clock of QGIS go over the periods of a figure, stand at the newest, and show its panel.

    The project keeps it. A step is the largest that reaches every period: between periods that lie two years
    apart none is empty.

    Args:
        iface: QGIS.
        moments: As `time_views.view_through_time` gives them, oldest first.
    """
    begin, end = _moment(moments[0][2]), _moment(moments[-1][3])
    counted = [_months(start) for _period, _label, start, _end in moments]
    months = max(1, gcd(*(later - earlier for earlier, later in pairwise(counted))))
    steps = (counted[-1] - counted[0]) // months
    years, rest = divmod(months, _MONTHS_A_YEAR)
    unit = Qgis.TemporalUnit.Months if rest else Qgis.TemporalUnit.Years
    clock = iface.mapCanvas().temporalController()
    clock.setNavigationMode(Qgis.TemporalNavigationMode.Animated)
    clock.setFrameDuration(QgsInterval(months if rest else years, unit))
    # QGIS divides by a year of 365.25 days or a month of 30, rounds down and adds one
    counted_end = begin.addSecs(int(steps * clock.frameDuration().seconds()) + _A_DAY)
    clock.setTemporalExtents(QgsDateTimeRange(begin, counted_end))
    clock.setCurrentFrameNumber(steps)
    settings = QgsProject.instance().timeSettings()
    settings.setTemporalRange(QgsDateTimeRange(begin, end))
    settings.setTimeStep(months if rest else years)
    settings.setTimeStepUnit(unit)
    panel = iface.mainWindow().findChild(QDockWidget, PANEL)
    if panel is not None:
        panel.show()


def _months(day: str) -> int:
    return int(day[:4]) * _MONTHS_A_YEAR + int(day[5:7])


def _moment(day: str) -> QDateTime:
    return QDateTime(QDate.fromString(day, "yyyy-MM-dd"), QTime(0, 0))

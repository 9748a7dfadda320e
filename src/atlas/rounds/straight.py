"""Travel times without a road file: so much to get going, so much for each straight metre, and a margin.

A guess, and every plan says so. Over the roads of the made-up countryside a way of up to 15 km takes 0.76
to 1.77 times as long as 1.3 times the straight line at 60 km/h (98% of the ways); with its margin the line
below is at or above nine in ten of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .problem import Place

#: seconds before and after the way, seconds for a straight metre, and what is added for being wrong
START_S, A_METRE_S, MARGIN = 75.0, 0.065, 1.15
#: the way is so much longer than the straight line
DETOUR = 1.3
NOTE = (
    "De reistijden zijn geschat zonder wegen: 75 seconden plus 6,5 seconden per 100 meter hemelsbreed, en "
    "15% erbij. Een rit kan korter of langer duren; aan de overkant van water veel langer."
)


def straight_matrices(places: Sequence[Place]) -> tuple[NDArray[np.float64], NDArray[np.float64], str]:
    """Seconds and metres between places by the straight line, and the sentence that says so.

    Args:
        places: All with coordinates.
    """
    where = np.array([(one.x_rd or 0.0, one.y_rd or 0.0) for one in places])
    away = np.hypot(*(where[:, None] - where[None]).transpose(2, 0, 1))
    seconds = np.where(away > 0, (START_S + A_METRE_S * away) * MARGIN, 0)
    return seconds, away * DETOUR, NOTE

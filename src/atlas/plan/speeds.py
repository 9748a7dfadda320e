"""How fast one drives on a section of the NWB: by its kind and authority, or as a table says.

The NWB has no speeds. Those by class are what is driven between stops on such roads by and large, below the
limit: a choice (decision 0012). The Wegkenmerkendatabase has limits by wvk_id; of those `PART_OF_LIMIT` is
driven.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

#: sections where a car may not drive on
CLOSED = ("VZ", "BU", "BUS", "OVB", "CADO", "CALL")
#: kind of section -> km/h, whoever manages it
BY_KIND = {
    "ERF": 12.0,
    "VWG": 20.0,
    "PKP": 12.0,
    "PKB": 12.0,
    "PP": 12.0,
    "PC": 12.0,
    "OPR": 70.0,
    "AFR": 60.0,
}
#: authority -> km/h, for any other kind: Rijk, provincie, waterschap, gemeente, others
BY_AUTHORITY = {"R": 90.0, "P": 70.0, "W": 50.0, "G": 45.0, "T": 30.0}
OTHERWISE_KMH = 40.0
PART_OF_LIMIT = 0.85
#: from the road to the yard and back, over its drive
DRIVE_KMH = 15.0
_KMH = 3.6


def speeds_m_s(
    sections: NDArray[np.object_],
    kinds: NDArray[np.object_],
    authorities: NDArray[np.object_],
    limits_kmh: Mapping[str, float] | None = None,
) -> NDArray[np.float64]:
    """Metres a second on each section.

    Args:
        sections: wvk_id of each.
        kinds: baansubsoort of each.
        authorities: beheerder of each.
        limits_kmh: Limit of sections, where known; above 0.
    """
    found = np.array([BY_AUTHORITY.get(one, OTHERWISE_KMH) for one in authorities], dtype=np.float64)
    for kind, speed in BY_KIND.items():
        found[kinds == kind] = speed
    if limits_kmh:
        known = np.array([limits_kmh.get(one, 0.0) for one in sections], dtype=np.float64)
        found = np.where(known > 0, known * PART_OF_LIMIT, found)
    return found / _KMH

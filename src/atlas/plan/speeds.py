"""How fast one drives on a section of the NWB: by its kind and authority.

The NWB has no speeds. These are what is driven on such roads by and large, below the limit: a choice
(decision 0012).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
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
#: from the road to the yard and back, over its drive
DRIVE_KMH = 15.0
_KMH = 3.6


def speeds_m_s(kinds: NDArray[np.object_], authorities: NDArray[np.object_]) -> NDArray[np.float64]:
    """Metres a second on each section.

    Args:
        kinds: baansubsoort of each.
        authorities: beheerder of each.
    """
    found = np.array([BY_AUTHORITY.get(one, OTHERWISE_KMH) for one in authorities], dtype=np.float64)
    for kind, speed in BY_KIND.items():
        found[kinds == kind] = speed
    return found / _KMH

"""The code lists of the NWB: what a section of road is, who manages it, in which direction one may drive.

Baansubsoort (BST_CODE): NDW, Handleiding NWB, https://docs.ndw.nu/handleidingen/nwb/nwb-basisstructuur/.
"""

from __future__ import annotations

#: sections on which no car drives: code -> key of `unused_rows.REASONS`, and what it is
NO_ROADS = {
    "FP": ("fietspad", "een fietspad"),
    "VP": ("geen_rijweg", "een voetpad"),
    "RP": ("geen_rijweg", "een ruiterpad"),
    "VD": ("geen_rijweg", "een veerdienst"),
    "VV": ("geen_rijweg", "een baan voor vliegverkeer"),
}
#: carriageways, junctions and slip roads: what through traffic drives on; "" is what files until 2021 wrote
CARRIAGEWAYS = frozenset(
    {
        "", "RB", "HR", "TN", "PAR", "MRB", "NRB", "GRB", "TRB", "ZRB", "OPR", "AFR", "PST", "VBD", "VBI",
        "VBS", "VBR", "VBK", "VBW", "DST", "WIS", "YYY",
    }
)  # fmt: skip
#: where a car may come, and nobody drives through: pedestrian and service areas, bus lanes, parking, woonerf
NOT_THROUGH = frozenset(
    {
        "VZ", "VWG", "ERF", "PKP", "PKB", "BST", "PP", "PC", "PR", "BU", "BUS", "OVB", "CADO", "CALL", "BVP",
        "BVD",
    }
)  # fmt: skip
#: road authorities whose roads are made for through traffic: Rijk, provincie, waterschap
THROUGH_AUTHORITIES = ("R", "P", "W")
#: H with the line, T against it, B both, O unknown
DIRECTIONS = ("H", "T", "B", "O")
#: what a file writes for nothing
NOTHING = ("#", "-", "0")

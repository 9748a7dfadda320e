"""Tables: cells, numbers, headers and columns as people write them."""

from .cell import Cell
from .table import Table

__all__ = ["Cell", "Table"]

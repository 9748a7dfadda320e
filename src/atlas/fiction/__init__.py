"""The made-up countryside: FICTIEF, of real size, on the real municipalities."""

__all__ = ["countryside", "field_day", "visits"]

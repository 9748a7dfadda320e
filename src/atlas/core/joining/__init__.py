"""Joining: values on areas, one outcome for each row, the report, and own figures."""

__all__ = [
    "dividing", "figure_choices", "figure_intake", "join", "joined", "own_figures", "recipes", "statistics",
    "total_rows",
]  # fmt: skip

"""Rounds by PyVRP, and the way along the roads.

`clusters` makes one visit of yards that lie near each other, `pyvrp_model` says the options of `rounds` in
PyVRP's terms, `solving` searches within a budget and ends with a plan that is never worse than the simple
one. `travel` gives times and lengths over the roads of the NWB (`network`, `snapping`, `matrix`, `abroad`)
and says what is to be known of them. PyVRP is an extra: it is asked for in the sentence that misses it.
"""

__all__ = ["route_lines", "solving", "travel"]

"""Rounds of farm visits: the problem, its independent checker, and a plan in pure Python.

`problem` says what a round must keep to; `problem_json` and `plan_json` read and write it as the published
schema has it, `team_table` the teams of it as a planner fills them in. `checker` judges any plan, also one
changed by hand, and shares nothing with what makes plans. `options` turns a problem into what a search
works on, `draft` is a plan in the making, `search` improves it, `timing` gives every visit its time,
`finishing` makes the plan with its totals and a reason for every stop that is left out. Standard library,
numpy and core only: it is shipped in the plugin. Why it is made this way: decision 0009.
"""

__all__ = [
    "afterwards",
    "budget",
    "checker",
    "draft",
    "finishing",
    "json_values",
    "making",
    "options",
    "plan_json",
    "plans",
    "problem",
    "problem_json",
    "search",
    "simple",
    "team_table",
    "telling",
]  # fmt: skip

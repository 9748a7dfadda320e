"""The schema: every layer, field, code list, rule and relation."""

__all__ = [
    "campaigns", "conflicts", "fields", "outcomes", "published", "rural", "states", "steps", "visits",
    "working",
]  # fmt: skip

"""The schema: every layer, field, code list, rule and relation."""

__all__ = ["fields", "outcomes", "published", "rural", "states", "visits", "working"]

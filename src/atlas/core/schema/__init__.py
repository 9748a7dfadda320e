"""The schema: every layer, field, code list, rule and relation."""

__all__ = ["campaigns", "fields", "outcomes", "published", "rural", "states", "visits", "working"]

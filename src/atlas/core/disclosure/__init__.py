"""Disclosure: who may see what; it denies what it does not know."""

__all__ = [
    "audiences", "fields", "figures", "protected", "records", "released", "rules", "sealing", "squares",
]  # fmt: skip

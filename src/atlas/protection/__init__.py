"""Protection: numbers that may leave, and an attacker of our own that tries what they give away (highspy)."""

__all__ = [
    "attack", "audit", "bounds", "linked", "making", "publications", "rounding", "single_figures", "squares",
    "traces",
]  # fmt: skip

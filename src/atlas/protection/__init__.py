"""Protection: numbers that may leave, and an attacker of our own that tries what they give away (highspy)."""

__all__ = ["audit", "bounds", "linked", "making", "rounding"]

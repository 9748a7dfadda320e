"""The Processing provider: every step of the atlas as an algorithm."""

"""What holds for every test."""

from __future__ import annotations

from hypothesis import settings

# a busy machine is no mistake in the code: no example fails for being slow
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

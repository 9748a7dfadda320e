"""Areas: which area does a text mean, where do they lie, and in which coordinates."""

from .resolving import Area, Resolution, resolve

__all__ = ["Area", "Resolution", "resolve"]

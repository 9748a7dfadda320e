"""Joining: values on areas, one outcome for each row, the report, and own figures."""

from .join import Joined, join

__all__ = ["Joined", "join"]

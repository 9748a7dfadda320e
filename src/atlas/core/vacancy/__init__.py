"""Vacancy: evidence in, a conclusion with its reasons out."""

__all__ = ["evidence", "rule"]

"""Disclosure: who may see what; it denies what it does not know."""

from .fields import AUDIENCES, may_leave

__all__ = ["AUDIENCES", "may_leave"]

"""Disclosure: who may see what; it denies what it does not know."""

from .fields import AUDIENCES, may_leave
from .released import Released, release

__all__ = ["AUDIENCES", "Released", "may_leave", "release"]

"""Disclosure: who may see what; it denies what it does not know."""

from .audiences import Audience
from .fields import may_leave
from .released import Released, release

__all__ = [
    "Audience", "Released", "audiences", "fields", "may_leave", "protected", "release", "released", "rules",
]  # fmt: skip

"""Disclosure: who may see what; it denies what it does not know."""

from .audiences import Audience
from .fields import may_leave
from .figures import release_figures
from .records import release
from .released import Released, content_of, release_open

__all__ = [
    "Audience", "Released", "audiences", "content_of", "fields", "figures", "may_leave", "protected",
    "records", "release", "release_figures", "release_open", "released", "rules", "sealing",
]  # fmt: skip

"""The purposes of objects, from one column with all of them or one column for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ...core.tables.bag_codes import PURPOSES
from ...core.words.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Mapping

_YES, _NO = ("1", "t", "true", "j", "ja", "y", "x", "waar"), ("", "0", "f", "false", "n", "nee", "onwaar")


def purposes_of(columns: Mapping[str, pa.Array], text: pa.Array) -> pa.Array:
    """The purposes of every row, with commas; "" where the source says none.

    Args:
        columns: Our name -> text; a purpose that has a column of its own is there under its own name.
        text: The column with all purposes, "" everywhere when there is none.

    Raises:
        AtlasError: a column of one purpose says something else than yes or no.
    """
    own = {purpose: columns[purpose] for purpose in PURPOSES if purpose in columns}
    if not own:
        return text
    found = [np.full(len(text), "", dtype=object)]
    for purpose, column in own.items():
        answers = pc.utf8_lower(column)
        other = sorted(set(pc.unique(answers).to_pylist()) - {*_YES, *_NO})
        if other:
            raise AtlasError(
                f"In de kolom {purpose} staat iets anders dan ja of nee.",
                got=", ".join(other)[:200],
                expected="ja of nee, 1 of 0, true of false",
            )
        yes = np.asarray(pc.is_in(answers, pa.array(_YES)))
        found.append(np.where(yes, f"{purpose},", ""))
    together = pa.array(np.sum(found, axis=0), pa.string())
    return pc.if_else(pc.equal(text, ""), pc.utf8_rtrim(together, ","), text)

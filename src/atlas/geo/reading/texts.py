"""Columns of any kind as text, a whole column at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BLANKS = " \t\r\n\u00a0\ufeff\u200b"


def as_text(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """A column as text: "" where there is nothing, lists with commas, whole numbers without decimals.

    Blanks around a text are taken off.
    """
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(array, pa.ChunkedArray):  # too large for one array of 32-bit offsets
        array = pa.concat_arrays([chunk.cast(pa.large_string()) for chunk in array.chunks])
    kind = array.type
    if pa.types.is_dictionary(kind):
        array = array.dictionary_decode()
    elif pa.types.is_list(kind) or pa.types.is_large_list(kind):
        array = pc.binary_join(array.cast(pa.list_(pa.string())), ",")
    elif pa.types.is_floating(kind):
        array = _whole_numbers(array)
    text = array.cast(pa.string()) if array.type != pa.string() else array
    return pc.utf8_trim(pc.fill_null(text, ""), _BLANKS)


def numbers_of(text: pa.Array) -> NDArray[np.float64]:
    """Text as numbers with a decimal point, NaN where there is none to be read."""
    readable = pc.match_substring_regex(text, r"^-?[0-9]+(\.[0-9]+)?$")
    values = pc.if_else(readable, text, pa.scalar(None, pa.string())).cast(pa.float64())
    return np.array(values.to_numpy(zero_copy_only=False))


def _whole_numbers(array: pa.Array) -> pa.Array:
    array = pc.if_else(pc.is_nan(array), pa.scalar(None, array.type), array)
    whole = pc.and_(pc.equal(pc.floor(array), array), pc.less(pc.abs(array), 2.0**53))
    as_integers = pc.if_else(whole, array, None).cast(pa.int64()).cast(pa.string())
    return pc.if_else(pc.fill_null(whole, value=False), as_integers, array.cast(pa.string()))

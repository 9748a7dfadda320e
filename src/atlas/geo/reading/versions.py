"""Which version of an object wins when a source has it more than once: by rule, not by order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .frames import Sieve


def keep_best(
    sieve: Sieve,
    key: NDArray[np.object_],
    ranks: Sequence[NDArray[np.generic]],
    *,
    subject: str,
    why: str,
    about: NDArray[np.bool_] | None = None,
) -> None:
    """Of the rows with one key keep the best: the highest in the first of `ranks`, then in the next.

    Rows that rank the same are the same again: the first of them stays.

    Args:
        sieve: Takes the others out.
        key: Shape (n,), what a row is about; rows with "" are left alone.
        ranks: Each of shape (n,), higher goes before; the first decides.
        subject: "Dit object".
        why: Why a better row goes before, after the place of that row: "dat in gebruik is".
        about: Shape (n,), the rows to look at; None for all.
    """
    keys = pd.Series(key)
    there = sieve.kept & (keys != "").to_numpy(dtype=bool) & (True if about is None else about)
    at = np.flatnonzero(there & keys.where(there).duplicated(keep=False).to_numpy(dtype=bool))
    if not at.size:
        return
    values = [pd.factorize(np.asarray(rank)[at], sort=True)[0] for rank in ranks]
    codes = pd.factorize(keys.iloc[at])[0]
    order = np.lexsort((at, *(-value for value in reversed(values)), codes))
    codes, at = codes[order], at[order]
    first = np.concatenate([[True], codes[1:] != codes[:-1]])
    winner = np.flatnonzero(first)[np.cumsum(first) - 1]
    same = np.all([value[order] == value[order][winner] for value in values], axis=0) | (not values)
    best = np.zeros(key.size, dtype=np.intp)
    best[at] = at[winner]
    for mask, code, sentence in (
        (~first & ~same, "andere_versie", f"{subject} staat ook in {{}}, {why}; die rij is gebruikt."),
        (~first & same, "dubbel", f"{subject} staat al in {{}}; de eerste is gebruikt."),
    ):
        out = np.zeros(key.size, dtype=bool)
        out[at[mask]] = True
        sieve.reject(
            out, code, lambda lost, text=sentence: [text.format(sieve.place(best[row])) for row in lost]
        )


def drop_ended(sieve: Sieve, ends: NDArray[np.object_], begins: NDArray[np.object_]) -> None:
    """Take out the rows that ended: the present goes before the past.

    An end that lies after the latest begin of the file is still to come. The clock is not asked, so that a
    file gives the same result on any day.

    Args:
        sieve: Takes them out.
        ends: Shape (n,), ISO dates or moments, "" for none.
        begins: Shape (n,), the same.
    """
    latest = max((str(text)[:10] for text in begins if text), default="")
    ended = np.array([bool(text) and (not latest or str(text)[:10] <= latest) for text in ends], dtype=bool)
    sieve.reject(
        ended, "voorkomen_vervallen", "Dit voorkomen is vervangen of beëindigd: het is geschiedenis."
    )

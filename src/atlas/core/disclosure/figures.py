"""Which figures may leave, and what of each, as one value `Released`: published ones, own tables, counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from ..words.notation import counted
from .audiences import audience_of
from .fields import Counted, check_counts_may_leave, may_leave
from .protected import ProtectedTable
from .released import MADE_HERE, Released, Withheld
from .rules import may_be_counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

#: states in which there is a figure that nobody is shown
WITHHELD = ("te_weinig_respondenten", "onderdrukt")
#: what they are called in a sentence
_REASONS = dict(zip(WITHHELD, ("te weinig respondenten", "onderdrukt"), strict=True))
#: the one of which the number of respondents is not shown either
_SUPPRESSED = "onderdrukt"
#: a smaller number of respondents is not told beside a figure that is withheld: it says who they may be
LEAST_TOLD = 5
#: the fields of the layer "waarde" -> those of a value
_FIELDS = {"waarde": "value", "laag": "low", "hoog": "high", "n": "n"}
_LAYER = "waarde"
#: how a figure is measured that counts something
_COUNT = "telling"


class DescribedFigure(Protocol):
    """What has to be known of a figure: its name, and what it counts."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def label(self) -> str:
        """What it is called."""

    @property
    def measure(self) -> str:
        """How it was measured: "telling" for a count."""

    @property
    def counts(self) -> Sequence[Counted]:
        """What it counts or is made of; none when it is no count."""


class DescribedValue(Protocol):
    """A figure of one area: of which figure, and its state."""

    @property
    def indicator(self) -> str:
        """The id of the figure."""

    @property
    def status(self) -> str:
        """Its state."""

    @property
    def n(self) -> float | None:
        """The number of respondents behind it."""


class DescribedFigures(Protocol):
    """A catalogue: a data class of figures and their values."""

    @property
    def indicators(self) -> Sequence[DescribedFigure]:
        """The figures."""

    @property
    def values(self) -> Sequence[DescribedValue]:
        """Their values; data classes with `value`, `low`, `high`, `n` and `n_effective`."""


Figures = TypeVar("Figures", bound=DescribedFigures)


def release_figures(
    figures: Figures,
    *,
    audience: str,
    fictitious: bool = False,
    records: Released[Any] | None = None,
) -> Released[Figures]:
    """Select what may leave of figures.

    A count goes only to who may have counted what it counts, and one that does not say what that is goes to
    nobody but a team. Of a value in a state that withholds it, the figure and its interval stay behind, and
    so does each field that the audience may not see.

    Args:
        figures: The catalogue, with the user's own figures in it.
        audience: For whom.
        fictitious: Whether any of it is made up.
        records: What some of them were counted from: records of a dossier, or a protected table. It names
            the municipalities, the purpose and what stayed behind.

    Raises:
        AtlasError: there is no such audience, or a count may not reach it.
        ValueError: the records were released to another audience.
    """
    audience = audience_of(audience)
    if records is not None and records.audience != audience:
        raise ValueError("figures go where the records go that they were counted from")
    for figure in figures.indicators:
        for one in _counted(figure):
            if not (one.rounded and _stands_in(records, one.what)):
                check_counts_may_leave(one.what, audience, f"{one.where}, {figure.label}")
    hidden = [name for field, name in _FIELDS.items() if not may_leave(_LAYER, field, audience)]
    shown = tuple(_shown(value, hidden) for value in figures.values)
    return Released(
        cast("Figures", replace(cast("Any", figures), values=shown)),
        audience=audience,
        municipalities=records.municipalities if records else (),
        purpose=records.purpose if records else "",
        fictitious=fictitious or (records is not None and records.fictitious),
        counts=records.counts if records else {},
        withheld=(*(records.withheld if records else ()), *_withheld(figures)),
        valid_until=records.valid_until if records else "",
        made_by=MADE_HERE,
    )


def _counted(figure: DescribedFigure) -> Sequence[Counted]:
    if figure.counts or figure.measure != _COUNT:
        return figure.counts
    return (Counted("", "de atlas"),)


def release_table(
    table: ProtectedTable, *, municipalities: Iterable[str], purpose: str, fictitious: bool
) -> Released[ProtectedTable]:
    """Release a protected table to the audience of its rules: they decided what may stand in it.

    Args:
        table: Of that audience.
        municipalities: Codes of those whose figures are shown, all of them in the table.
        purpose: For what.
        fictitious: Whether it was counted from made-up records.

    Raises:
        ValueError: a municipality that is not in it.
    """
    codes = tuple(sorted(set(municipalities)))
    if not set(codes) <= set(table.municipalities):
        raise ValueError("a protected table has no figures of other municipalities")
    layers = sorted({cell.partition("|")[2].partition(";")[0] for cell in table.cells})
    return Released(
        table,
        audience=audience_of(table.rules.audience),
        municipalities=codes,
        purpose=purpose,
        fictitious=fictitious,
        counts=dict.fromkeys(layers, 0),
        valid_until=table.rules.last_day(table.peildatum),
        made_by=MADE_HERE,
    )


def _stands_in(records: Released[Any] | None, counts: str) -> bool:
    """Whether a protected table may show a number of these."""
    table = records.content if records else None
    return isinstance(table, ProtectedTable) and may_be_counted(counts, table.rules)


def _shown(value: DescribedValue, hidden: Sequence[str]) -> Any:  # noqa: ANN401 - the same kind of value
    """A value without what its state or the audience withholds."""
    names: dict[str, str | None] = dict.fromkeys(hidden)
    if "value" in names:
        names["text"] = ""
    if value.status in WITHHELD:
        names |= {**dict.fromkeys(("value", "low", "high")), "text": ""}
        if told_n(value.n, value.status) is None:
            names |= dict.fromkeys(("n", "n_effective"))
    return replace(cast("Any", value), **names) if names else value


def told_n(n: float | None, status: str) -> float | None:
    """How many respondents are told of a figure: of one that is withheld none when they are fewer than 5."""
    if n is None or status not in WITHHELD:
        return n
    return None if status == _SUPPRESSED or n < LEAST_TOLD else n


def _withheld(figures: DescribedFigures) -> list[Withheld]:
    labels: Mapping[str, str] = {figure.id: figure.label for figure in figures.indicators}
    found = Counter((value.indicator, value.status) for value in figures.values if value.status in WITHHELD)
    return [
        Withheld(
            indicator,
            count,
            f"{labels.get(indicator, indicator)}: {counted(count, 'waarde', 'waarden')} niet getoond: "
            f"{_REASONS[status]}.",
        )
        for (indicator, status), count in found.items()
    ]

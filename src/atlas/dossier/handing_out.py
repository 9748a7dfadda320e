"""Which records of a dossier leave: one selection for every output, and first the line in the register."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ..core.disclosure.records import check_audience, check_competence, release, release_issued
from ..core.disclosure.released import content_of
from ..core.schema.rural import FICTITIOUS, RURAL_LAYERS, is_fictitious, working_layer
from ..core.words.errors import AtlasError
from .issue_register import record_issue
from .records import read_layers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from ..core.disclosure.released import Content, Records, Released
    from .files import Dossier
    from .issue_register import Said


def release_records(
    dossier: Dossier,
    layers: Iterable[str],
    *,
    audience: str,
    municipalities: Iterable[str],
    purpose: str,
) -> Released[Records]:
    """Read what may leave of some layers of a dossier, at one moment; see `core.disclosure.records.release`.

    Args:
        dossier: An opened dossier.
        layers: Names of working layers; not the register.
        audience: For whom.
        municipalities: Codes of the municipalities the team works for.
        purpose: For what.

    Raises:
        AtlasError: it may not leave, the dossier can't be read, or holds made-up and real records.
    """
    wanted, described = tuple(layers), tuple(RURAL_LAYERS.values())
    check_audience(described, wanted, audience)  # before anything is read
    codes = check_competence(municipalities, fictitious=dossier.fictitious)
    released = release(
        described,
        read_layers(dossier, _with_related(wanted)),
        wanted,
        audience=audience,
        municipalities=codes,
        purpose=purpose,
        fictitious=dossier.fictitious,
    )
    for layer, records in released.content.items():
        if any(is_fictitious(record.get("bron")) != dossier.fictitious for record in records):
            raise AtlasError(
                "In dit dossier staan verzonnen en echte gegevens door elkaar.",
                where=str(dossier.path(layer)),
                expected=f"een bron die begint met {FICTITIOUS} bij verzonnen gegevens, en alleen daar",
                hint="Herstel het veld bron in QGIS.",
            )
    return released


def release_made_of(
    dossier: Dossier, line: Mapping[str, Any], content: Content, *, purpose: str
) -> Released[Content]:
    """Release what was made of a file that was handed out: to the same team, see `release_issued`.

    Args:
        dossier: Where its records come from.
        line: Of the register, of that file.
        content: What was made of it.
        purpose: For what, this time.

    Raises:
        AtlasError: it may not leave, or there is no purpose.
    """
    layer, count = str(line["lagen"]).split(",")[0], int(str(line["aantal"]))
    return release_issued(
        RURAL_LAYERS.values(),
        content,
        audience=str(line["publiek"]),
        municipalities=str(line["gemeenten"]).split(","),
        purpose=purpose,
        fictitious=dossier.fictitious,
        counts={layer: count},
        valid_until=str(line["geldig_tot"] or ""),
    )


def _with_related(wanted: Iterable[str]) -> list[str]:
    """The layers, and those that say to whom their records belong and which of these go along."""
    needed = dict.fromkeys(wanted)
    queue = list(needed)
    while queue:
        for relation in working_layer(queue.pop()).relations:
            if relation.layer not in needed:
                needed[relation.layer] = None
                queue.append(relation.layer)
    return list(needed)


@contextmanager
def issue_released(
    dossier: Dossier,
    path: Path,
    released: Released[Any],
    *,
    user: str,
    now: datetime,
    counts: Mapping[str, int] | None = None,
    rule: str = "",
    recipient: str = "",
    back_by: str = "",
    said: Said | None = None,
) -> Iterator[Path]:
    """Issue a file made of released records through the register, see `record_issue`.

    Args:
        dossier: Where they come from.
        path: Where the file will stand.
        released: What is in it, or was counted for it.
        user: Who issues it.
        now: When.
        counts: Layer -> how many records are in the file, when that is not all that was released.
        rule: The disclosure rule that was used, in words.
        recipient: The organisations that get it; no person.
        back_by: See `record_issue`.
        said: Of figures in it.
    """
    content_of(released)
    with record_issue(
        dossier, path, purpose=released.purpose, audience=released.audience,
        municipalities=released.municipalities, layers=released.counts if counts is None else counts,
        user=user, now=now, rule=rule, recipient=recipient, back_by=back_by,
        valid_until=released.valid_until, said=said,
    ) as beside:  # fmt: skip
        yield beside

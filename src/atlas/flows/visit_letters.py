"""Word back for farmers, the sheet to test the picture of a municipality with, and what a campaign found."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ..core.counts.campaign_progress import PROGRESS_LAYERS, campaign_progress
from ..core.counts.protected_counts import counted_by_municipality
from ..core.counts.team_page import COUNTED_LAYERS
from ..core.counts.visit_letters import (
    evaluation_letter,
    feedback_letter,
    protected_rows,
    review_letter,
    team_figures,
)
from ..core.disclosure.audiences import Audience
from ..core.disclosure.released import content_of
from ..core.files.output_gate import check_outputs
from ..core.records.campaign_account import NOTHING, check_tally, read_account
from ..core.words.errors import AtlasError
from .access import letter_writer
from .protected_outputs import checked
from .protecting import existing_protected
from .sealing import chosen_sealing, sealing_in_register

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ..core.disclosure.released import Records, Released
    from ..core.records.access_letter import Letter
    from ..core.records.campaign_account import Account
    from ..jobs.evaluating import Evaluated
    from ..jobs.handing_out import Permit
    from .sealing import Sealing
    from .team import TeamRequest

#: what the register says of the figures in a letter: those of the protected table
_FIGURES = ("agrarisch_bedrijf_aantal", "bevinding_aantal", "leegstand_object_aantal", "signaal_aantal")
_READ = tuple(dict.fromkeys((*COUNTED_LAYERS, *PROGRESS_LAYERS)))


def write_feedback(path: Path, request: TeamRequest, account: Path | None) -> None:
    """Write one page for the farmers of a municipality, with the rounded numbers that everyone may have.

    Args:
        path: .pdf or .docx.
        request: Which dossier, one municipality, for what.
        account: What the municipality says of its campaign (TOML); None: nothing.

    Raises:
        AtlasError: no protected table, a file that can't be read or of another kind, or a letter that gives
            away more than was agreed.
    """
    check_outputs([path], inputs=[account])
    write = letter_writer(path)
    said = _account(account)
    (code,) = request.municipalities
    records = existing_protected(request, Audience.PUBLIC)
    letter = records.released.into(
        lambda table: feedback_letter(table, code, said, fictitious=records.dossier.fictitious)
    )
    with checked(letter, records, request, path, figures=_FIGURES) as beside:
        write(beside, content_of(letter))


def write_review(
    path: Path, request: TeamRequest, audience: str, account: Path | None
) -> tuple[tuple[str, str], ...]:
    """Write the sheet to test the picture of a municipality with.

    Args:
        path: .pdf, .docx or .html; a page that must be is sealed.
        request: Which dossier, one municipality, for what.
        audience: `team` has what was counted, `partners` the rounded numbers of the protected table.
        account: What the municipality says of it (TOML): of whom was asked what, and its tally.

    Returns:
        Who gets which passphrase of a page, when it was drawn now.

    Raises:
        AtlasError: see `write_feedback`, or everyone as audience.
    """
    check_outputs([path], inputs=[account])
    said = _account(account)
    (code,) = request.municipalities
    if audience == Audience.PUBLIC:
        raise AtlasError(
            "Een toetsingsblad is voor het team en zijn partners.", got=audience, expected="team of partners"
        )
    if audience == Audience.PARTNERS:
        records = existing_protected(request, audience)
        fictitious = records.dossier.fictitious
        sealing = _sealing(path, request, audience, fictitious=fictitious)
        write = _writer(path, None)  # the attacker reads it first, see `checked`
        letter = records.released.into(
            lambda table: review_letter(
                protected_rows(table, code), code, said, (),
                day=table.peildatum, rounded=True, fictitious=fictitious,
            )
        )  # fmt: skip
        rule = sealing_in_register(request, sealing) if path.suffix.lower() == ".html" else ""
        with checked(
            letter, records, request, path, sealing=sealing, rule=rule, figures=_FIGURES
        ) as beside:  # fmt: skip
            write(beside, content_of(letter))
        return sealing.told() if sealing else ()

    def for_the_team(permit: Permit) -> Released[Letter]:
        released = permit.release()
        campaigns = campaign_progress(released.content)
        check_tally(said, {one.name: one.reached for one in campaigns})
        return released.into(
            lambda records: review_letter(
                team_figures(counted_by_municipality(records, [code]), code), code, said, campaigns,
                day=_newest(records), rounded=False, fictitious=permit.dossier.fictitious,
            )
        )  # fmt: skip

    return _write_for_team(path, request, _READ, for_the_team)


def write_evaluation(
    path: Path, request: TeamRequest, campaign: str, done: Evaluated
) -> tuple[tuple[str, str], ...]:
    """Write what a campaign found, for the team of its municipality.

    Args:
        path: .pdf, .docx or .html; a page of real data is sealed.
        request: Which dossier, for what; the municipality is that of the campaign.
        campaign: Its name.
        done: What `evaluate_campaign` reckoned of it.

    Returns:
        Who gets which passphrase of a page, when it was drawn now.

    Raises:
        AtlasError: a file that can't be written or is of another kind.
    """
    from ..jobs.evaluating import EVALUATED_LAYERS

    check_outputs([path])
    (code,) = done.result.municipalities
    return _write_for_team(
        path, replace(request, municipalities=(code,)), EVALUATED_LAYERS,
        lambda permit: done.result.into(
            lambda found: evaluation_letter(
                found, campaign, code, measured=done.measured, fictitious=permit.dossier.fictitious
            )
        ),
    )  # fmt: skip


def _write_for_team(
    path: Path, request: TeamRequest, layers: Sequence[str], letter_of: Callable[[Permit], Released[Letter]]
) -> tuple[tuple[str, str], ...]:
    from ..dossier.opening import open_dossier
    from ..jobs.handing_out import TEAM, Request, permit_for

    dossier = open_dossier(request.dossier)
    asked = Request(TEAM, request.municipalities, request.purpose, request.user)
    permit = permit_for(dossier, layers, asked, [path])
    sealing = _sealing(path, request, TEAM, fictitious=dossier.fictitious)
    write = _writer(path, sealing)
    letter = letter_of(permit)
    now = datetime.now(UTC)
    rule = sealing_in_register(request, sealing) if path.suffix.lower() == ".html" else ""
    with permit.issue(path, letter, now=now, rule=rule) as beside:
        write(beside, content_of(letter))
    return sealing.told() if sealing else ()


def _account(path: Path | None) -> Account:
    return NOTHING if path is None else read_account(path)


def _newest(records: Records) -> str:
    """The newest day of what is counted."""
    days = [str(one["peildatum"])[:10] for layer in COUNTED_LAYERS for one in records[layer]]
    if not days:
        raise AtlasError(
            "In dit dossier valt voor deze gemeente niets te tellen.",
            expected="erven, objecten of signalen met een zekere gemeente",
        )
    return max(days)


def _sealing(path: Path, request: TeamRequest, audience: str, *, fictitious: bool) -> Sealing | None:
    """How a page is sealed; a PDF or DOCX can't be."""
    if path.suffix.lower() != ".html":
        return None
    return chosen_sealing(request, audience, fictitious=fictitious)


def _writer(path: Path, sealing: Sealing | None) -> Callable[[Path, Letter], object]:
    if path.suffix.lower() != ".html":
        return letter_writer(path, ".html")
    from ..store.letter_html import letter_page

    def write(beside: Path, letter: Letter) -> None:
        page = letter_page(letter)
        if sealing is None:
            beside.write_text(page, encoding="utf-8")
        else:
            from ..sealing import seal_page

            beside.write_bytes(seal_page(page, sealing.passphrases))

    return write

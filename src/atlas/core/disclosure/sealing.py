"""Whether a page goes out sealed: one with real records, and one for partners, does; otherwise say why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..words.errors import AtlasError
from ..words.notation import counted
from .audiences import Audience

if TYPE_CHECKING:
    from collections.abc import Sequence


def must_be_sealed(audience: str, *, fictitious: bool) -> bool:
    """Whether a page of a dossier is sealed unless its maker says why not."""
    return audience == Audience.PARTNERS or (audience == Audience.TEAM and not fictitious)


def is_sealed(audience: str, *, fictitious: bool, seal: bool, reason: str, hint: str) -> bool:
    """Decide whether a page of a dossier is sealed.

    Args:
        audience: For whom it is.
        fictitious: Whether the dossier holds made-up records only.
        seal: The maker asks for it.
        reason: Why it is not sealed, when the maker wants that.
        hint: How to say so.

    Raises:
        AtlasError: both are asked for, or a reason without words.
    """
    if seal and reason:
        raise AtlasError(
            "Een pagina is verzegeld of niet; u vraagt om allebei.", expected="een van beide", hint=hint
        )
    if reason and not reason.strip():
        raise AtlasError(
            "Zeg waarom deze pagina niet wordt verzegeld; dat komt in het register van uitgifte.",
            expected="een reden in woorden",
            hint=hint,
        )
    return seal or (not reason and must_be_sealed(audience, fictitious=fictitious))


def check_open(audience: str, *, fictitious: bool, reason: str, hint: str) -> None:
    """Refuse an open page where a sealed one is due: for a face that can't seal.

    Raises:
        AtlasError: it must be sealed, and the maker gave no reason why it is not.
    """
    if is_sealed(audience, fictitious=fictitious, seal=False, reason=reason, hint=hint):
        raise AtlasError(
            "Een pagina met echte gegevens hoort verzegeld te zijn; dat kan hier niet.",
            detail="Wie het open bestand heeft, kan alles erin lezen.",
            hint=hint,
        )


def in_register(*, sealed: bool, reason: str = "", recipients: Sequence[str] = ()) -> str:
    """How a page was sealed, or why not, as the register keeps it; no passphrase."""
    if sealed:
        return f"Verzegeld voor {counted(max(len(recipients), 1), 'ontvanger', 'ontvangers')}."
    return f"Niet verzegeld: {reason.strip()}" if reason.strip() else ""

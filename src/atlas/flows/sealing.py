"""A page that is sealed: who gets which passphrase, and the file that opens with it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..core.disclosure.sealing import in_register, is_sealed
from ..core.words.errors import AtlasError

if TYPE_CHECKING:
    from pathlib import Path

    from ..core.disclosure.released import Released
    from ..core.figures.payload import Payload
    from ..web.page import Basemap
    from .team import TeamRequest

_SOMEBODY = "de ontvanger"
_HOW = (
    "Laat --seal en --unsealed weg, dan is een pagina met echte gegevens of voor partners verzegeld; "
    'of gebruik --unsealed "reden".'
)


@dataclass(frozen=True, slots=True)
class Sealing:
    """For whom a page is sealed: a passphrase for each recipient, shown on the maker's screen only."""

    passphrases: tuple[str, ...] = field(repr=False)
    recipients: tuple[str, ...]
    #: those of which the maker does not know the passphrase yet
    drawn: bool

    def told(self) -> tuple[tuple[str, str], ...]:
        """Who gets which passphrase, when it was drawn now."""
        return tuple(zip(self.recipients, self.passphrases, strict=True)) if self.drawn else ()


def chosen_sealing(request: TeamRequest, audience: str, *, fictitious: bool) -> Sealing | None:
    """How a page of a dossier is sealed; None when it stays open.

    Who names a recipient gets a passphrase for each: such a page is sealed, made up or not, unless a reason
    says why it is open.

    Args:
        request: What its maker asks for.
        audience: For whom the page is.
        fictitious: Whether the dossier holds made-up records only.

    Raises:
        AtlasError: sealed and open at once, no reason, a weak passphrase, or too many recipients, one that is
            named twice or not at all, or two with one passphrase.
    """
    from ..sealing import MOST_RECIPIENTS, new_passphrase, typed_passphrase

    seal = request.seal or bool(not request.unsealed and (request.recipients or request.passphrases))
    if not is_sealed(audience, fictitious=fictitious, seal=seal, reason=request.unsealed, hint=_HOW):
        return None
    recipients = tuple(" ".join(name.split()) for name in request.recipients) or (_SOMEBODY,)
    known = {name.casefold() for name in recipients}
    if "" in known or len(known) < len(recipients):
        raise AtlasError(
            "Een ontvanger van een verzegelde pagina heeft geen naam, of staat er twee keer.",
            got=", ".join(f'"{name}"' for name in recipients),
            expected="elke organisatie één keer: zij krijgt een eigen wachtzin en staat in het register",
            hint="Noem elke organisatie één keer, bij haar naam.",
        )
    if len(recipients) > MOST_RECIPIENTS:
        raise AtlasError(
            "Zoveel ontvangers kan een verzegelde pagina niet hebben.",
            got=str(len(recipients)),
            expected=f"ten hoogste {MOST_RECIPIENTS}",
            hint="Maak voor de anderen een tweede pagina.",
        )
    if request.passphrases:
        typed = tuple(typed_passphrase(text) for text in request.passphrases)
        if len(set(typed)) < len(typed):
            raise AtlasError(
                "Twee ontvangers kregen dezelfde wachtzin.",
                expected="voor elke ontvanger een eigen wachtzin",
                hint="Typ voor elk de wachtzin die de atlas voor die ontvanger trok.",
            )
        return Sealing(typed, recipients, drawn=False)
    return Sealing(tuple(new_passphrase() for _ in recipients), recipients, drawn=True)


def page_path(open_path: Path, sealing: Sealing | None) -> Path:
    """Where a page will stand: a sealed one has a name that tells nothing, and that no other file has."""
    from ..sealing import SEALED_NAME

    if sealing is None:
        return open_path
    return open_path.with_name(f"{SEALED_NAME}-{secrets.token_hex(3)}.html")


def write_page(
    payload: Released[Payload], path: Path, basemap: Basemap | None, sealing: Sealing | None = None
) -> Path:
    """Write the page, sealed or open.

    Args:
        payload: What it shows.
        path: Where to.
        basemap: Background tiles the reader may switch on.
        sealing: For whom it is sealed; None: open.
    """
    from ..web import AtlasMap

    page = AtlasMap(payload, basemap=basemap)
    if sealing is None:
        page.save(path)
    else:
        from ..sealing import seal_page

        path.write_bytes(seal_page(page.render(), sealing.passphrases))
    return path


def close_page(path: Path, sealing: Sealing | None) -> None:
    """Seal a page that was read through first, where it is being made."""
    if sealing is not None:
        from ..sealing import seal_page

        path.write_bytes(seal_page(path.read_text(encoding="utf-8"), sealing.passphrases))


def sealing_in_register(request: TeamRequest, sealing: Sealing | None) -> str:
    """What the register keeps of it."""
    recipients = sealing.recipients if sealing else ()
    return in_register(sealed=sealing is not None, reason=request.unsealed, recipients=recipients)

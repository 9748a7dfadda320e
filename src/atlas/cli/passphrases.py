"""Passphrases on the screen: typed without being shown, shown once when they were drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from ..core.words.notation import counted
from .messages import print_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def typed_passphrases(recipients: Sequence[str]) -> tuple[str, ...]:
    """Ask for the passphrase of each recipient; what is typed is not shown."""
    return tuple(
        typer.prompt(f"Wachtzin voor {name}", hide_input=True) for name in recipients or ("de ontvanger",)
    )


def asked_passphrase(path: Path) -> str:
    """Ask for the passphrase of a sealed file; what is typed is not shown, and kept nowhere."""
    return str(typer.prompt(f"Wachtzin van {path.name}", hide_input=True))


def show_passphrases(passphrases: Sequence[tuple[str, str]]) -> None:
    """Show the passphrases that were drawn, once."""
    if not passphrases:
        return
    what = counted(len(passphrases), "wachtzin", "wachtzinnen")
    print_line(
        f"{what}: nu één keer te zien, en nergens bewaard. Geef ze door per telefoon, niet bij het bestand."
    )
    for name, passphrase in passphrases:
        print_line(f"  {name}: {passphrase}")

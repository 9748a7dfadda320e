"""The commands of `atlas register`: what left a dossier, and whether that can still be proved."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - Typer reads the annotations
from typing import Annotated

from .dutch import DutchCommand, DutchGroup  # isort: skip  # before typer
import typer

from .choices import Dossier  # noqa: TC001 - Typer reads the annotations
from .messages import NEEDS_ATTENTION, print_line, remark, sentences

register_app = typer.Typer(cls=DutchGroup)


@register_app.command("list", cls=DutchCommand)
def register_list(folder: Dossier) -> None:
    """Noem elke regel: wie, wanneer, voor wie, waarvoor. Een uitgifte heeft er twee: begonnen en voltooid."""
    from ..jobs.register_lines import list_lines

    with sentences():
        lines = list_lines(folder)
    for line in lines or ["Er is nog niets uitgegeven."]:
        print_line(line)


@register_app.command("show", cls=DutchCommand)
def register_show(
    folder: Dossier,
    number: Annotated[int, typer.Argument(help="Nummer van de regel.", metavar="NUMBER")],
) -> None:
    """Toon alles wat een regel zegt."""
    from ..jobs.register_lines import show_line

    with sentences():
        said = show_line(folder, number)
    for what, text in said:
        print_line(f"{what}: {text}")


@register_app.command("verify", cls=DutchCommand)
def register_verify(
    folder: Dossier,
    files: Annotated[
        list[Path] | None, typer.Argument(help="Bestanden die zijn uitgegeven.", metavar="FILE…")
    ] = None,
    *,
    head: Annotated[str, typer.Option(help="De kop zoals die eerder is genoteerd.")] = "",
) -> None:
    """Controleer het register, en of een bestand is zoals het is uitgegeven. Klopt iets niet, dan code 3."""
    from ..jobs.register_lines import verify

    with sentences():
        verdicts = verify(folder, files or (), head=head)
    for verdict in verdicts:
        for sentence in verdict.sentences:
            (print_line if verdict.right else remark)(f"{verdict.about}: {sentence}")
    if not all(verdict.right for verdict in verdicts):
        raise typer.Exit(NEEDS_ATTENTION)


@register_app.command("head", cls=DutchCommand)
def register_head(folder: Dossier) -> None:
    """Geef de kop van het register: noteer die buiten het dossier, dan valt later op wat eraf is gehaald."""
    from ..jobs.register_lines import head_of

    with sentences():
        print_line(head_of(folder))

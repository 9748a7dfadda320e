"""The commands of `atlas` that mend or take away: a person's rights, a mistake, what is past its term."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path  # noqa: TC003 - Typer reads what an option is
from typing import TYPE_CHECKING, Annotated

from .dutch import DutchCommand  # isort: skip  # before typer
import typer

from ..core.words.errors import AtlasError
from ..core.words.layer_names import EVIDENCE
from ..core.words.notation import counted, read_pairs
from .choices import AcceptPersonalText, Dossier, ReferenceDate, User, who_does
from .making import Contact, MadeOn, MakerName  # noqa: TC001 - as above
from .messages import print_line, remark, say, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..flows.dossier import LeftExpiry
    from ..jobs.record_at import RecordAt

Address = Annotated[
    str, typer.Option(metavar="ADRES", help="Adres van het erf of object, met plaats of postcode.")
]
Record = Annotated[str, typer.Option("--uuid", metavar="UUID", help="Of de uuid van het record.")]
Reason = Annotated[
    str,
    typer.Option(help="Waarom, zonder namen of adressen; blijft in de geschiedenis en in het register."),
]


def objects_access(
    folder: Dossier,
    output: Annotated[Path, typer.Option("--output", "-o", help="De brief: .docx of .pdf.")],
    *,
    address: Address = "",
    uuid: Annotated[
        list[str] | None,
        typer.Option("--uuid", metavar="UUID", help="Of zijn uuid; herhaal als erf en object één zijn."),
    ] = None,
    maker: MakerName = None,
    contact: Contact = None,
    made_on: MadeOn = None,
    user: User = None,
) -> None:
    """Schrijf op wat er over één erf of object is vastgelegd, voor wie daarom vraagt (AVG art. 15)."""
    from ..flows.access import answer_access

    with sentences():
        done = answer_access(
            folder, output, address=address, uuids=tuple(uuid or ()), maker=maker or "",
            contact=contact or "", made_on=made_on or "", user=who_does(user), now=datetime.now(UTC),
        )  # fmt: skip
    print_line(f"{done.path}: {counted(done.count, 'record', 'records')}, en genoteerd in het register")
    for sentence in done.attention:
        say(sentence)


def objects_correct(
    folder: Dossier,
    *,
    address: Address = "",
    uuid: Record = "",
    reason: Reason,
    set_field: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="VELD=WAARDE", help="Veld met zijn goede waarde; herhaal voor meer."),
    ] = None,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Trek dit bewijs in: het blijft staan en telt niet meer mee.")
    ] = False,
    restore: Annotated[
        bool, typer.Option("--restore", help="Laat ingetrokken bewijs weer meetellen.")
    ] = False,
    accept_personal_text: AcceptPersonalText = False,
    user: User = None,
) -> None:
    """Verbeter één record (AVG art. 16), of trek bewijs in; wat er stond blijft in de geschiedenis."""
    from ..jobs.correcting import correct
    from ..jobs.record_at import evidence_at, places_at

    with sentences():
        fields = _fields(set_field)
        if _asked_by_address(address, uuid):
            found = (
                evidence_at(folder, address, withdrawn=restore)
                if withdraw or restore
                else places_at(folder, address, fields=fields)
            )
            uuid = _meant(found, address)
        done = correct(
            folder, uuid, reason=reason, fields=fields, withdraw=withdraw, restore=restore,
            accept_personal_text=accept_personal_text, user=who_does(user), now=datetime.now(UTC),
        )  # fmt: skip
    print_line(f"{done.name}: verbeterd, en genoteerd in het register")
    for sentence in done.sentences:
        print_line(sentence)
    if done.about_evidence:
        say(f"De conclusie van het object verandert pas met: atlas objects conclude {folder}")


def objects_erase(
    folder: Dossier,
    *,
    address: Address = "",
    uuid: Record = "",
    reason: Reason,
    yes: Annotated[bool, typer.Option("--yes", help="Wis zonder het nog eens te vragen.")] = False,
    user: User = None,
) -> None:
    """Wis één record met alles wat erbij hoort (AVG art. 17), en zeg aan wie het is uitgegeven."""
    from ..jobs.erasing import erase, look_at_erasure
    from ..jobs.record_at import places_at

    with sentences():
        who = who_does(user)
        if _asked_by_address(address, uuid):
            uuid = _meant(places_at(folder, address), address)
        found = look_at_erasure(folder, uuid, reason=reason)
    if not yes:
        print_line(found.name)
        for sentence in found.sentences:
            print_line(sentence)
        ask_to_erase(sum(found.counts.values()))
    with sentences():
        done = erase(folder, uuid, reason=reason, user=who, now=datetime.now(UTC))
    erased = counted(sum(done.counts.values()), "record", "records")
    print_line(
        f"{erased} gewist, maar niet alles is gewist of doorzocht:"
        if done.left
        else f"{erased} gewist; in geen bestand van het dossier staat er nog iets van."
    )
    for sentence in (*done.left, *done.sentences):
        print_line(sentence)
    if done.layer == EVIDENCE:
        say(f"De conclusie van het object verandert pas met: atlas objects conclude {folder}")


def _asked_by_address(address: str, uuid: str) -> bool:
    """Whether the record is named by its address, and not by its uuid.

    Raises:
        AtlasError: it is named in both ways, or in none.
    """
    if bool(address.strip()) == bool(uuid.strip()):
        raise AtlasError(
            "Zeg om welk record het gaat: een adres, of een uuid.",
            expected="een van de twee",
            choices=("address", "uuid"),
        )
    return bool(address.strip())


def _meant(found: list[RecordAt], address: str) -> str:
    """The uuid of the record that is meant; of several the one that the user picks, when there is a user."""
    from ..jobs.record_at import the_one_at

    if len(found) == 1 or not sys.stdin.isatty():
        return the_one_at(found, address)
    say(f"Op dit adres staan {counted(len(found), 'record', 'records')}:")
    for number, one in enumerate(found, start=1):
        say(f"  {number}. {one.words}")
    while True:
        answer = str(typer.prompt(f"Welk (1 tot en met {len(found)})", err=True)).strip()
        if answer.isdecimal() and 1 <= int(answer) <= len(found):
            return found[int(answer) - 1].uuid
        say(f'"{answer}" is geen nummer van deze lijst; met Ctrl+C stopt u, en er verandert niets.')


def _fields(texts: list[str] | None) -> dict[str, str]:
    refused = AtlasError(
        "Zo is niet duidelijk welk veld welke waarde krijgt.",
        expected="prioriteit=hoog; niets achter = maakt leeg",
    )
    return read_pairs(texts or (), refused, may_be_empty=True)


def objects_expire(
    folder: Dossier,
    *,
    erase: Annotated[bool, typer.Option("--erase", help="Wis wat voorbij de bewaartermijn is.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Wis zonder het nog eens te vragen.")] = False,
    reference_date: ReferenceDate = None,
    user: User = None,
) -> None:
    """Toon wat voorbij de bewaartermijn is, of wis het met alles wat erbij hoort.

    Ook regels van het register en beschermde tabellen; van bestanden die een ander heeft, staat erbij welke.
    """
    from ..flows.dossier import expire_left, expire_records

    now = datetime.now(UTC)
    day = (reference_date or now.astimezone()).date()
    with sentences():
        who = who_does(user)
        found = expire_records(folder, day, erase=False, user=who)
        left = expire_left(folder, day, erase=False, user=who, now=now)
    for layer, uuids in found.plan.erase.items():
        print_line(f"{layer}: {counted(len(uuids), 'record', 'records')} voorbij de termijn")
    if found.unfinished:
        print_line("Een eerdere wissing is nog niet afgemaakt.")
    elif not found.count:
        print_line("Geen record is voorbij de bewaartermijn.")
    for sentence in told_left(left):
        print_line(sentence)
    if not erase:
        return
    if not yes and (found.count or found.unfinished or left.lines or left.tables):
        ask_to_erase(found.count)
    with sentences():
        done = expire_records(folder, day, erase=True, user=who, now=now)
        gone = expire_left(folder, day, erase=True, user=who, now=now)
    for one in (*(["de inhoud van regels van het register"] if gone.lines else []), *gone.tables):
        print_line(f"gewist: {one}")
    erased = counted(done.count, "record", "records")
    print_line(
        f"{erased} gewist, maar niet alles is gewist of doorzocht:"
        if done.left
        else f"{erased} gewist; in geen bestand van het dossier staat er nog iets van."
    )
    for note in (*done.left, *done.notes):
        remark(note)


def told_left(left: LeftExpiry) -> Iterator[str]:
    """What is past its term of what left the dossier, and which files others should not have any more."""
    if left.lines:
        yield f"register: {counted(len(left.lines), 'regel', 'regels')} voorbij de termijn"
    for peildatum in left.tables:
        yield f"beschermde tabel {peildatum} voorbij de termijn"
    yield from left.outside


def ask_to_erase(count: int) -> None:
    """Ask once more; without an answer nothing is erased."""
    try:
        answer = typer.prompt(
            f"{counted(count, 'record', 'records')} wissen kan niet ongedaan worden gemaakt. Typ: wis",
            default="",
        )
    except typer.Abort:
        answer = ""
    if answer.strip().lower() != "wis":
        say("Er is niets gewist. Zonder vraag wissen kan met --yes.")
        raise typer.Exit(1)


def add_to(objects_app: typer.Typer) -> None:
    """Hang these commands under `atlas objects`."""
    objects_app.command("access", cls=DutchCommand)(objects_access)
    objects_app.command("erase", cls=DutchCommand)(objects_erase)
    objects_app.command("correct", cls=DutchCommand)(objects_correct)
    objects_app.command("expire", cls=DutchCommand)(objects_expire)

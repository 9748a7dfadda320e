"""Read the register of issues: list its lines, show one, say its head, look whether a file stands in it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.areas.divisions import areas
from ..core.schema.fields import ABOUT_REGISTER, ACTION
from ..core.schema.rural import RURAL_LAYERS, working_layer
from ..core.words.errors import AtlasError
from ..core.words.layer_names import REGISTER
from ..core.words.notation import counted, format_period
from ..dossier.issue_mark import mark_text, marks_in
from ..dossier.issue_register import COMPLETED, read_lines
from ..dossier.opening import open_dossier
from ..dossier.register_chain import EXPIRED, Head, clock_set_back, look_through, said_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from ..dossier.register_chain import Line

_DAY, _MINUTE = 10, 16
_ACTIONS = {code.value: code.label for code in ACTION.codes}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a register says of itself or of a file: whether all is right, in Dutch sentences."""

    about: str
    right: bool
    sentences: tuple[str, ...]


def list_lines(folder: Path) -> list[str]:
    """Every line of the register in one Dutch sentence, oldest first.

    Raises:
        AtlasError: no dossier, or it can't be read.
    """
    return [_told(line) for line in read_lines(open_dossier(folder))]


def show_line(folder: Path, number: int) -> list[tuple[str, str]]:
    """What one line says: (what, text) for each field that is filled, hashes too.

    Raises:
        AtlasError: no dossier, or no such line.
    """
    lines = read_lines(open_dossier(folder))
    found = [line for line in lines if line["nummer"] == number]
    if not found:
        raise AtlasError(
            "Deze regel staat niet in het register.", got=str(number),
            expected=f"1 tot en met {len(lines)}" if lines else "het register is nog leeg",
        )  # fmt: skip
    return [
        (field.alias, str(line[field.name]))
        for line in found
        for field in working_layer(REGISTER).fields
        if line[field.name] not in (None, "")
    ]


def head_of(folder: Path) -> str:
    """The last line of the register by number and hash, to keep somewhere else.

    Raises:
        AtlasError: no dossier, or its register does not fit any more: that is no head to keep.
    """
    looked = look_through(read_lines(open_dossier(folder)))
    if looked.broken:
        raise AtlasError(
            "Het register is niet meer zoals het is geschreven.",
            where=str(folder), got=looked.broken[0].sentence,
        )  # fmt: skip
    return mark_text(looked.head)


def verify(folder: Path, files: Iterable[Path], *, head: str = "") -> list[Verdict]:
    """Look whether the register is as it was written, and whether files are as they were handed out.

    A file carries the number and hash of its line, so one that was found outside tells as well whether the
    register was cut off or written anew since.

    Args:
        folder: Of the dossier.
        files: That may have been handed out.
        head: As `head_of` gave it once, kept elsewhere; "" for none.

    Raises:
        AtlasError: no dossier, a file that can't be read, or a head that is none.
    """
    lines = read_lines(open_dossier(folder))
    found = [_of_register(lines)]
    if head.strip():
        marks = marks_in(head.encode())
        if len(marks) != 1:
            raise AtlasError(
                "Dit is geen kop van een register.", got=head[:60],
                expected="de regel die het register gaf: atlas-uitgifte, een nummer en een hash",
            )  # fmt: skip
        wrong = _moved(lines, marks[0], "deze kop werd genoteerd")
        found.append(Verdict("kop", not wrong, (wrong or f"De kop klopt: regel {marks[0].number}.",)))
    return [*found, *(_of_file(lines, path) for path in files)]


def _of_register(lines: Sequence[Line]) -> Verdict:
    looked = look_through(lines)
    wrong = [f"{one.sentence[0].upper()}{one.sentence[1:]}." for one in looked.broken]
    notes = [f"Aanvaard zoals het is: {one.sentence}." for one in looked.accepted]
    notes += [f"De klok liep terug bij regel {number}." for number in clock_set_back(lines)]
    count = counted(len(lines), "regel", "regels")
    gone = [_number_of(line) for line in lines if line["handeling"] == EXPIRED]
    right = f"{count}; elke regel is zoals ze is geschreven."
    if gone:
        emptied = counted(len(gone), "regel", "regels")
        right = (
            f"{count}; de inhoud is gewist van {emptied}: {said_numbers(gone)}. "
            "Elke andere regel is zoals ze is geschreven."
        )
    return Verdict("register", not wrong, (*wrong, *notes) or (right,))


def _of_file(lines: Sequence[Line], path: Path) -> Verdict:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise AtlasError(
            "Dit bestand kan niet worden gelezen.", where=str(path),
            hint="Controleer de naam en de map, en of u het mag lezen.",
        ) from error  # fmt: skip
    checksum = hashlib.sha256(content).hexdigest()
    standing = [line for line in lines if line["controlegetal"] == checksum]
    marks = marks_in(content)
    moved = [wrong for mark in marks if (wrong := _moved(lines, mark, "dit bestand werd uitgegeven"))]
    if moved:
        return Verdict(str(path), False, tuple(moved))  # noqa: FBT003 - the field is named
    if standing:
        said = [f"Uitgegeven, en ongewijzigd: {_told(line)}" for line in standing]
        if len(standing) > 1:
            said.append(
                "Deze bytes zijn vaker uitgegeven; uit het bestand is niet te zien welke keer dit is."
            )
        return Verdict(str(path), True, tuple(said))  # noqa: FBT003
    return _changed_since(lines, path, marks)


def _changed_since(lines: Sequence[Line], path: Path, marks: Sequence[Head]) -> Verdict:
    """A file whose bytes are in no line: changed, never completed, or of a line that was emptied."""
    if not marks:
        sentence = (
            "Dit bestand staat niet in dit register: het komt niet uit dit dossier, of het is gewijzigd "
            "nadat het is uitgegeven."
        )
        return Verdict(str(path), False, (sentence,))  # noqa: FBT003
    said, right = [], True
    for mark in marks:
        line = next(one for one in lines if one["keten"] == mark.hash)
        completed = any(one["handeling"] == COMPLETED and one["hoort_bij"] == line["uuid"] for one in lines)
        if line["handeling"] == EXPIRED:
            said.append(
                f"Dit bestand hoort bij regel {mark.number}. Wat die regel zei, is gewist; of het bestand "
                "ongewijzigd is, is niet meer te zien."
            )
        elif completed:
            right = False
            said.append(
                f"Dit bestand is gewijzigd nadat het is uitgegeven. Vul er geen wachtzin in. {_told(line)}"
            )
        else:
            right = False
            said.append(f"De uitgifte van dit bestand is begonnen en niet voltooid. {_told(line)}")
    return Verdict(str(path), right, tuple(said))


def _moved(lines: Sequence[Line], mark: Head, when: str) -> str:
    """What is wrong when the register does not hold a line as it once was; "" when it does."""
    last = _number_of(lines[-1]) if lines else 0
    if mark.number > last:
        return (
            f"Het register is korter dan toen {when}: het eindigt bij regel {last}, en dit gaat over "
            f"regel {mark.number}. Het einde is eraf gehaald, of er is een oudere kopie teruggezet."
        )
    if not any(_number_of(line) == mark.number and line["keten"] == mark.hash for line in lines):
        return (
            f"Regel {mark.number} is een andere dan toen {when}: het register is herschreven, of dit hoort "
            "bij het register van een ander dossier."
        )
    return ""


def _layers(line: Line) -> str:
    names = str(line["lagen"] or "").split(",")
    return ", ".join(RURAL_LAYERS[name].alias.lower() if name in RURAL_LAYERS else name for name in names)


def _number_of(line: Line) -> int:
    return int(str(line["nummer"]))


def _told(line: Line) -> str:
    """A line in one sentence."""
    action, moment = str(line["handeling"]), str(line["tijdstip"])
    start = f"{line['nummer']}. {format_period(moment[:_DAY])} {moment[_DAY + 1 : _MINUTE]} UTC"
    label = _ACTIONS.get(action, action)
    if action == EXPIRED:
        return f"{start}: {label}."
    file = str(line["bestand"] or "").replace("\\", "/").rpartition("/")[2]
    who = f"door {line['door']}"
    if action == COMPLETED:
        return f"{start}: Voltooid: {file} staat er ({who}, voor {line['publiek']}, doel '{line['doel']}')."
    if action in ABOUT_REGISTER:
        return f"{start}: {label} ({who}): {line['doel']}"
    names = {area.code: area.name for area in areas("gemeente")}
    towns = ", ".join(names.get(code, code) for code in str(line["gemeenten"] or "").split(","))
    parts = [
        f"{who}, voor {line['publiek']}",
        f"aan {line['ontvanger']}" if line["ontvanger"] else "",
        f"doel '{line['doel']}'",
        towns,
        f"{counted(int(str(line['aantal'])), 'record', 'records')} uit {_layers(line)}",
        f"bestand {file}" if file else "",
        f"geldig tot en met {format_period(str(line['geldig_tot']))}" if line["geldig_tot"] else "",
    ]
    return f"{start}: {label}: {'; '.join(filter(None, parts))}."

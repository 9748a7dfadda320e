"""To whom records may have been handed out, as the register of issues tells.

The register keeps no list of the records in a file: it names layers and municipalities. So an issue of this
layer and municipality after the record was made *may* hold it, and that is how it is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..disclosure.audiences import Audience
from ..words.notation import format_period
from .in_words import municipality_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from .matching import Record

#: lines of the register that are a file that somebody got
_INSPECTED = "inzage"
_HANDED_OUT = ("uitgifte", _INSPECTED)
_DAY = 10
#: how an audience that is not the team of a municipality is named
_FOR = {
    str(Audience.PUBLIC): "iedereen, want het is openbaar, over",
    str(Audience.PARTNERS): "partners, over",
}


def recipients(
    register: Iterable[Record], made: Mapping[str, str], municipalities: Collection[str]
) -> tuple[str, ...]:
    """Every issue that may hold records, in a Dutch sentence, oldest first.

    Args:
        register: The lines of `uitgifte`.
        made: Layer -> when the first of the records of it was made, as an ISO moment.
        municipalities: To which the records belong; an issue names all municipalities it may hold.
    """
    found = []
    for line in register:
        layers = [name for name in str(line.get("lagen") or "").split(",") if name in made]
        codes = str(line.get("gemeenten") or "").split(",")
        moment = str(line.get("tijdstip") or "")
        if (
            line.get("handeling") in _HANDED_OUT
            and set(municipalities) <= set(codes)
            and any(moment[:_DAY] >= made[name][:_DAY] for name in layers)
        ):
            found.append(_sentence(line, codes, moment))
    return tuple(dict.fromkeys(found))


def _sentence(line: Record, codes: Iterable[str], moment: str) -> str:
    day = format_period(moment[:_DAY])
    names = ", ".join(municipality_name(code) for code in codes)
    audience = str(line.get("publiek") or "")
    recipient = "" if audience == Audience.PUBLIC else str(line.get("ontvanger") or "")
    who = recipient or f"{_FOR.get(audience, 'het team van')} {names}"
    if line.get("handeling") == _INSPECTED:
        # of which place the letter told, the register does not say
        who = "wie om inzage vroeg, alleen als dat over deze plek was"
    done = "" if line.get("controlegetal") else " (begonnen en niet voltooid)"
    file = str(line.get("bestand") or "").replace("\\", "/").rpartition("/")[2]
    return f"{day}: {who}, voor '{line.get('doel')}'{f', bestand {file}' if file else ''}{done}."

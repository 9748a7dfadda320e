"""What is asked of a service on the network and what its answers mean; others do the asking.

Every request goes to the host that was asked for, over https (plain http on this machine only).
"""

from __future__ import annotations

import http
import ipaddress
import json
import time
import urllib.parse
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from ..words.errors import AtlasError
from ..words.notation import counted

if TYPE_CHECKING:
    from collections.abc import Callable

_Answer = TypeVar("_Answer")

#: ten times what all years of all Dutch municipalities need
MAX_PAGES = 100
MAX_BYTES = 300_000_000
TRY_LATER = "Wat er al was, blijft in gebruik. Probeer het later opnieuw."


class PassingFaultError(Exception):
    """A fault that may be gone in a moment; `wait_s` when the service said how long."""

    def __init__(self, message: str, wait_s: float | None = None) -> None:
        super().__init__(message)
        self.wait_s = wait_s


@dataclass(frozen=True, slots=True)
class Patience:
    """How often to ask a service again, and how to wait."""

    attempts: int = 4
    #: doubles after every attempt, unless the service says how long to wait
    first_wait_s: float = 1.0
    longest_wait_s: float = 60.0
    sleep: Callable[[float], None] = time.sleep


def asked_patiently(url: str, ask: Callable[[str], _Answer], patience: Patience) -> _Answer:
    """What a service answers, asked again when a fault may pass.

    Raises:
        AtlasError: see `ask`, or the fault did not pass.
    """
    wait = patience.first_wait_s
    for attempt in range(1, patience.attempts + 1):
        try:
            return ask(url)
        except PassingFaultError as fault:
            pause = wait if fault.wait_s is None else fault.wait_s
            if attempt == patience.attempts or pause > patience.longest_wait_s:
                detail = (
                    f"Het is {attempt} keer geprobeerd."
                    if pause <= patience.longest_wait_s
                    else f"De dienst vraagt om {counted(round(pause), 'seconde', 'seconden')} te wachten."
                )
                raise AtlasError(
                    "De gegevens konden niet worden opgehaald.",
                    where=url,
                    got=str(fault),
                    detail=detail,
                    hint=TRY_LATER,
                ) from fault
            patience.sleep(pause)
            wait *= 2
    raise AtlasError("Er is geen enkele poging gedaan.", expected="minstens één poging")


def check_address(url: str, endpoint: str) -> None:
    """Check that an address is https, or on this machine, and on the host of the endpoint.

    Raises:
        AtlasError: it is not.
    """
    parts, asked = urllib.parse.urlsplit(url), urllib.parse.urlsplit(endpoint)
    secure = parts.scheme == "https" or (parts.scheme == "http" and is_this_machine(parts.hostname or ""))
    if not secure or not parts.hostname:
        raise AtlasError(
            "Gegevens worden alleen over een beveiligde verbinding opgehaald.",
            got=url,
            expected="een adres met https://",
        )
    if (parts.scheme, parts.netloc) != (asked.scheme, asked.netloc):
        raise AtlasError(
            "De dienst verwijst door naar een ander adres, en dat is niet gevraagd.",
            got=url,
            expected=f"een adres bij {asked.netloc}",
            hint="Geef het nieuwe adres op als adres van de dienst als u het vertrouwt.",
            choices=("endpoint",),
        )


def is_this_machine(host: str) -> bool:
    """Whether a host is the machine this runs on."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def refused_page(url: str, status: int, wait_s: float | None = None) -> Exception:
    """What an answer with an error status means: a PassingFaultError, or an AtlasError."""
    if status == http.HTTPStatus.TOO_MANY_REQUESTS or status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
        return PassingFaultError(f"de dienst antwoordt {status}", wait_s)
    if status == http.HTTPStatus.NOT_FOUND:
        return AtlasError(
            "De dienst kent niet wat er wordt gevraagd.",
            where=url,
            got="404",
            hint="Controleer het adres van de dienst, en wat u ervan vraagt.",
            choices=("endpoint",),
        )
    return AtlasError("De dienst weigert het verzoek.", where=url, got=str(status), hint=TRY_LATER)


def read_json(body: bytes, kind: str, url: str, expected: str) -> Any:  # noqa: ANN401 - as in json
    """An answer in JSON.

    Args:
        body: The answer.
        kind: Its content type.
        url: What was asked, for sentences.
        expected: What it should be, for sentences.

    Raises:
        PassingFaultError: the answer is cut off.
        AtlasError: it is a page for readers, or too large.
    """
    if len(body) > MAX_BYTES:
        raise AtlasError(
            "Het antwoord van de dienst is te groot.", where=url, expected="hooguit 300 MB per pagina"
        )
    if kind == "text/html" or body.lstrip()[:1] == b"<":
        raise AtlasError(
            "De dienst gaf een webpagina in plaats van gegevens.",
            where=url,
            got=kind,
            expected=expected,
            hint="Controleer het adres. Op een netwerk met een inlogpagina: meld u eerst aan.",
            choices=("endpoint",),
        )
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise PassingFaultError(f"het antwoord is onvolledig of onleesbaar ({error})") from error


def endless(endpoint: str, pages: int) -> AtlasError:
    """The sentence for a service whose pages have no end."""
    return AtlasError(
        "De dienst blijft naar volgende pagina's verwijzen: het ophalen is gestopt.",
        where=endpoint,
        got=f"{pages} pagina's",
        hint=TRY_LATER,
    )


def refuse_incomplete(promised: object, count: int, where: str) -> None:
    """Check that there are as many as the service says it has; `promised` is what it said, if a number.

    Raises:
        AtlasError: there are not.
    """
    if isinstance(promised, int) and promised != count:
        raise AtlasError(
            "De dienst gaf niet alles wat hij heeft.",
            where=where,
            got=str(count),
            expected=str(promised),
            hint=TRY_LATER,
        )

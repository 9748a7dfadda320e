"""Asking a service on the network, with the standard library.

Every request goes to the host that was asked for, over https (plain http on this machine only).
"""

from __future__ import annotations

import email.utils
import http.client
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

from ... import __version__
from ...core.files.service_answers import (
    MAX_BYTES,
    PassingFaultError,
    check_address,
    is_this_machine,
    refused_page,
)


class _SameHost(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *answer: Any) -> urllib.request.Request | None:  # noqa: ANN401 - as in urllib
        request, *_, new_address = answer
        check_address(new_address, request.full_url)
        return super().redirect_request(*answer)


def ask_service(url: str, accept: str, *, timeout_s: float = 30.0) -> tuple[bytes, str]:
    """Ask for one answer.

    Args:
        url: Its address.
        accept: Content types that are understood.
        timeout_s: How long the line may be silent.

    Returns:
        The answer, at most a byte more than `MAX_BYTES` of it, and its content type.

    Raises:
        PassingFaultError: a fault that may be gone in a moment.
        AtlasError: see `refused_page`, or the answer comes from another host.
    """
    check_address(url, url)
    agent = f"buitengebied-atlas/{__version__} (Python urllib)"
    request = urllib.request.Request(  # noqa: S310 - check_address allows https and this machine only
        url, headers={"Accept": accept, "User-Agent": agent}
    )
    handlers: list[urllib.request.BaseHandler] = [_SameHost()]
    if is_this_machine(urllib.parse.urlsplit(url).hostname or ""):
        handlers.append(urllib.request.ProxyHandler({}))
    try:
        with urllib.request.build_opener(*handlers).open(request, timeout=timeout_s) as answer:
            body = answer.read(MAX_BYTES + 1)
            if (
                answer.length and len(body) <= MAX_BYTES
            ):  # a read of a given size does not complain when the line breaks
                raise PassingFaultError(f"het antwoord brak af: {answer.length} bytes ontbreken")
            return body, answer.headers.get_content_type()
    except urllib.error.HTTPError as error:
        with error:
            raise refused_page(url, error.code, _retry_after(error.headers.get("Retry-After"))) from error
    except (urllib.error.URLError, TimeoutError, ConnectionError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", error)
        raise PassingFaultError(f"geen verbinding ({reason})") from error


def _retry_after(header: str | None) -> float | None:
    """The wait of a Retry-After header (RFC 9110: seconds, or a date), None when there is none to be read."""
    if header is None:
        return None
    if header.strip().isdecimal():
        return float(header)
    try:
        moment = email.utils.parsedate_to_datetime(header)
    except ValueError:
        return None
    return max(0.0, moment.timestamp() - time.time())

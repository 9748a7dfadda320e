"""A real Firefox without a window, steered over its own Marionette socket: no driver beside the browser."""

from __future__ import annotations

import contextlib
import json
import shutil
import socket
import subprocess
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_WAIT_S = 60
#: nothing of its own is asked for or shown, and a free port is chosen
_SETTINGS = {
    "marionette.port": 0,
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}


class Firefox:
    """A session; `do` sends a command of WebDriver under the name that Marionette has for it."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection, self._sent, self._read = connection, 0, b""
        self._message()  # it says what it is
        self.do("WebDriver:NewSession")

    def do(self, command: str, **given: object) -> Any:
        """What a command answers."""
        self._sent += 1
        asked = json.dumps([0, self._sent, command, given]).encode()
        self._connection.sendall(b"%d:%s" % (len(asked), asked))
        _, _, error, answer = self._message()
        if error:
            raise RuntimeError(f"{command}: {error['error']}: {error['message']}")
        return answer.get("value", answer) if isinstance(answer, dict) else answer

    def run(self, script: str) -> Any:
        """What a script in the page returns."""
        return self.do("WebDriver:ExecuteScript", script=script, args=[])

    def find(self, selector: str) -> str:
        """The name of an element."""
        return next(iter(self.do("WebDriver:FindElement", using="css selector", value=selector).values()))

    def wait_until(self, condition: str, seconds: float = _WAIT_S) -> None:
        """Wait until an expression holds in the page; it may be written over meanwhile."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with contextlib.suppress(RuntimeError):
                if self.run(f"return Boolean({condition})"):
                    return
            time.sleep(0.05)
        raise TimeoutError(condition)

    def _message(self) -> Any:
        while b":" not in self._read:
            self._read += self._more()
        length, _, self._read = self._read.partition(b":")
        while len(self._read) < int(length):
            self._read += self._more()
        message, self._read = self._read[: int(length)], self._read[int(length) :]
        return json.loads(message)

    def _more(self) -> bytes:
        found = self._connection.recv(1 << 16)
        if not found:
            raise ConnectionError("Firefox closed the connection")
        return found


@contextlib.contextmanager
def firefox(profile: Path) -> Iterator[Firefox]:
    """A Firefox that is offline, with a profile of its own in a folder that is there and empty."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        raise FileNotFoundError("firefox-esr: see tests/system_packages.sh")
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(to)});" for name, to in _SETTINGS.items()]
    (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
    process = subprocess.Popen(
        [program, "--headless", "--marionette", "--remote-allow-system-access", "--no-remote", "--profile",
         str(profile), "about:blank"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        with socket.create_connection(("127.0.0.1", _port(profile, process)), _WAIT_S) as connection:
            session = Firefox(connection)
            session.do("Marionette:SetContext", value="chrome")
            session.run("Services.io.offline = true")
            session.do("Marionette:SetContext", value="content")
            yield session
    finally:
        process.terminate()
        process.wait(_WAIT_S)


def _port(profile: Path, process: subprocess.Popen[bytes]) -> int:
    told, end = profile / "MarionetteActivePort", time.monotonic() + _WAIT_S
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(FileNotFoundError, ValueError):
            return int(told.read_text())
        time.sleep(0.05)
    raise TimeoutError("Firefox does not start")

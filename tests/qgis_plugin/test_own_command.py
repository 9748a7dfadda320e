"""The user's own command: started without what QGIS sets for its own Python, and gone when the user stops."""

from __future__ import annotations

import os

import pytest
from qgis.core import QgsProcessingFeedback


def script(path, text):
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o700)
    return path


def test_it_says_what_it_said_and_nothing_of_qgis_reaches_it(provider, tmp_path, monkeypatch):
    from buitengebied_atlas.own_command import run_command

    monkeypatch.setenv("PYTHONHOME", "/van/qgis")
    monkeypatch.setenv("ATLAS_EIGEN", "blijft")
    text = 'echo "$1|$PYTHONHOME|$ATLAS_EIGEN"; echo "let op" >&2; exit 3'
    said = run_command(script(tmp_path / "atlas", text), ["twee woorden; ls"], QgsProcessingFeedback())
    assert said.code == 3
    assert said.lines == ("twee woorden; ls||blijft",)
    assert said.remarks == ("let op",)


def test_when_the_user_stops_it_is_gone(provider, tmp_path):
    from buitengebied_atlas.cancelling import Cancelled
    from buitengebied_atlas.own_command import run_command

    number = tmp_path / "nummer"

    class Stopping(QgsProcessingFeedback):
        def isCanceled(self):  # noqa: N802 - QGIS's own name
            return number.exists() and bool(number.read_text())

    with pytest.raises(Cancelled):
        run_command(script(tmp_path / "atlas", f'echo $$ > "{number}"; exec sleep 600'), [], Stopping())
    with pytest.raises(ProcessLookupError):
        os.kill(int(number.read_text()), 0)


def test_what_does_not_start_gets_a_sentence(provider, tmp_path):
    from buitengebied_atlas.atlas.core.words.errors import AtlasError
    from buitengebied_atlas.own_command import run_command

    path = tmp_path / "atlas"
    path.write_text("geen programma", encoding="utf-8")
    with pytest.raises(AtlasError, match="start niet"):
        run_command(path, [], QgsProcessingFeedback())

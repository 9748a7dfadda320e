"""`atlas audit` of a sealed page: it asks the passphrase, and reads what its recipient reads."""

from __future__ import annotations

from html import escape

import pytest
from typer.testing import CliRunner

from atlas.cli.app import app
from atlas.core.words.errors import AtlasError
from atlas.flows.auditing import audit_files
from atlas.sealing import seal_page

POLICY = "default-src 'none'; script-src 'sha256-AAAA'; style-src 'sha256-BBBB'"
PAGE = (
    f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'
    "<title>Proef (FICTIEF)</title><p>00000000-0000-4000-8000-000000000101"
)
PHRASE = "water huis boom fiets kaas orgel"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    path = tmp_path_factory.mktemp("sealed") / "beveiligd-bestand-1a2b3c.html"
    path.write_bytes(seal_page(PAGE, [PHRASE]))
    return path


def test_with_the_phrase_what_the_recipient_sees_is_looked_through(page):
    asked = []
    found = audit_files([page], phrase_of=lambda path: asked.append(path) or PHRASE).findings
    assert asked == [page]
    assert any("00000000-0000-4000-8000-000000000101" in one for one in found)


def test_a_wrong_phrase_and_nobody_to_ask_get_a_sentence(page):
    with pytest.raises(AtlasError, match="past niet op dit bestand"):
        audit_files([page], phrase_of=lambda _path: "water huis boom fiets kaas emmer")
    with pytest.raises(AtlasError, match="verzegeld: een buitenstaander haalt er niets uit"):
        audit_files([page])


def test_the_command_asks_it_and_shows_it_nowhere(page):
    done = CliRunner().invoke(app, ["audit", str(page)], input=f"{PHRASE}\n")
    assert done.exit_code == 3
    assert "Wachtzin van beveiligd-bestand-1a2b3c.html" in done.output
    assert "uuid" in done.output
    assert PHRASE not in done.output

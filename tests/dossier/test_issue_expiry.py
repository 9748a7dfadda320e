"""What left the dossier and is past its term: lines are emptied, tables go, files of others are listed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from atlas.core.disclosure.protected import ProtectedTable
from atlas.core.disclosure.rules import later_by, register_months, rules_for
from atlas.core.words.errors import AtlasError
from atlas.dossier.checking import check_dossier
from atlas.dossier.expiry import expire
from atlas.dossier.files import PROTECTED
from atlas.dossier.issue_expiry import erase_left, look_at_left
from atlas.dossier.issue_register import read_lines, read_register, record_issue
from atlas.dossier.protected_tables import kept_table, read_tables
from atlas.dossier.register_chain import look_through
from atlas.jobs.register_lines import verify
from dossier_samples import ISSUE, filled, vacant

LONG_AGO = datetime(2020, 1, 10, 12, tzinfo=UTC)
LATER = datetime(2026, 3, 1, 12, tzinfo=UTC)
TODAY = LATER.date()
RECENT = {"now": datetime(2026, 2, 1, 12, tzinfo=UTC)}


@pytest.fixture
def dossier(tmp_path):
    return filled(tmp_path / "team", {"leegstand_object": [vacant(101)]})


def hand_out(dossier, path, **change):
    asked = {**ISSUE, "now": LONG_AGO, "user": "Griet Verzonnen", **change}
    with record_issue(dossier, path, layers={"leegstand_object": 2}, **asked) as beside:
        beside.write_text("<title>Proef (FICTIEF)</title>", encoding="utf-8")
    return path


def test_a_line_is_emptied_to_the_byte_and_the_chain_and_the_file_still_fit(dossier, tmp_path):
    old = hand_out(dossier, tmp_path / "oud.html", recipient="RIEC Verzonnen")
    new = hand_out(dossier, tmp_path / "nieuw.html", user="Jan Verzonnen", **RECENT)
    assert look_at_left(dossier, TODAY).lines == (1, 2)
    erased = erase_left(dossier, TODAY, user="beheer", now=LATER)
    assert erased.lines == (1, 2)
    content = dossier.path("uitgifte").read_bytes()
    assert [word in content for word in (b"Griet Verzonnen", b"RIEC Verzonnen", b"oud.html")] == [False] * 3
    assert b"Jan Verzonnen" in content
    assert look_through(read_lines(dossier)).broken == ()
    assert check_dossier(dossier).wrong == ()
    assert [line["handeling"] for line in read_register(dossier)] == ["uitgifte", "regels_gewist"]
    register, of_old, of_new = verify(dossier.folder, [old, new])
    assert (register.right, of_old.right, of_new.right) == (True, True, True)
    assert register.sentences == (
        "5 regels; de inhoud is gewist van 2 regels: 1-2. Elke andere regel is zoals ze is geschreven.",
    )
    assert "Wat die regel zei, is gewist;" in of_old.sentences[0]
    assert look_at_left(dossier, TODAY).lines == ()
    hand_out(dossier, tmp_path / "meer.html", **RECENT)  # the register goes on
    assert expire(dossier, TODAY).count == 0


def test_a_line_stays_as_long_as_its_file_may_be_used_or_is_not_back(dossier, tmp_path):
    hand_out(dossier, tmp_path / "geldig.html", valid_until="2022-01-01")
    hand_out(dossier, tmp_path / "uit.html", back_by="2020-02-01")
    assert look_at_left(dossier, TODAY).lines == ()
    assert look_at_left(dossier, date(2027, 3, 1)).lines == (1, 2)


def test_files_that_somebody_has_longer_than_agreed_are_listed(dossier, tmp_path):
    hand_out(
        dossier, tmp_path / "verlopen.html", valid_until="2026-02-28", recipient="RIEC Verzonnen", **RECENT
    )
    hand_out(dossier, tmp_path / "geldig.html", valid_until="2026-03-01", **RECENT)
    hand_out(dossier, tmp_path / "zonder.html", **RECENT)
    with (
        pytest.raises(RuntimeError),
        record_issue(
            dossier, tmp_path / "half.html", layers={"signaal": 1}, valid_until="2026-01-01", **ISSUE
        ),
    ):
        raise RuntimeError
    (sentence,) = look_at_left(dossier, TODAY).outside
    for word in ("verlopen.html", "regel 1", "RIEC Verzonnen", "28 februari 2026", "vernietigen"):
        assert word in sentence


def table(peildatum):
    return ProtectedTable(peildatum, ("GM0106",), rules_for("partners"), "proef", "0" * 64, {}, {})


def test_a_protected_table_goes_but_for_the_newest(dossier):
    for peildatum in ("2016-01-01", "2018-01-01", "2025-01-01"):
        kept_table(dossier.folder, peildatum, lambda _key, _before, of=peildatum: table(of))
    assert look_at_left(dossier, TODAY).tables == ("2016-01-01", "2018-01-01")
    assert look_at_left(dossier, date(2060, 1, 1)).tables == ("2016-01-01", "2018-01-01")
    erase_left(dossier, TODAY, user="beheer", now=LATER)
    assert [one.peildatum for one in read_tables(dossier.folder)] == ["2025-01-01"]
    assert (dossier.folder / PROTECTED / "sleutel").exists()
    assert "2016-01-01, 2018-01-01" in read_register(dossier)[-1]["doel"]


def test_nothing_is_erased_on_a_day_to_come_or_from_a_register_that_was_edited(dossier, tmp_path):
    hand_out(dossier, tmp_path / "oud.html")
    with pytest.raises(AtlasError, match="nog moet komen"):
        erase_left(dossier, date(2030, 1, 1), user="beheer", now=LATER)
    assert len(read_lines(dossier)) == 2


def test_a_term_ends_with_its_month():
    assert later_by("2026-01-31", 1) == "2026-02-28"
    assert later_by("2026-11-05", 14) == "2028-01-31"
    assert register_months() == 60

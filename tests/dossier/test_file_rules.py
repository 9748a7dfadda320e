"""What a file of a dossier refuses and keeps by itself, whoever writes in it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.schema.working import PATTERNS
from atlas.dossier.changes import apply_import
from atlas.dossier.records import read_history, read_records
from atlas.gpkg.format import _FORMAT_RULES
from dossier_samples import (
    other_program,
    plan,
    sql,
    tool,
    uuid,
    vacant,
)


@pytest.fixture
def with_expired(made):
    """No record here is past its term."""
    return made


# what the file itself refuses, whoever writes


def insert(connection, table, record):
    names = ", ".join(record)
    connection.execute(
        f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(record))})", list(record.values())
    )


BOOKKEEPING = {
    "aangemaakt_op": "2026-02-01T12:00:00.000Z", "aangemaakt_door": "qgis",
    "gewijzigd_op": "2026-02-01T12:00:00.000Z", "gewijzigd_door": "qgis",
}  # fmt: skip
BY_HAND = {
    "uuid": uuid(901), "gemeente_code": "GM0106", "bron": "veld", "peildatum": "2026-01-01",
    "bewaren_tot": "2027-01-01", **BOOKKEEPING,
}  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("uuid", uuid(101)), ("uuid", "{" + uuid(1) + "}"), ("uuid", None),
        ("bewaren_tot", None), ("bewaren_tot", "31-12-2026"), ("bewaren_tot", "2026-02-31"),
        ("bron", None), ("bron", "  "), ("peildatum", None),
        ("regime", "wpg"), ("status", "verdacht"), ("conclusie", "misschien"), ("gemeente_code", "0106"),
        ("gemeente_zeker", "misschien"),
        ("bag_vbo_id", "106010000000001"), ("bag_pand_id", "0106010000000001"),
        ("vab_stopjaar", 1800), ("vab_stopjaar", "ooit"), ("foto", "../geheim.jpg"), ("foto", "/etc/passwd"),
        ("gewijzigd_op", "gisteren"),
    ],
)  # fmt: skip
def test_the_file_refuses_what_the_schema_forbids(dossier, field, value):
    with other_program(dossier.path("leegstand_object"), wal=False) as editing:
        with pytest.raises(sqlite3.IntegrityError):
            insert(editing, "leegstand_object", {**BY_HAND, field: value})
        insert(editing, "leegstand_object", BY_HAND)
    assert uuid(901) in {record["uuid"] for record in read_records(dossier, "leegstand_object")}


def test_the_file_refuses_what_breaks_a_rule_over_fields(dossier):
    talk = {
        **BY_HAND, "object_uuid": uuid(101), "datum": "2026-01-01", "team": "a", "soort": "preventief",
        "grondslag": "instemming", "doel": "b", "uitkomst": "niemand_aanwezig",
    }  # fmt: skip
    del talk["gemeente_code"]
    with other_program(dossier.path("erfbezoek"), wal=False) as editing:
        for change in (
            {"grondslag": "toezicht_awb"}, {"object_uuid": None}, {"soort": "toezicht"},
            {"soort": "toezicht", "grondslag": "toezicht_awb"},
        ):  # fmt: skip
            with pytest.raises(sqlite3.IntegrityError):
                insert(editing, "erfbezoek", {**talk, **change})
        insert(
            editing, "erfbezoek",
            {**talk, "soort": "toezicht", "grondslag": "toezicht_awb", "regeling": "Omgevingswet"},
        )  # fmt: skip


def test_the_uuid_of_a_record_never_changes(dossier):
    with other_program(dossier.path("signaal"), wal=False) as editing, pytest.raises(sqlite3.IntegrityError):
        editing.execute("UPDATE signaal SET uuid = ? WHERE uuid = ?", (uuid(999), uuid(131)))


#: an empty text is no value
TEXTS = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)


@pytest.mark.parametrize("form", ["uuid", "bag_pand", "bag_vbo", "gemeente", "path"])
def test_the_file_reads_a_format_as_the_core_does(form):
    import re

    pattern = re.compile(PATTERNS[form].strip("^$"))
    with closing(sqlite3.connect(":memory:")) as connection:
        rule = _FORMAT_RULES[form].format(name="?1")

        @given(
            st.one_of(
                TEXTS, st.from_regex(pattern, fullmatch=True), st.text("a0./-_ ", min_size=1, max_size=9)
            )
        )
        def same(text):
            fits = pattern.fullmatch(text) is not None and (form != "path" or ".." not in text)
            assert bool(connection.execute(f"SELECT {rule}", [text]).fetchone()[0]) == fits

        same()


# the history, whoever edits


def gdal_edits(path, statement):
    done = tool("ogrinfo", "-q", str(path), "-sql", statement)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_edit_by_gdal_is_stamped_and_stands_in_the_history(dossier):
    gdal_edits(
        dossier.path("leegstand_object"),
        "UPDATE leegstand_object SET toelichting = 'dak ingestort', prioriteit = 'hoog' "
        f"WHERE uuid = '{uuid(101)}'",
    )
    record = next(r for r in read_records(dossier, "leegstand_object") if r["uuid"] == uuid(101))
    assert record["toelichting"] == "dak ingestort"
    assert record["gewijzigd_op"] > record["ingelezen_op"]  # so that an import sees that somebody was here
    assert record["gewijzigd_door"] == "onbekend"
    first, last = read_history(dossier, "leegstand_object", uuid(101))
    assert (first["soort"], first["door"], first["tijdstip"]) == (
        "nieuw",
        "beheer",
        "2026-02-01T12:00:00.000Z",
    )
    assert (last["soort"], last["door"], last["invoer"]) == ("gewijzigd", "onbekend", None)
    assert json.loads(last["velden"]) == {
        "toelichting": [None, "dak ingestort"],
        "prioriteit": ["normaal", "hoog"],
    }


def test_an_editor_that_stamps_its_change_keeps_its_stamp(dossier):
    gdal_edits(
        dossier.path("signaal"),
        "UPDATE signaal SET toelichting = 'x', gewijzigd_op = '2026-05-05T10:00:00.000Z', "
        f"gewijzigd_door = 'team noord' WHERE uuid = '{uuid(131)}'",
    )
    record = next(r for r in read_records(dossier, "signaal") if r["uuid"] == uuid(131))
    assert (record["gewijzigd_op"], record["gewijzigd_door"]) == ("2026-05-05T10:00:00Z", "team noord")
    last = read_history(dossier, "signaal", uuid(131))[-1]
    assert (last["tijdstip"], last["door"]) == ("2026-05-05T10:00:00.000Z", "team noord")


def test_a_record_that_gdal_deletes_stays_in_the_history_until_its_term(dossier):
    gdal_edits(dossier.path("signaal"), f"DELETE FROM signaal WHERE uuid = '{uuid(131)}'")
    last = read_history(dossier, "signaal", uuid(131))[-1]
    assert (last["soort"], last["bewaren_tot"]) == ("verwijderd", "2027-06-30")
    assert json.loads(last["velden"])["bronkenmerk"] == ["melding-131", None]


def test_a_place_that_moves_stays_in_the_spatial_index(dossier):
    path = dossier.path("leegstand_object")
    apply_import(
        dossier, plan(dossier, "leegstand_object", [{**vacant(101), "geometrie": (240_000, 570_000)}])
    )
    tip = tool(
        "ogrinfo", "-q", "-ro", "-spat", "239999", "569999", "240001", "570001", str(path), "leegstand_object"
    )
    assert uuid(101) in tip.stdout
    assert uuid(102) not in tip.stdout
    edges = sql(path, "SELECT min_x, max_y FROM gpkg_contents WHERE table_name = 'leegstand_object'")
    assert edges == [(pytest.approx(230_102.25, abs=0.1), pytest.approx(570_000, abs=0.1))]

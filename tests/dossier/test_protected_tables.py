"""Protected tables in a dossier: made once, sealed with a key that stays there, noticed when they change."""

import json
from dataclasses import replace
from types import MappingProxyType

import pytest

from atlas.core.disclosure.protected import ProtectedTable, cell_name
from atlas.core.disclosure.rules import rules_for
from atlas.core.words.errors import AtlasError
from atlas.dossier.checking import check_dossier
from atlas.dossier.opening import init_dossier, open_dossier
from atlas.dossier.protected_tables import kept_table, read_tables


def table(peildatum="2026-02-01", figure=10):
    cells = {cell_name(["GM0106"], "leegstand_object"): figure}
    return ProtectedTable(
        peildatum,
        ("GM0106",),
        rules_for("partners"),
        "HiGHS",
        "x",
        MappingProxyType(cells),
        MappingProxyType({}),
    )


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "dossier"
    init_dossier(place, fictitious=True)
    kept_table(place, "2026-02-01", lambda key, before: table())
    return place


def stored(folder):
    return folder / "beschermd" / "2026-02-01.json"


def test_a_table_is_made_once_and_then_read(folder):
    def never(key, before):
        raise AssertionError

    assert kept_table(folder, "2026-02-01", never) == read_tables(folder)[0] == table()


def test_the_next_table_gets_the_key_and_the_tables_before_it(folder):
    keys = []

    def make(key, before):
        keys.append(key)
        assert [one.peildatum for one in before] == ["2026-02-01", "2026-05-01"][: len(keys)]
        return table("2026-05-01" if len(keys) == 1 else "2026-08-01")

    kept_table(folder, "2026-05-01", make)
    kept_table(folder, "2026-08-01", make)
    assert keys[0] == keys[1]
    assert len(keys[0]) == 32


def test_a_table_of_before_the_last_is_refused(folder):
    with pytest.raises(AtlasError, match="latere peildatum"):
        kept_table(folder, "2025-12-01", lambda key, before: table("2025-12-01"))


def test_one_figure_changed_is_noticed_by_reading_and_by_the_check(folder):
    content = json.loads(stored(folder).read_text(encoding="utf-8"))
    content["tabel"]["cellen"] = {cell: figure + 5 for cell, figure in content["tabel"]["cellen"].items()}
    stored(folder).write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(AtlasError, match="gewijzigd sinds"):
        read_tables(folder)
    assert any("gewijzigd sinds" in sentence for sentence in check_dossier(open_dossier(folder)).wrong)


def test_a_lost_key_another_key_and_a_damaged_key_each_get_their_sentence(folder):
    key = folder / "beschermd" / "sleutel"
    whole = key.read_text(encoding="ascii")
    key.write_text("00" * 32, encoding="ascii")
    with pytest.raises(AtlasError, match="hoort niet bij deze beschermde tabel"):
        read_tables(folder)
    key.write_text(whole[:20], encoding="ascii")
    with pytest.raises(AtlasError, match="beschadigd"):
        read_tables(folder)
    key.unlink()
    with pytest.raises(AtlasError, match="is er niet") as caught:
        kept_table(folder, "2026-05-01", lambda key, before: table("2026-05-01"))
    assert "reservekopie" in caught.value.hint
    assert not key.exists(), "a new key would round everything anew"


@pytest.mark.parametrize("text", ["", "[]", '{"tabel": 1}', "{", '{"tabel": {}, "zegel": "", "sleutel": ""}'])
def test_what_is_no_table_gets_a_sentence(folder, text):
    stored(folder).write_text(text, encoding="utf-8")
    with pytest.raises(AtlasError) as caught:
        read_tables(folder)
    assert caught.value.where == str(stored(folder))


def test_what_was_counted_is_read_back_veiled_on_the_disk_and_of_the_seal(folder):
    cell = cell_name(["GM0106"], "leegstand_object")
    numbers = MappingProxyType({cell: 7, cell_name(["GM0114"], "leegstand_object"): 0})
    made = replace(table("2026-05-01"), counted=numbers)
    kept_table(folder, "2026-05-01", lambda key, before: made)
    assert read_tables(folder)[1].counted == numbers
    assert read_tables(folder)[0].counted == {}
    path = folder / "beschermd" / "2026-05-01.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    assert not {0, 7} & set(content["getallen"].values())
    path.write_text(json.dumps({**content, "getallen": {cell: content["getallen"][cell]}}), encoding="utf-8")
    with pytest.raises(AtlasError, match="gewijzigd sinds"):
        read_tables(folder)


def test_the_check_knows_the_folder_and_clears_what_was_left_in_it(folder):
    half = folder / "beschermd" / ".2026-05-01.0a1b2c3d.json"
    half.write_text("half", encoding="utf-8")
    found = check_dossier(open_dossier(folder))
    assert found.wrong == ()
    assert any(half.name in sentence for sentence in found.cleared)
    assert not half.exists()


def test_the_key_is_for_nobody_else(folder):
    assert (folder / "beschermd" / "sleutel").stat().st_mode & 0o007 == 0

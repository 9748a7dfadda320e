import subprocess
import sys
from pathlib import Path

import pytest

from atlas.core.files import new_file as new_files
from atlas.core.files.new_file import new_file
from atlas.core.words.errors import AtlasError


def test_the_file_is_in_place_only_when_the_block_ends_well(tmp_path):
    path = tmp_path / "map" / "atlas.html"
    with new_file(path) as beside:
        beside.write_text("nieuw")
        assert not path.exists()
    assert path.read_text() == "nieuw"
    assert [file.name for file in path.parent.iterdir()] == ["atlas.html"]


def test_what_stood_there_is_untouched_when_the_block_fails(tmp_path):
    path = tmp_path / "atlas.html"
    path.write_text("<p>oud")
    with pytest.raises(ZeroDivisionError), new_file(path) as beside:
        beside.write_text("half")
        raise ZeroDivisionError
    assert path.read_text() == "<p>oud"
    assert [file.name for file in tmp_path.iterdir()] == ["atlas.html"]


def test_a_file_in_the_place_of_the_folder_gets_a_sentence(tmp_path):
    (tmp_path / "map").write_text("geen map")
    with (
        pytest.raises(AtlasError, match="kan niet worden geschreven"),
        new_file(tmp_path / "map" / "x") as beside,
    ):
        beside.write_text("nooit")


def test_a_full_disk_gets_a_sentence_and_leaves_nothing(tmp_path):
    script = (
        "import resource, signal, sys, pathlib\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "from atlas.core.files.new_file import new_file\n"
        "from atlas.core.words.errors import AtlasError\n"
        "try:\n"
        "    with new_file(pathlib.Path(sys.argv[1])) as beside:\n"
        "        beside.write_bytes(b'x' * 100_000)\n"
        "except AtlasError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, tmp_path / "groot"], capture_output=True, text=True, check=True
    )
    assert "kan niet worden geschreven" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_another_program_holds_for_a_moment_is_replaced_after_it(tmp_path, monkeypatch):
    path, refusals = tmp_path / "atlas.html", iter([True, True, False])
    replace = Path.replace

    def held(self, target):
        if next(refusals):
            raise PermissionError(13, "in gebruik")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", held)
    with new_file(path) as beside:
        beside.write_text("nieuw")
    assert path.read_text() == "nieuw"


def test_a_file_that_stays_held_gets_a_sentence_and_what_stood_there_is_untouched(tmp_path, monkeypatch):
    def held(_self, _target):
        raise PermissionError(13, "in gebruik")

    monkeypatch.setattr(new_files, "PATIENCE_S", 0.1)
    path = tmp_path / "atlas.html"
    path.write_text("<p>oud")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", held)
        with pytest.raises(AtlasError, match="kan niet worden geschreven"), new_file(path) as beside:
            beside.write_text("nieuw")
    assert path.read_text() == "<p>oud"
    assert [file.name for file in tmp_path.iterdir()] == ["atlas.html"]


def test_a_file_with_records_is_for_its_owner_also_while_it_is_written(tmp_path):
    path = tmp_path / "records.csv"
    with new_file(path, private=True) as beside:
        beside.write_text("adres")
        assert beside.parent.stat().st_mode & 0o077 == 0
        assert beside.name == path.name
    assert path.stat().st_mode & 0o007 == 0
    assert [file.name for file in tmp_path.iterdir()] == ["records.csv"]


def test_the_folder_of_a_file_with_records_has_no_ending(tmp_path):
    # GDAL takes "name.zip" in the middle of a path for an archive, and QGIS then finds no file in it
    with new_file(tmp_path / "A.zip", private=True) as beside:
        beside.write_text("pakket")
        folders = [one for one in beside.relative_to(tmp_path).parts[:-1] if one.endswith(".zip")]
        assert folders == []
    assert [one.name for one in tmp_path.iterdir()] == ["A.zip"]

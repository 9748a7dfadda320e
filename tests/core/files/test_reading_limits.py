import io
import os
import zipfile

import pytest

from atlas.core.files import reading_limits
from atlas.core.files.reading_limits import (
    Limits,
    check_archive,
    check_growth,
    check_table,
    guarded,
    limits,
    raise_limits,
    read_text,
    read_whole,
    unpacked,
)
from atlas.core.words.errors import AtlasError


@pytest.fixture(autouse=True)
def _usual_limits():
    yield
    raise_limits(1)


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(reading_limits, "limits", lambda: Limits(10, 20, 5, 3, 12, 1))


def refused(call, *given):
    with pytest.raises(AtlasError) as caught:
        call(*given)
    return caught.value


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path, small):
    path = tmp_path / "groot.csv"
    path.write_bytes(b"x" * 10)
    assert read_whole(path) == b"x" * 10
    path.write_bytes(b"x" * 11)
    error = refused(read_whole, path)
    assert "groter dan hier wordt gelezen" in error.title
    assert error.choices == ("read_limit",)


@pytest.mark.parametrize(("rows", "columns"), [(6, 1), (1, 4), (5, 3)])
def test_rows_columns_and_cells_each_have_a_limit(small, rows, columns):
    check_table("tabel.csv", 4, 3)
    assert "groter" in refused(check_table, "tabel.csv", rows, columns).title


def test_a_user_can_raise_every_limit():
    before = limits()
    raise_limits(2.5)
    assert all(getattr(limits(), name) == int(getattr(before, name) * 2.5) for name in Limits.__slots__)


@pytest.mark.skipif(os.name != "posix", reason="pipes in the file system")
def test_a_pipe_is_no_file(tmp_path):
    os.mkfifo(tmp_path / "pijp.csv")
    assert "geen gewoon bestand" in refused(read_whole, tmp_path / "pijp.csv").title


def test_a_zip_that_holds_too_much_is_refused_and_held_to_what_it_says(tmp_path, small):
    path = tmp_path / "bom.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("nullen", bytes(21))
    with zipfile.ZipFile(path) as archive:
        assert "groter" in refused(check_archive, archive, path).title
    assert b"".join(unpacked(io.BytesIO(bytes(20)), path, 20)) == bytes(20)
    assert "groter" in refused(list, unpacked(io.BytesIO(bytes(21)), path, 20)).title


@pytest.mark.parametrize("error", [OverflowError, RecursionError, MemoryError, KeyError, AssertionError])
def test_whatever_a_library_throws_becomes_a_sentence(tmp_path, error):
    path = tmp_path / "tabel.xlsx"
    path.touch()
    with pytest.raises(AtlasError, match="kan niet worden gelezen") as caught, guarded(path):
        raise error("open it in another program")
    assert "another program" not in str(caught.value)


def test_a_caller_keeps_the_errors_that_it_has_words_for(tmp_path):
    with pytest.raises(LookupError), guarded(tmp_path, LookupError):
        raise LookupError
    with pytest.raises(FileNotFoundError), guarded(tmp_path / "weg"):
        raise FileNotFoundError


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path):
    path = tmp_path / "adressen.csv"
    path.write_text("postcode;huisnummer\n")

    def read():
        with guarded(path), path.open("a") as file:
            file.write("9401AA;1\n")

    assert "veranderde" in refused(read).title


@pytest.mark.parametrize("filling", [b"9", b"\0"])
def test_of_a_text_without_end_of_line_no_more_is_read_than_shows_it(tmp_path, filling):
    path = tmp_path / "lang.csv"
    path.write_bytes(b"Gemeente;Aantal\nAssen;" + filling * 9_000_000)
    assert len(read_text(path)) < 7_000_000


def test_a_text_with_lines_is_read_whole(tmp_path):
    path = tmp_path / "gewoon.csv"
    for end in (b"\n", b"\r", b"\r\n"):
        path.write_bytes((b"Assen;5" + end) * 900_000)
        assert read_text(path) == path.read_bytes()


def test_a_file_in_a_zip_that_grows_hundreds_of_times_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "bom.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("klein.txt", b"a" * 2_000_000)
        with archive.open("groot.xml", "w") as member:
            for _ in range(110):
                member.write(b" " * 1_000_000)
    with zipfile.ZipFile(path) as archive, pytest.raises(AtlasError, match="honderden keren") as refused:
        check_archive(archive, path)
    assert refused.value.got.startswith("groot.xml: 110 MB uit 0,1 MB")
    with zipfile.ZipFile(path) as archive:
        check_growth(archive.getinfo("klein.txt"), path)

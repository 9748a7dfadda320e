"""TOML that a person wrote, or that somebody sent."""

import os
import tomllib

import pytest

from atlas.core.files.toml_file import parse_toml, read_toml
from atlas.core.words.errors import AtlasError


@pytest.mark.parametrize("text", ["a = " + "[" * 5000, "a = " + "9" * 6000, "a = ", "a"])
def test_what_tomllib_stumbles_over_is_one_kind_of_error(text):
    with pytest.raises(tomllib.TOMLDecodeError):
        parse_toml(text)


def test_a_file_without_an_end_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pijp.toml")
    with pytest.raises(AtlasError, match="geen gewoon bestand"):
        read_toml(tmp_path / "pijp.toml")
    (tmp_path / "groot.toml").write_text("#" * 1_000_001)
    with pytest.raises(AtlasError, match="groter dan hier"):
        read_toml(tmp_path / "groot.toml")


def test_the_mark_that_windows_sets_is_no_key(tmp_path):
    (tmp_path / "a.toml").write_bytes(b"\xef\xbb\xbfa = 1\n")
    assert read_toml(tmp_path / "a.toml") == {"a": 1}

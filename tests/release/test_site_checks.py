"""The site's checks pass for our zip, and each of them can say no."""

from __future__ import annotations

import shutil
import zipfile

import pytest
from release.plugin_zip import NAME, write_tree, zip_tree
from release.site_checks import check_metadata, check_secrets, check_structure, check_with_bandit, check_zip


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    return write_tree(tmp_path_factory.mktemp("tree"))


@pytest.fixture
def altered(tree, tmp_path):
    """A copy of what the checks ask for in the plugin, to spoil."""
    return shutil.copytree(tree, tmp_path / NAME, ignore=shutil.ignore_patterns("atlas", "data", "provider"))


def test_our_zip_has_no_findings(tree, tmp_path):
    zip_tree(tree, tmp_path / "plugin.zip")
    findings = check_zip(tmp_path / "plugin.zip")
    assert set(findings) == {"structuur", "metadata", "Bandit", "detect-secrets"}
    assert not any(findings.values()), findings


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("module.pyc", b"x"),
        ("__pycache__/module.py", b"x"),
        (".hidden", b"x"),
        (".bandit", b"[bandit]"),
        ("tool.exe", b"x"),
        ("library.so", b"x"),
        ("picture.dat", b"\0\1"),
        ("script.sh", b"#!/bin/sh"),
        ("tests/test_it.py", b"x"),
    ],
)
def test_a_file_that_does_not_belong_is_found(altered, tmp_path, name, content):
    (altered / name).parent.mkdir(exist_ok=True)
    (altered / name).write_bytes(content)
    zip_tree(altered, tmp_path / "plugin.zip")
    assert any(name in fault for fault in check_structure(tmp_path / "plugin.zip"))


@pytest.mark.parametrize("name", ["LICENSE", "__init__.py", "metadata.txt"])
def test_a_file_that_is_missing_is_found(altered, tmp_path, name):
    (altered / name).unlink()
    zip_tree(altered, tmp_path / "plugin.zip")
    assert f"{name} ontbreekt" in check_structure(tmp_path / "plugin.zip")


@pytest.mark.parametrize("name", ["../elsewhere.py", "/etc/file.py", f"{NAME}\\file.py", "second/file.py"])
def test_a_path_that_leaves_the_folder_is_found(altered, tmp_path, name):
    zip_tree(altered, tmp_path / "plugin.zip")
    assert not check_structure(tmp_path / "plugin.zip")
    with zipfile.ZipFile(tmp_path / "plugin.zip", "a") as archive:
        archive.writestr(name, "x")
    assert check_structure(tmp_path / "plugin.zip")


@pytest.mark.parametrize(
    ("line", "instead", "expected"),
    [
        ("version=1.0.0", "version=1.0", "drie getallen"),
        ("version=1.0.0", "version=9.9.9", "in pyproject.toml"),
        ("icon=icons/atlas.svg", "icon=icons/none.svg", "pictogram"),
        ("qgisMaximumVersion=4.99", "", "qgisMaximumVersion ontbreekt"),
        ("tracker=", "tracker=not an address", "tracker is geen adres"),
        ("author=", "author=a/b", "author"),
        ("author=", "", "author ontbreekt"),
        ("experimental=False", "experimental=False\nsupportsQt6=yes", "supportsQt6 is verouderd"),
    ],
)
def test_metadata_that_the_site_refuses_is_found(altered, line, instead, expected):
    metadata = altered / "metadata.txt"
    lines = metadata.read_text(encoding="utf-8").splitlines()
    assert line in lines
    metadata.write_text("\n".join(instead if found == line else found for found in lines), encoding="utf-8")
    assert any(expected in fault for fault in check_metadata(altered))


@pytest.mark.parametrize(
    "code",
    [
        "assert True",
        "exec('1')",
        "import pickle",
        "import subprocess",
        "try:\n    x = 1\nexcept Exception:\n    pass",
    ],
)
def test_bandit_is_heard_and_no_comment_silences_it(tmp_path, code):
    (tmp_path / "module.py").write_text(
        code.replace("\n", "  # nosec\n", 1) + "  # nosec\n", encoding="utf-8"
    )
    assert check_with_bandit(tmp_path)


def test_a_secret_is_found_and_no_comment_silences_it(tmp_path):
    key = "AKIA" + "Q3EGRVJ7K2L5XW4T"
    told = f'found = "{key}"  # pragma: allowlist secret\n'
    folder, clean = tmp_path / "plugin", tmp_path / "clean.txt"
    folder.mkdir()
    (folder / "other.py").write_text("other = 1\n", encoding="utf-8")
    for _ in range(2):  # a file with a secret is read each time
        (folder / "module.py").write_text(told, encoding="utf-8")
        (found,) = check_secrets(folder, clean)
        assert found.startswith("module.py:1: ")
        (folder / "module.py").write_text("found = 1\n", encoding="utf-8")
        assert not check_secrets(folder, clean)
        assert not check_secrets(folder, clean)

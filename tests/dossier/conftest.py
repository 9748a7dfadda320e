"""What several tests of the dossier begin with; a file that needs another dossier makes its own."""

from __future__ import annotations

import shutil

import pytest

from atlas.dossier.opening import open_dossier
from dossier_samples import filled
from expired_samples import with_photos


@pytest.fixture(scope="session")
def with_expired(tmp_path_factory):
    return with_photos(tmp_path_factory.mktemp("dossier") / "team")


@pytest.fixture
def dossier(with_expired, tmp_path):
    """A dossier with records past their term, to be erased."""
    shutil.copytree(with_expired.folder, tmp_path / "team")
    return open_dossier(tmp_path / "team")


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A dossier with every kind of record; only to be read."""
    return filled(tmp_path_factory.mktemp("dossier") / "team")

"""One countryside for all tests of it."""

from __future__ import annotations

import pytest
from countryside_samples import DAY, SCALE

from atlas.fiction.countryside import make_fiction
from atlas.geo.boundaries.levels import load_boundaries


@pytest.fixture(scope="session")
def fiction():
    return make_fiction(11, DAY, scale=SCALE)


@pytest.fixture(scope="session")
def land():
    return load_boundaries("gemeente")

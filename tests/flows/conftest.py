"""A small fictitious countryside with its dossier, made once by the commands a team would use."""

import pytest

from atlas.flows.demo_dossier import make_demo_with_dossier


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The folders of the files and of the dossier."""
    return make_demo_with_dossier(tmp_path_factory.mktemp("demo"), seed=7, scale=0.02)

"""What holds for every test."""

from __future__ import annotations

import shutil
import tempfile

import pytest
from hypothesis import settings

from warm_command import warm_command

#: how many examples a property test tries: the budget of `make test`, and that of `make test-matrix`. A test
#: states its own number only where one example takes seconds. A busy machine is no mistake in the code: no
#: example fails for being slow.
settings.register_profile("quick", deadline=None, max_examples=40)
settings.register_profile("thorough", deadline=None, max_examples=500)
settings.load_profile("quick")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    """Give this run temporary folders of its own.

    pytest makes the one that all runs of a user share private again whenever one begins: a test that acts as
    somebody else (`as_nobody`) was shut out by any other run.
    """
    if config.option.basetemp is None:
        config.option.basetemp = tempfile.mkdtemp(prefix="buitengebied-test-")
        config.add_cleanup(lambda: shutil.rmtree(config.option.basetemp, ignore_errors=True))


@pytest.fixture(scope="session")
def atlas():
    """Run the command `atlas` in a process of its own: `atlas(*arguments, cwd)`."""
    with warm_command() as run:
        yield run

"""What holds for every test."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

# a busy machine is no mistake in the code: no example fails for being slow
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def atlas():
    """Run the command `atlas` as a person does: the real process."""
    command = Path(sys.executable).with_name("atlas")

    def run(*arguments, cwd):
        return subprocess.run(
            [command, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, check=False, timeout=300
        )

    return run

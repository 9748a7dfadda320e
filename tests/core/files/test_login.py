"""The system says who is at the computer; what an environment says is not believed."""

import os

import pytest

from atlas.core.files import login
from atlas.core.files.login import login_name

pwd = pytest.importorskip("pwd")


def test_the_login_is_that_of_the_system(monkeypatch):
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "iemand-anders")
    assert login_name() == pwd.getpwuid(os.getuid()).pw_name


def test_a_user_without_a_name_has_an_empty_one(monkeypatch):
    def unknown(*_):
        raise KeyError

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    monkeypatch.setattr(login, "getuser", unknown)
    assert login_name() == ""

"""Who is at this computer, as the system itself knows them."""

from __future__ import annotations

import os
from getpass import getuser


def login_name() -> str:
    """The name of the login; "" when the system has none.

    Asked of the system first: an environment variable, which `getpass` believes, says whatever was put in it.
    """
    try:
        if os.name == "posix":
            import pwd  # noqa: PLC0415 - Windows does not have it

            return pwd.getpwuid(os.getuid()).pw_name
        return os.getlogin()
    except (ImportError, KeyError, OSError):
        pass
    try:
        return getuser()
    except (ImportError, KeyError, OSError):
        return ""

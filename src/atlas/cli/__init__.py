"""The command `atlas`: arguments and messages around the jobs."""

from .app import main

__all__ = ["main"]

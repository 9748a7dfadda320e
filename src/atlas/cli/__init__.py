"""The command `atlas`: arguments and messages around the jobs."""

try:
    from .app import main
except KeyboardInterrupt:  # before anything was begun: nothing to tell
    raise SystemExit(130) from None

__all__ = ["main"]

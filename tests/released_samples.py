"""What a writer takes, made of what a test has."""

from __future__ import annotations

from atlas.core.disclosure.released import release_open


def leaving(content):
    """A payload, a surface or rows as a writer takes them."""
    return release_open(content, audience="openbaar")

"""Boundaries: the embedded ones, a file of the user, a service."""

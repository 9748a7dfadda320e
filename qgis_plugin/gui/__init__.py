"""The dock and its parts."""

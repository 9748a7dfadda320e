"""Where things are: boundaries and tables as files and services give them."""

__all__ = ["boundaries", "measuring", "reading", "registers", "surfaces"]

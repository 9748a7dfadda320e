"""Words: the one error, Dutch notation, how names are compared, text that no spreadsheet runs."""

__all__ = ["errors", "notation", "spelling", "spreadsheet_text", "toml_text"]

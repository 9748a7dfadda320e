"""Words: the one error, Dutch notation, how names are compared, layer names, text no spreadsheet runs."""

__all__ = ["errors", "layer_names", "notation", "spelling", "spreadsheet_text", "toml_text"]

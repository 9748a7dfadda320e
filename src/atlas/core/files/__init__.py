"""Files: what comes with the atlas, whole new files, the gate for every path, limits of what is read."""

__all__ = [
    "dossier_folder",
    "embedded",
    "file_kinds",
    "login",
    "new_file",
    "output_gate",
    "photo_metadata",
    "reading_limits",
    "service_answers",
    "toml_file",
]

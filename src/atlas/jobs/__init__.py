"""What the command `atlas` and the plugin both do, once: a job is a sequence of steps over a few ports.

A port is what differs between them: how a table is read, who decides the municipality of a place, how a
service is asked, where a report goes, and how progress is told and the work stopped (`progress`). Each face
gives its own and shows what came of it. Standard library and numpy only, with relative imports: it is in the
plugin.
"""

__all__ = [
    "access", "boundaries", "concluding", "correcting", "deciding", "erasing", "evaluating",
    "field_package", "field_return", "following_up", "handing_out", "importing", "intake",
    "intake_files", "package_opening", "planned_rounds", "progress", "protected_table", "record_at",
    "register_lines", "rounds_out", "selecting", "settling", "team_page",
]  # fmt: skip

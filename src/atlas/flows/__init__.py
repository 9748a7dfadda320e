"""The jobs, one module each: a readable sequence of steps through the rooms."""

__all__ = [
    "access", "auditing", "border_cases", "building", "campaign_rounds", "configuration", "demo_dossier",
    "demo_field", "dossier", "fetching", "field_project", "importing", "intake", "joining", "memo", "panel",
    "recipes", "registers", "round_files", "sealing", "settling", "surfaces", "team", "updating",
    "visit_letters", "visits", "zonal",
]  # fmt: skip

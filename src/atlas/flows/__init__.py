"""The jobs, one module each: a readable sequence of steps through the rooms."""

__all__ = [
    "access", "auditing", "building", "campaign_rounds", "configuration", "demo_dossier", "dossier",
    "importing", "intake", "joining", "memo", "panel", "recipes", "registers", "round_files", "sealing",
    "settling", "surfaces", "team", "updating", "visits", "zonal",
]  # fmt: skip

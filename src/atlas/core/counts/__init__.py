"""Counts: tallies of records, figures of the rural area, and what a team's page holds."""

__all__ = [
    "campaign_progress", "object_symbols", "objects_payload", "protected_counts", "protected_figures",
    "rural_addresses", "rural_figures", "rural_methods", "rural_rates", "tallies", "team_page",
    "visit_evaluation", "visit_letters",
]  # fmt: skip

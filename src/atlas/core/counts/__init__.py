"""Counts: tallies of records, figures of the rural area, and what a team's page holds."""

__all__ = ["object_symbols", "objects_payload", "rural_addresses", "rural_methods", "tallies", "team_page"]

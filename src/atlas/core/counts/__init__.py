"""Counts: tallies of records, figures of the rural area, and what a team's page holds."""

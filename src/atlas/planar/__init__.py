"""Exact geometry in the plane on numpy alone: for the command `atlas` and for the plugin."""

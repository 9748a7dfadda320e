"""The schema: every layer, field, code list, rule and relation."""

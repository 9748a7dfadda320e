"""Records: what an import, a package from the field, a judgement or a term changes in a dossier."""

__all__ = [
    "about_place", "access_letter", "address_book", "bag_rows", "becoming", "border_request",
    "campaign_account", "campaign_rounds", "changes", "choosing", "choosing_facts", "choosing_rules",
    "concluding", "conflicts", "correcting", "field_return", "field_steps", "file_rows", "free_text",
    "import_file", "import_plan", "in_words", "incoming", "known_addresses", "list_columns",
    "list_intake", "list_template", "matching", "paper_list", "reading_list", "recipients",
    "record_table", "refused_kinds", "register_answers", "residences", "retention", "returning_fields",
    "round_out", "route_sheet", "settling", "signal_rows", "unused_rows",
]  # fmt: skip

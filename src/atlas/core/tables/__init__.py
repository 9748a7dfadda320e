"""Tables: cells, numbers, headers and columns as people write them."""

__all__ = [
    "address_columns", "area_headers", "bag_codes", "bag_columns", "cell", "cell_numbers", "column_names",
    "csv_text", "odata", "ods_cells", "parsing", "percent_cells", "periods", "personal_text", "persons",
    "plain_xlsx", "postal_address", "registers", "sheet_tables", "side_rows", "statistical", "statline",
    "table", "workbook_cells", "workbook_table", "xlsx_values",
]  # fmt: skip

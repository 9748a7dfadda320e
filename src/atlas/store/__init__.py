"""Tables as users have them, and results as files: GeoPackage, GeoJSON, CSV, XLSX, letters and lists."""

__all__ = [
    "geopackage", "joined", "letter_docx", "letter_html", "letter_pdf", "list_pdf", "list_template",
    "list_xlsx", "memo_files", "office_bytes", "panel_workbook", "records_export", "round_files",
    "spreadsheets", "tables", "zonal_file",
]  # fmt: skip

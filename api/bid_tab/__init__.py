"""A comparison as a file: CSV for programs, a workbook for people."""

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

"""Lines of an RFQ from a spreadsheet: `table.py` reads CSV and XLSX, `columns.py` knows the headings, `reading.py` makes lines."""

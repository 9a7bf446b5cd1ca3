"""Page furniture for PDF, workbook and chart: rows in, bytes out."""

"""Page furniture: rows in, bytes out. The only room that imports reportlab and XlsxWriter.

Descriptions (``blocks``, ``sheets``, ``style``) know no library, so every floor may build them; the
functions that turn them into bytes import theirs late, because a window that prints nothing should not
pay for them.
"""

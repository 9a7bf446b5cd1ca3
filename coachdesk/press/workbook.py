"""The way to a workbook: the library that writes it is loaded by the first one, not by whoever might want one."""

from coachdesk.press.sheets import Workbook


def workbook(content: Workbook) -> bytes:
    """Return a workbook as the bytes of an .xlsx file; the same content gives the same bytes.

    A text is always written as text, whatever it begins with.
    """
    from coachdesk.press.workbook_sheets import written  # noqa: PLC0415  XlsxWriter is not loaded before

    return written(content)

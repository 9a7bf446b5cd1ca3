import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from coachdesk.errors import Trouble
from coachdesk.press.blocks import Bars, BulletList, Callout, Chart, ChartBlock, Document, Heading, Quote
from coachdesk.press.pdf import pdf
from coachdesk.returns.finished.pdf_file import pdf_faults
from coachdesk.returns.report import document
from tests.press.test_pdf import WHOLE as EVERYTHING
from tests.returns.finished.finished_pack import files, prepared
from tests.vault_fixtures import TODAY

WHOLE = files()["report.pdf"]


def faults(data: bytes) -> str:
    return " ".join(pdf_faults(data, document(prepared(), TODAY)))


def changed(change: Callable[[pikepdf.Pdf], object]) -> bytes:
    """Return the report after another program opened, changed and saved it."""
    target = BytesIO()
    with pikepdf.open(BytesIO(WHOLE)) as known:
        change(known)
        known.save(target, object_stream_mode=pikepdf.ObjectStreamMode.disable, fix_metadata_version=False)
    return target.getvalue()


def painted(known: pikepdf.Pdf, page: int, more: Callable[[bytes], bytes]) -> None:
    contents = known.pages[page].Contents
    contents.write(more(contents.read_bytes()))


def in_figure(data: bytes, old: str, new: str) -> bytes:
    """Return a page's program with another text in its chart."""
    head, mark, chart = data.partition(b"/Figure")
    assert mark
    return head + mark + chart.replace(old.encode(), new.encode(), 1)


def chart_page(known: pikepdf.Pdf) -> int:
    return next(at for at, page in enumerate(known.pages) if b"/Figure" in page.Contents.read_bytes())


def longer_bar(known: pikepdf.Pdf) -> None:
    def stretched(data: bytes) -> bytes:
        head, mark, chart = data.partition(b"/Figure")
        before, box, after = chart.partition(b" re")
        words = before.split(b" ")
        words[-2] = b"%.2f" % (float(words[-2]) * 1.1)
        return head + mark + b" ".join(words) + box + after

    painted(known, chart_page(known), stretched)


def bar_for_a_mark(known: pikepdf.Pdf) -> None:
    painted(known, chart_page(known), lambda data: in_figure(data, " re f", " re f n 0 0 3 9 re f"))


def doubled(data: bytes, tag: bytes) -> bytes:
    """Return a page's program whose first text under a tag is drawn once more, in no colour at all."""
    at = data.index(b" Tj", data.index(b"/" + tag + b" "))
    start = data.rindex(b"(", 0, at)
    return data[: at + 3] + b" 3 Tr " + data[start : at + 3] + data[at + 3 :]


def alternative(known: pikepdf.Pdf) -> None:
    for each in known.objects:
        if isinstance(each, Dictionary) and "/Alt" in each:
            each.Alt = String(f"{each.Alt} Carlisle Hub 3")


def attached(known: pikepdf.Pdf) -> None:
    known.attachments["counts.csv"] = b"Carlisle,3"


def remarked(known: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), Contents=String("3"))
    known.pages[0].Annots = known.make_indirect(Array([note]))


def footer(known: pikepdf.Pdf) -> None:
    """Draw the figures of the first page again as furniture: their numbers are no page's."""
    shown = known.pages[0].Contents.read_bytes()
    lines = re.findall(rb"/LBody.*?BDC(.*?)EMC", shown, re.DOTALL)
    painted(known, 0, lambda data: data + b" /Artifact BMC " + b" ".join(lines) + b" EMC")


def other_label(known: pikepdf.Pdf) -> None:
    """Write the first tick of a chart twice."""

    def twice(data: bytes) -> bytes:
        head, mark, chart = data.partition(b"/Figure")
        text, shown, after = chart.partition(b" Tj")
        return head + mark + text + shown + text[text.rindex(b"(") - 1 :] + shown + after

    painted(known, chart_page(known), twice)


def unmarked(known: pikepdf.Pdf) -> None:
    painted(known, chart_page(known), lambda data: data.replace(b"/Figure <<", b"/P <<", 1))


def metadata(known: pikepdf.Pdf) -> None:
    told = known.Root.Metadata.read_bytes().replace(b"Community grant", b"Community grant of Ruth Ahmed", 1)
    known.Root.Metadata = known.make_stream(told)


def picture(known: pikepdf.Pdf) -> None:
    known.pages[0].Resources.Spare = known.make_stream(b"x", Type=Name.XObject, Subtype=Name.Image)


def info(key: str, value: str) -> Callable[[pikepdf.Pdf], None]:
    def told(known: pikepdf.Pdf) -> None:
        known.trailer.Info[key] = String(value)

    return told


MORE = "properties say more"
PLANTED: dict[str, tuple[Callable[[pikepdf.Pdf], Any], str]] = {
    "an author": (info("/Author", "Ruth Ahmed"), MORE),
    "a path": (info("/Source", "/home/x"), "nobody’s business"),
    "the hour": (info("/ModDate", "D:20261003091200+00'00'"), "beyond the day"),
    "an author in the other place for it": (metadata, MORE),
    "a number nobody sees": (
        lambda known: painted(known, 0, lambda data: doubled(data, b"P")),
        "not to be printed",
    ),
    "the words beside a chart": (alternative, "other words beside it"),
    "a longer bar": (longer_bar, "longer or shorter"),
    "a bar where a number is withheld": (bar_for_a_mark, "longer or shorter"),
    "an attachment": (attached, "no page"),
    "a remark": (remarked, "no page"),
    "a program": (
        lambda known: known.Root.__setattr__("OpenAction", Dictionary(S=Name.JavaScript)),
        "no page",
    ),
    "a picture": (picture, "a picture"),
    "a number in a footer": (footer, "no page’s"),
    "another number at a bar": (other_label, "labelled with other numbers"),
    "a chart that is no picture": (unmarked, "other pictures"),
}


def test_the_report_as_it_is_holds_nothing_besides() -> None:
    assert faults(WHOLE) == ""
    assert faults(changed(lambda known: known)) == ""


@pytest.mark.parametrize(("change", "said"), PLANTED.values(), ids=PLANTED.keys())
def test_what_is_planted_is_found(change: Callable[[pikepdf.Pdf], Any], said: str) -> None:
    assert said in faults(changed(change))


def test_an_earlier_state_kept_before_the_last_is_found() -> None:
    with pytest.raises(Trouble, match="could not be read back"):
        faults(WHOLE + WHOLE)


def test_a_pointer_to_an_earlier_state_is_found() -> None:
    at = WHOLE.rindex(b"/Size")
    assert "no page" in faults(WHOLE[:at] + b"/Prev 9\n" + WHOLE[at:])


@pytest.mark.parametrize("data", [b"", b"no report", WHOLE[:-20], WHOLE.replace(b"xref\n0", b"xref\n1", 1)])
def test_what_cannot_be_read_is_no_clean_report(data: bytes) -> None:
    with pytest.raises(Trouble, match="could not be read back"):
        faults(data)


def broken_fonts(known: pikepdf.Pdf) -> None:
    for font in known.pages[0].Resources.Font.values():
        del font["/ToUnicode"]


def never_closed(known: pikepdf.Pdf) -> None:
    painted(known, 0, lambda data: data + b" /P <</MCID 99>> BDC ")


def mark_in_a_mark(known: pikepdf.Pdf) -> None:
    painted(known, 0, lambda data: b"/Artifact BMC /P BMC EMC EMC " + data)


def outside_of_marks(known: pikepdf.Pdf) -> None:
    painted(known, 0, lambda data: data + b" 0 0 3 3 re f ")


def in_pieces(known: pikepdf.Pdf) -> None:
    painted(known, 0, lambda data: data + b" /Artifact BMC [(3)] TJ EMC ")


def no_token(known: pikepdf.Pdf) -> None:
    painted(known, 0, lambda data: data + b" } ")


@pytest.mark.parametrize(
    "change", [broken_fonts, never_closed, mark_in_a_mark, outside_of_marks, in_pieces, no_token]
)
def test_a_page_that_cannot_be_looked_through_is_refused(change: Callable[[pikepdf.Pdf], None]) -> None:
    with pytest.raises(Trouble, match="could not be read back"):
        faults(changed(change))


def test_bars_that_grow_upwards_are_counted() -> None:
    up = Chart("T", ["a", "b"], [3, 4], "a 3, b 4", bars=Bars.UP)
    told = Document("Title", [ChartBlock(up)], made=TODAY)
    assert list(pdf_faults(pdf(told), told)) == []


def test_a_document_without_a_day_tells_the_day_of_no_one() -> None:
    told = Document("Title", [Heading(2, "H")], subject="é’ and Борис")
    assert list(pdf_faults(pdf(told), told)) == []


def test_every_kind_of_block_a_return_has_is_read_back() -> None:
    told = Document(
        "Title",
        [Heading(2, "H"), Quote("Said 7"), Callout("Label", "Text 8"), BulletList(["a", "b"], numbered=True)],
        made=TODAY,
    )
    assert list(pdf_faults(pdf(told), told)) == []
    assert list(pdf_faults(pdf(EVERYTHING), EVERYTHING)) == []


def test_another_document_is_told_from_this_one() -> None:
    told = Document("Title", [Heading(2, "12 people")], made=TODAY)
    other = Document("Title", [Heading(2, "21 people 3")], made=TODAY)
    assert list(pdf_faults(pdf(told), other)) != []

# mypy: disallow-untyped-calls=False
# (reportlab is published without types)
"""A tagged PDF on top of reportlab, which has no tagging of its own (interface.md section 9).

Everything painted is inside a mark: content that belongs to an element of the structure tree, or an
artifact that a screen reader passes over. The tree is built from the blocks before anything is drawn;
drawing fills in which marks on which page belong to which element. The result is a tagged PDF; it has
not been through a PDF/UA checker and must not be called one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import XMP, PDFArray, PDFDictionary, PDFName, PDFString
from reportlab.pdfgen.canvas import Canvas
from typing_extensions import override

PDF_VERSION = (1, 7)

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of marked content: which page, and its number there."""

    page: int
    number: int


@dataclass(slots=True, eq=False)
class Element:
    """A node of the structure tree; ``scope`` says what a table header heads."""

    tag: str
    alternative: str = ""
    scope: str = ""
    box: tuple[float, float, float, float] | None = None
    children: list["Element"] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    def add(self, tag: str, *, alternative: str = "", scope: str = "") -> "Element":
        """Return a new last child."""
        child = Element(tag, alternative=alternative, scope=scope)
        self.children.append(child)
        return child


class TaggedCanvas(Canvas):
    """A canvas that marks what it paints and writes the structure tree when it is saved."""

    def __init__(self, target: BytesIO, *, root: Element, lang: str, **options: Any) -> None:
        super().__init__(target, lang=lang, **options)
        self.root = root
        self.language = lang
        self._marks: list[list[Element]] = [[]]
        self._outline_level = -1
        self._outline_count = 0
        self._doc._pdfVersion = PDF_VERSION  # noqa: SLF001  tags need 1.3, tab order by structure 1.5

    @contextmanager
    def element(self, element: Element) -> Iterator[None]:
        """Mark what is painted inside as content of an element."""
        on_page = self._marks[-1]
        number = len(on_page)
        on_page.append(element)
        element.marks.append(Mark(len(self._marks) - 1, number))
        self._code.append(f"/{element.tag} <</MCID {number}>> BDC")
        yield
        self._code.append("EMC")

    @contextmanager
    def artifact(self, kind: str = "Layout") -> Iterator[None]:
        """Mark what is painted inside as furniture that nobody needs read out."""
        self._code.append(f"/Artifact <</Type /{kind}>> BDC")
        yield
        self._code.append("EMC")

    def outline(self, text: str, level: int, top: float) -> None:
        """Add a heading to the list of bookmarks, never deeper than one step below the last."""
        self._outline_count += 1
        self._outline_level = min(level, self._outline_level + 1)
        key = f"heading-{self._outline_count}"
        self.bookmarkHorizontal(key, 0, top)
        self.addOutlineEntry(text, key, self._outline_level)

    @override
    def showPage(self) -> None:
        """End the page, giving it its number in the parent tree."""
        name = self._doc.thisPageName()
        super().showPage()
        page = self._doc.idToObject[name]
        # the class forgets keys it does not know, so this page is told of two more
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = len(self._marks) - 1
        page.Tabs = PDFName("S")
        self._marks.append([])

    @override
    def save(self) -> None:
        """Write the structure tree and the file."""
        catalog: Any = self._doc.Catalog
        catalog.StructTreeRoot = self._structure()
        catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        catalog.Metadata = XMP(creator=lambda _document: self._metadata())
        self.setViewerPreference("DisplayDocTitle", "true")
        super().save()

    def _metadata(self) -> bytes:
        words = {name: escape(getattr(self._doc.info, name)) for name in ("title", "subject", "author")}
        return _XMP.format(**words, language=escape(self.language)).encode()

    def _structure(self) -> PDFDictionary:
        pages = [self._doc.Reference(page) for page in self._doc.Pages.pages]
        root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        reference = self._doc.Reference(root)
        written: dict[int, Any] = {}
        root["K"] = self._node(self.root, reference, pages, written)
        numbers: list[Any] = []
        for index in range(len(pages)):
            numbers += [
                index,
                self._doc.Reference(PDFArray([written[id(one)] for one in self._marks[index]])),
            ]
        root["ParentTree"] = self._doc.Reference(PDFDictionary({"Nums": PDFArray(numbers)}))
        root["ParentTreeNextKey"] = len(pages)
        return root

    def _node(self, element: Element, parent: Any, pages: list[Any], written: dict[int, Any]) -> Any:
        node = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName(element.tag), "P": parent})
        reference = self._doc.Reference(node)
        written[id(element)] = reference
        if element.alternative:
            node["Alt"] = PDFString(element.alternative)
        if element.scope:
            node["A"] = PDFDictionary({"O": PDFName("Table"), "Scope": PDFName(element.scope)})
        if element.box:
            node["A"] = PDFDictionary(
                {"O": PDFName("Layout"), "Placement": PDFName("Block"), "BBox": PDFArray(list(element.box))}
            )
        marks = [
            PDFDictionary({"Type": PDFName("MCR"), "Pg": pages[mark.page], "MCID": mark.number})
            for mark in element.marks
        ]
        children = [self._node(child, reference, pages, written) for child in element.children]
        node["K"] = PDFArray([*marks, *children])
        return reference

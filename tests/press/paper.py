"""A PDF read back the way a screen reader reads it."""

import re
from io import BytesIO

import pikepdf

PAINTING = frozenset(
    {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Tj", "TJ", "'", '"', "Do", "sh", "EI", "INLINE IMAGE"}
)


def _kept(
    node: pikepdf.Object,
    inside: str,
    found: list[tuple[str, str]],
    pages: dict[tuple[int, int], dict[int, str]],
) -> None:
    tag = str(node.S).removeprefix("/") if "/S" in node else inside
    for kid in node.get("/K", []) if isinstance(node.get("/K"), pikepdf.Array) else [node.K]:
        if kid.get("/Type") == "/MCR":
            found.append((tag, pages[kid.Pg.objgen][int(kid.MCID)]))
        else:
            _kept(kid, tag, found, pages)


class Paper:
    """A PDF, read the way a screen reader does."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pikepdf.open(BytesIO(data))

    def loose_paint(self) -> list[str]:
        """Painting operators outside any mark, and marks inside marks."""
        loose = []
        for page in self.pdf.pages:
            depth = 0
            for instruction in pikepdf.parse_content_stream(page):
                operator = str(instruction.operator)
                if operator in {"BDC", "BMC"}:
                    depth += 1
                    if depth > 1:
                        loose.append("a mark inside a mark")
                elif operator == "EMC":
                    depth -= 1
                elif operator in PAINTING and depth == 0:
                    loose.append(operator)
            if depth:
                loose.append("a mark left open")
        return loose

    def read(self) -> list[tuple[str, str]]:
        """Every marked stretch of text in reading order, with the tag it belongs to."""
        pages = {page.obj.objgen: self._marked(page) for page in self.pdf.pages}
        found: list[tuple[str, str]] = []
        _kept(self.pdf.Root.StructTreeRoot.K, "", found, pages)
        return found

    def tags(self) -> list[str]:
        return [tag for tag, _ in self.read()]

    def elements(self, tag: str) -> list[pikepdf.Object]:
        def walk(node: pikepdf.Object) -> list[pikepdf.Object]:
            here = [node] if node.get("/S") == f"/{tag}" else []
            kids = [kid for kid in node.get("/K", []) if kid.get("/Type") == "/StructElem"]
            return here + [found for kid in kids for found in walk(kid)]

        return walk(self.pdf.Root.StructTreeRoot.K)

    def furniture(self) -> list[list[str]]:
        """What is printed on each page as an artifact."""
        return [
            [words for words in self._spoken(page, artifacts=True)[-1] if words.strip()]
            for page in self.pdf.pages
        ]

    def _marked(self, page: pikepdf.Page) -> dict[int, str]:
        return {
            number: "".join(parts).strip() for number, parts in self._spoken(page, artifacts=False).items()
        }

    def _spoken(self, page: pikepdf.Page, *, artifacts: bool) -> dict[int, list[str]]:
        spoken: dict[int, list[str]] = {-1: []}
        current: int | None = None
        font: dict[int, str] = {}
        for instruction in pikepdf.parse_content_stream(page):
            operator, operands = str(instruction.operator), list(instruction.operands)
            if operator == "BDC":
                current = -1 if str(operands[0]) == "/Artifact" else int(operands[1].MCID)
                spoken.setdefault(current, [])
            elif operator == "EMC":
                current = None
            elif operator == "Tf":
                font = _unicode(page.Resources.Font[str(operands[0])])
            elif current is not None:
                spoken[current] += self._said(page, operator, operands, font)
        if not artifacts:
            del spoken[-1]
        return spoken

    def _said(
        self, page: pikepdf.Page, operator: str, operands: list[pikepdf.Object], font: dict[int, str]
    ) -> list[str]:
        if operator == "Tj":
            return ["".join(font[byte] for byte in bytes(operands[0]))]
        if operator == "T*":
            return [" "]
        return self._form(page.Resources.XObject[str(operands[0])]) if operator == "Do" else []

    def _form(self, form: pikepdf.Object) -> list[str]:
        words, font = [], {}
        for instruction in pikepdf.parse_content_stream(form):
            if str(instruction.operator) == "Tf":
                font = _unicode(form.Resources.Font[str(instruction.operands[0])])
            elif str(instruction.operator) == "Tj":
                words.append("".join(font[byte] for byte in bytes(instruction.operands[0])))
        return words


def _unicode(font: pikepdf.Object) -> dict[int, str]:
    """What each byte of a subset font means, from its own map."""
    text = font.ToUnicode.read_bytes().decode("ascii")
    pairs = re.findall(r"<([0-9A-F]{2})> <([0-9A-F]+)>\n", text.split("beginbfchar")[1])
    return {int(byte, 16): bytes.fromhex(unicode).decode("utf-16-be") for byte, unicode in pairs}

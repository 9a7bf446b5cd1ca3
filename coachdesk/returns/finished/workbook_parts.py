"""What may be in each part of a workbook of values: its elements, and after a colon the attributes each may have.

No formula (f), remark, merged range, hidden line, chart, pivot, drawing or validation is among them.
"""

SHEET = r"xl/worksheets/sheet\d+\.xml"
STRINGS = "xl/sharedStrings.xml"
THEME = "xl/theme/theme1.xml"


def _allowed(told: str) -> frozenset[str]:
    found = set()
    for element in told.split(";"):
        tag, _, attributes = (word.strip() for word in element.partition(":"))
        found |= {tag, *(f"{tag}.{name}" for name in attributes.split())}
    return frozenset(found)


_TYPES = _allowed("""Default: ContentType Extension; Override: ContentType PartName; Types""")
_RELATIONS = _allowed("""Relationship: Id Target Type; Relationships""")
_CELLS = _allowed(
    """c: r s t; col: customWidth max min style width; cols; dimension: ref; hyperlink: display location tooltip
    ref; hyperlinks; pageMargins: bottom footer header left right top; pageSetUpPr: fitToPage;
    pageSetup: fitToHeight orientation paperSize; row: customHeight ht r spans; sheetData;
    sheetFormatPr: defaultRowHeight; sheetPr; sheetView: tabSelected workbookViewId; sheetViews;
    tablePart: id; tableParts: count; v; worksheet; pane: ySplit topLeftCell activePane state;
    selection: pane activeCell sqref"""
)
_BOOK = _allowed(
    """bookViews; calcPr: calcId fullCalcOnLoad; definedName: localSheetId name; definedNames; fileVersion:
    appName lastEdited lowestEdited rupBuild; sheet: id name sheetId; sheets; workbook; workbookPr:
    defaultThemeVersion; workbookView: windowHeight windowWidth xWindow yWindow"""
)
_TABLE = _allowed(
    """table: displayName id name ref totalsRowShown; tableColumn: id name; tableColumns: count;
    tableStyleInfo: showColumnStripes showFirstColumn showLastColumn showRowStripes"""
)
_STRINGS = _allowed("""si; sst: count uniqueCount; t""")
_STYLES = _allowed(
    """alignment: horizontal vertical wrapText; b; bgColor: indexed; border; borders: count; bottom;
    cellStyle: builtinId name xfId; cellStyleXfs: count; cellStyles: count; cellXfs: count; color: rgb
    theme; diagonal; dxfs: count; family: val; fgColor: rgb; fill; fills: count; font; fonts: count;
    left; name: val; numFmt: formatCode numFmtId; numFmts: count; patternFill: patternType; right;
    scheme: val; styleSheet; sz: val; tableStyles: count defaultPivotStyle defaultTableStyle; top; u;
    xf: applyAlignment applyFill applyFont applyNumberFormat borderId fillId fontId numFmtId xfId"""
)
_CORE = _allowed("""coreProperties; created: type; creator; lastModifiedBy; modified: type; subject; title""")
_APP = _allowed(
    """AppVersion; Application; Company; DocSecurity; HeadingPairs; HyperlinksChanged; LinksUpToDate;
    Properties; ScaleCrop; SharedDoc; TitlesOfParts; i4; lpstr; variant; vector: baseType size"""
)
PARTS = (
    (r"\[Content_Types\]\.xml", _TYPES),
    (r"(_rels/|xl/_rels/workbook\.xml|xl/worksheets/_rels/sheet\d+\.xml)\.rels", _RELATIONS),
    (SHEET, _CELLS),
    (r"xl/workbook\.xml", _BOOK),
    (r"xl/tables/table\d+\.xml", _TABLE),
    (STRINGS, _STRINGS),
    (r"xl/styles\.xml", _STYLES),
    (r"docProps/core\.xml", _CORE),
    (r"docProps/app\.xml", _APP),
    (THEME, frozenset[str]()),  # weighed against the one every workbook of the press has
)

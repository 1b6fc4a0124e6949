"""The parts of a document for word processors that are the same in each: styles, page, what the pack holds."""

from typing import Final

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Faces that word processors have; ours are not on other people's machines.
_TEXT, _SERIF = "Calibri", "Georgia"
_GREEN, _SOFT, _LINE = "16503C", "474C43", "BFB59B"


def _faces(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:cs="{name}" w:eastAsia="{name}"/>'


def _style(key: str, name: str, *, paragraph: str = "", run: str = "", based: str = "Normal", follows: str = "") -> str:
    """A style of paragraphs."""
    based = f'<w:basedOn w:val="{based}"/>' if based else ""
    follows = f'<w:next w:val="{follows}"/>' if follows else ""
    default = ' w:default="1"' if key == "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{key}"><w:name w:val="{name}"/>{based}{follows}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _heading(level: int, size: int, before: int) -> str:
    return _style(
        f"Heading{level}",
        f"heading {level}",
        paragraph=f'<w:keepNext/><w:keepLines/><w:spacing w:before="{before}" w:after="100"/><w:outlineLvl w:val="{level - 1}"/>',
        run=f'{_faces(_SERIF)}<w:b/><w:color w:val="{_GREEN}"/><w:sz w:val="{size}"/>',
        follows="Normal",
    )


_EDGES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
STYLES: Final = (
    f'<w:docDefaults><w:rPrDefault><w:rPr>{_faces(_TEXT)}<w:sz w:val="21"/><w:lang w:val="LANGUAGE" w:eastAsia="LANGUAGE"/></w:rPr>'
    "</w:rPrDefault></w:docDefaults>"
    + _style("Normal", "Normal", paragraph='<w:spacing w:after="140" w:line="264" w:lineRule="auto"/>', based="")
    + _style(
        "Title",
        "Title",
        paragraph='<w:keepNext/><w:spacing w:after="200" w:line="240" w:lineRule="auto"/>',
        run=f'{_faces(_SERIF)}<w:b/><w:sz w:val="44"/>',
        follows="Normal",
    )
    + _heading(1, 30, 420)
    + _heading(2, 23, 260)
    + _style("Near", "Viche Near", paragraph='<w:spacing w:after="20"/>')
    + _style("Note", "Viche Note", run=f'<w:color w:val="{_SOFT}"/><w:sz w:val="18"/>')
    + _style(
        "Cell",
        "Viche Cell",
        paragraph='<w:spacing w:before="30" w:after="30" w:line="240" w:lineRule="auto"/>',
        run='<w:sz w:val="18"/>',
    )
    + _style(
        "Thin",
        "Viche Thin",
        paragraph='<w:spacing w:after="0" w:line="120" w:lineRule="exact"/>',
        run='<w:sz w:val="8"/>',
    )
    + _style(
        "Footer",
        "footer",
        paragraph='<w:tabs><w:tab w:val="right" w:pos="9638"/></w:tabs><w:spacing w:after="0"/>',
        run=f'<w:color w:val="{_SOFT}"/><w:sz w:val="16"/>',
    )
    + '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
    f'<w:rPr><w:color w:val="{_GREEN}"/><w:u w:val="single"/></w:rPr></w:style>'
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
    f"<w:tblPr><w:tblBorders>{_EDGES}</w:tblBorders>"
    '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)
_PARTS = (("styles", "styles"), ("settings", "settings"), ("footer1", "footer"))
FIXED: Final = {
    "kinds": f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
    'package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="jpeg" ContentType="image/jpeg"/><Default Extension="png" ContentType="image/png"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    + "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>' for name, kind in _PARTS)
    + '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
    "root": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
    "inside": "\n".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{name}.xml"/>' for name, kind in _PARTS
    ),
    # Mode 15: laid out as today's word processors do.
    "settings": f'{_XML}<w:settings xmlns:w="{_MAIN}"><w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>',
    "page": '<w:sectPr><w:footerReference w:type="default" r:id="footer1"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>',
    # Two tables without a paragraph between them are one.
    "gap": '<w:p><w:pPr><w:pStyle w:val="Thin"/></w:pPr></w:p>',
}

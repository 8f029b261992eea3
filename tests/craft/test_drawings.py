"""A drawing is published with what draws, and without what could run or ask another host."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmsite.craft.drawings import clean_drawing
from cmsite.guarded_xml import RefusedXml

SPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
FILES = Path(__file__).parents[2] / "content" / "files"


def inside(drawing: str) -> str:
    """Return what stands in the root of a drawing once it is cleaned."""
    clean = clean_drawing(f"<svg {SPACES}>{drawing}</svg>".encode()).decode()
    return clean.removesuffix("</svg>").partition(">")[2] if clean.endswith("</svg>") else ""


def attributes(written: str) -> str:
    """Return what is left of an element's attributes."""
    return inside(f"<rect {written}/>").removeprefix("<rect").removesuffix("/>").strip()


@pytest.mark.parametrize(
    "drawing",
    [
        "<script>alert(1)</script>",
        "<SCRIPT/>",
        '<script xlink:href="https://example.net/x.js"/>',
        '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml" onclick="x()">Text</p></foreignObject>',
        '<iframe xmlns="http://www.w3.org/1999/xhtml" src="https://example.net/"/>',
        '<handler xmlns="http://www.w3.org/2001/xml-events" type="text/javascript">x()</handler>',
        "<metadata><creator>Camille</creator></metadata>",
        '<namedview xmlns="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" docname="secret.svg"/>',
        '<set attributeName="xlink:href" to="javascript:x()"/>',
        '<animate attributeName=" href " values="javascript:x()"/>',
        '<set attributeName="onclick" to="x()"/>',
        "<!-- a note -->",
        "<?xml-stylesheet href='https://example.net/x.css'?>",
    ],
)
def test_what_could_run_or_tell_is_left_out_with_all_it_holds(drawing: str) -> None:
    assert inside(f"{drawing}<g/>") == "<g/>"


@pytest.mark.parametrize(
    "written",
    [
        'onload="x()"', 'ONCLICK="x()"', 'href="https://example.net/a.svg#b"', 'xlink:href="javascript:x()"',
        'href="b.svg#c"', 'href="//example.net/"', 'xlink:href="data:image/svg+xml;base64,AAAA"',
        'href="data:text/html,x"', 'src="https://example.net/x.png"', 'data-name="Calque de Camille"',
        'xml:base="https://example.net/"', 'style="fill:\\75rl(//example.net/x)"', 'fill="\\75rl(#a)"',
        'style="background:image-set(\'https://example.net/a\' 1x)"', 'fill="url(https://example.net/a"',
        'xmlns:i="http://www.inkscape.org/" i:export-filename="/home/camille/secret.png"',
    ],
)  # fmt: skip
def test_attributes_that_run_or_lead_out_go(written: str) -> None:
    assert attributes(f'{written} x="1"') == 'x="1"'


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ('fill="url(#a)"', 'fill="url(#a)"'),
        ("fill=\"url( '#a' )\"", "fill=\"url( '#a' )\""),
        ('fill="url(https://example.net/a) red"', 'fill="none red"'),
        ('style="fill:url(//example.net/a);stroke:url(#b)"', 'style="fill:none;stroke:url(#b)"'),
        ('style="fill:u/**/rl(//example.net/x)"', 'style="fill:none"'),
        ('xlink:href="#a"', 'xlink:href="#a"'),
        ('href=" #a "', 'href="#a"'),
        ('href="data:image/png;base64,AAAA//+="', 'href="data:image/png;base64,AAAA//+="'),
        ('aria-label="see https://example.net/"', 'aria-label="see https://example.net/"'),
        ('xml:space="preserve" xml:lang="fr"', 'xml:space="preserve" xml:lang="fr"'),
        ("d='M0 0&#10;L1 1' title='a &lt; \"b\"'", 'd="M0 0&#10;L1 1" title="a &lt; &quot;b&quot;"'),
    ],
)
def test_attributes_that_draw_stay(written: str, kept: str) -> None:
    assert attributes(written) == kept


@pytest.mark.parametrize(
    ("style", "kept"),
    [
        (".a > b{fill:url(#g)}", ".a &gt; b{fill:url(#g)}"),
        ("<![CDATA[.a{fill:red}]]>", ".a{fill:red}"),
        ("@import url(https://example.net/a.css);.a{fill:red}", ".a{fill:red}"),
        ("@im<![CDATA[port 'https://example.net/a.css';.a{fill:red}]]>", ".a{fill:red}"),
        ("@font-face{src:url(https://example.net/f.woff2)}.a{fill:red}", "@font-face{src:none}.a{fill:red}"),
        (
            "@font-face{src:url(data:font/woff2;base64,AA//)}",
            "@font-face{src:url(data:font/woff2;base64,AA//)}",
        ),
        (".a{fill:red} /* Camille */", ".a{fill:red} "),
        (".a{background:\\75rl(//example.net/)}", ""),
        (".a{behavior : url(#x)}", ""),
        (".a{background:url(//example.net/", ""),
    ],
)
def test_a_style_keeps_what_stays_in_the_drawing(style: str, kept: str) -> None:
    assert inside(f"<style>{style}</style>") == (f"<style>{kept}</style>" if kept else "<style/>")


def test_what_a_drawing_says_to_those_who_cannot_see_it_stays() -> None:
    told = '<title id="t">Été &amp; hiver</title><desc>Deux saisons</desc><text x="1">2 &lt; 3</text>'
    assert inside(told) == told


def test_the_text_beside_html_that_is_left_out_stays() -> None:
    html = '<foreignObject><div xmlns="http://www.w3.org/1999/xhtml">Oui</div></foreignObject>'
    assert inside(f"<switch>{html}<text>Oui</text></switch>") == "<switch><text>Oui</text></switch>"


def test_a_drawing_without_a_namespace_gets_one_so_that_browsers_show_it() -> None:
    assert clean_drawing(b"<svg><g/></svg>") == b'<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>'


def test_prefixes_are_those_of_the_web_whatever_the_program_chose() -> None:
    written = '<s:svg xmlns:s="http://www.w3.org/2000/svg" xmlns:l="http://www.w3.org/1999/xlink">'
    clean = clean_drawing(f'{written}<s:use l:href="#a"/></s:svg>'.encode())
    assert clean == f'<svg {SPACES}><use xlink:href="#a"/></svg>'.encode()


@pytest.mark.parametrize("data", [b"<a/>", b"<svg>", b"", b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>'])
def test_what_is_no_drawing_is_refused(data: bytes) -> None:
    with pytest.raises(RefusedXml):
        clean_drawing(data)


@pytest.mark.parametrize("file", sorted(FILES.glob("*.svg")), ids=lambda file: file.stem)
def test_the_drawings_of_the_demo_lose_nothing_that_draws(file: Path) -> None:
    data = file.read_bytes()
    clean = clean_drawing(data)
    assert clean_drawing(clean) == clean
    for mark in (b"<path", b"<rect", b"<circle", b"<text", b"<tspan", b" d=", b" fill=", b" stroke"):
        assert clean.count(mark) == data.count(mark)


AWAY = st.sampled_from(
    [
        "https://example.net/x",
        "//example.net/x",
        "javascript:example.net",
        " https://example.net",
        "data:x,example.net",
    ]
)
REACHES = st.sampled_from(
    [
        *(
            "url({})",
            "url( '{}' )",
            "URL(&quot;{}&quot;)",
            "u/**/rl({})",
            "\\75rl({})",
            "fill:url({}",
            "src({})",
        ),
        *("@import '{}';", "@import url({});", "@\\69mport '{}'", "a{{fill:url({})}}", "red;x:url({})"),
        "image-set('{}' 1x)",
    ]
)
NAMES = st.sampled_from(
    ["g", "a", "use", "image", "rect", "style", "script", "foreignObject", "set", "x:b", "text"]
)
LEADING = st.sampled_from(["href", "xlink:href", "src", "onload", "x:href", "action", "data-a", "xml:base"])
STYLING = st.sampled_from(["style", "fill", "mask", "filter", "clip-path", "cursor"])


@st.composite
def elements(draw: st.DrawFn, depth: int = 3) -> str:
    """Return an element that leads to example.net in every way there is, and so do those in it."""
    name, far = draw(NAMES), draw(AWAY)
    reach = draw(REACHES).format(far)
    given = f'{draw(LEADING)}="{far}" {draw(STYLING)}="{reach}"'
    within = "".join(draw(st.lists(elements(depth - 1), max_size=2))) if depth else ""
    return f"<{name} {given}>{reach if name == 'style' else ''}{within}</{name}>"


@given(elements())
def test_whatever_is_drawn_nothing_leads_out(drawing: str) -> None:
    clean = clean_drawing(f'<svg {SPACES} xmlns:x="urn:x">{drawing}</svg>'.encode())
    assert b"example.net" not in clean
    assert clean_drawing(clean) == clean

from __future__ import annotations

import pytest

from monograph_nlp.errors import ReadError
from monograph_nlp.read import read
from monograph_nlp.read.html import render_html

from .conftest import Save


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>one\n  two</p><p>three</p>", "one two\n\nthree"),
        ("<p>a<br>b<br/>\n c</p>", "a\nb\nc"),
        ("<p>a<br><br><br>b</p>", "a\n\nb"),
        ("<p>It treats:</p><ul><li>flu</li><li>a\ncold</li></ul><p>End</p>",
         "It treats:\n• flu\n• a cold\n\nEnd"),
        ("<p>It treats</p><ul><li>flu</li></ul>", "It treats\n\n• flu"),
        ("<h2>Uses:</h2><ul><li>flu</li></ul>", "Uses:\n\n• flu"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "• a\n  • b\n• c"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "• a\n\n• b"),
        ("<ol start=3><li>a</li><li value=7>b</li><li>c</li></ol>", "3. a\n7. b\n8. c"),
        ("<ul><li><p>a</p><p>b</p></li><li>c<br>d</li></ul>", "• a\n  b\n• c\n  d"),
        ("<ul><li>&nbsp;</li><li>b</li></ul>", "• b"),
        ("<p>10<sup>9</sup>/L, 10<sup>-6</sup>, 3<sup>rd</sup></p>", "10⁹/L, 10⁻⁶, 3rd"),
        ("<p>kg/m<sup>2</sup> C<sub>max</sub> Brand<sup>®</sup></p>", "kg/m2 Cmax Brand®"),
        ("<p>5 &lt; 6 &amp; &#8805;&nbsp;7</p>", "5 < 6 & ≥\u00a07"),
        ("<pre>a  b\nc</pre>", "a b\nc"),
        ("<table><caption>T</caption><tr><th>a</th><th>b</th></tr><tr><td></td><td>2</td></tr>"
         "</table><p>x</p>", "T\na | b\n | 2\n\nx"),
        ("<table><tr><td rowspan=2>a</td><td>1</td></tr><tr><td>2</td></tr></table>",
         "a | 1\na | 2"),
        ("<table><tr><td><h2>Uses</h2><p>flu</p></td><td>menu</td></tr></table>",
         "Uses\n\nflu\n\nmenu"),
        ("<table><tr><td><p>box</p><ul><li>a</li></ul></td></tr></table>", "box\n\n• a"),
        ("<table><tr><td><table><tr><td>1</td><td>2</td></tr></table></td><td>b</td></tr></table>",
         "1 | 2\n\nb"),
        ("<p>a<script>x</script><style>y</style><noscript>n</noscript><template>t</template>", "a"),
        ("<p hidden>a</p><p style='DISPLAY : none'>b</p><p style='visibility:hidden'>c</p>d", "d"),
        ("<nav>menu</nav><header>top</header><aside>side</aside><footer>foot</footer>",
         "menu\n\ntop\n\nside\n\nfoot"),
        ("<p>un<b>bro</b><a href=x>ken</a></p><!-- not this -->", "unbroken"),
        ("plain text, no tags", "plain text, no tags"),
    ],
)  # fmt: skip
def test_rendering(markup: str, text: str) -> None:
    assert render_html(markup)[1].text == text


def test_headings_open_nested_sections(save: Save) -> None:
    page = "<h1>Drug</h1>intro<h2>Uses</h2><p>flu</p><h3>Children</h3>none<h2>Empty</h2>"
    (monograph,) = read(save("leaflet.html", page))
    found = [
        (section.title, monograph.text[section.body_start : section.end].strip(), section.parent)
        for section in monograph.sections
    ]
    assert found == [
        ("Drug", "intro\n\nUses\n\nflu\n\nChildren\n\nnone\n\nEmpty", None),
        ("Uses", "flu\n\nChildren\n\nnone", 0),
        ("Children", "none", 1),
        ("Empty", "", 0),
    ]
    assert (monograph.id, monograph.format, monograph.title) == ("leaflet", "html", "Drug")


def test_a_heading_is_one_line_and_an_empty_one_is_none() -> None:
    title, rendering = render_html("<h1></h1><h2>Side<br>effects <div>of X</div></h2>")
    assert [section.title for section in rendering.sections] == ["Side effects of X"]
    assert title == ""


def test_the_title_element_names_a_page_without_h1(save: Save) -> None:
    (monograph,) = read(save("a.htm", "<title>Drug\n X</title><p>text"))
    assert monograph.title == "Drug X"
    assert monograph.text == "text"


def test_a_declared_charset_is_followed(save: Save) -> None:
    page = "<meta charset='windows-1251'><p>таблетки</p>".encode("cp1251")
    (monograph,) = read(save("a.html", page))
    assert monograph.text == "таблетки"


def test_escaped_line_ends_of_a_page_cut_out_of_json_are_mended(save: Save) -> None:
    page = '<div class=\\"x\\">\\n\\t\\t<p>a\\n\\t\\tb</p>\\n\\t<p>say \\"c\\"</p>\\n</div>'
    (monograph,) = read(save("a.html", page))
    assert monograph.text == 'a b\n\nsay "c"'
    assert "escaped line ends" in monograph.damage[0]
    (kept,) = read(save("b.html", "<p>the folder C:\\new\\table</p>"))
    assert kept.text == "the folder C:\\new\\table"


@pytest.mark.parametrize("page", ["", "<html><head><title>t</title></head></html>", "<p> </p>"])
def test_a_page_without_text_is_refused(save: Save, page: str) -> None:
    with pytest.raises(ReadError, match="no text"):
        list(read(save("a.html", page)))


def test_a_page_may_nest_deeper_than_the_stack() -> None:
    markup = "<div>" * 5000 + "deep" + "</div>" * 5000
    assert render_html(markup)[1].text == "deep"

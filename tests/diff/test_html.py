from made_records import fact, record
from monograph_nlp.diff.differing import difference
from monograph_nlp.diff.html import difference_html
from monograph_nlp.diff.lines import headline

EVIL = "<script>alert(1)</script>"


def _page() -> str:
    old = record(
        fact("has_adverse_event", "rash", frequency="common", evidence=(0, 4, EVIL)),
        fact("has_indication", f"{EVIL} gout"),
        id="old<b>",
    )
    new = record(fact("has_adverse_event", "rash", frequency="rare"), id="new<b>", drug="<i>")
    return difference_html(difference([old], [new], old_name="a<b>.txt", new_name="b.txt"))


def test_the_page_stands_alone_and_escapes_everything() -> None:
    page = _page()
    for tag in ("<script", "<b>", "<i>"):
        assert tag not in page
    assert page.count("&lt;script&gt;") >= 3
    assert "frequency common → rare (lowered)" in page
    assert "default-src 'none'" in page


def test_the_words_of_both_sides_stand_in_their_columns() -> None:
    page = _page()
    assert page.index("<th>old</th>") < page.index("<th>new</th>")
    assert "<blockquote>Testamab</blockquote>" in page
    assert "2 differences; 0 facts are the same." in page


def test_a_headline_says_what_changed() -> None:
    old = record(fact("has_indication", "gout", assertion="absent", curie="mesh:1"))
    new = record(fact("has_indication", "gout", curie="mesh:1"))
    (change,) = difference([old], [new]).documents[0].changes
    assert headline(change) == "has_indication gout [mesh:1]: assertion absent → present (flipped)"
    (gone,) = difference([old], [record()]).documents[0].changes
    assert headline(gone) == "has_indication gout [mesh:1]: absent"

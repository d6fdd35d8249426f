from __future__ import annotations

import time
from pathlib import Path

import pytest

from monograph_nlp.errors import ReadError
from monograph_nlp.read import read
from monograph_nlp.types import Monograph

from .conftest import Save

_LABEL = """<?xml version="1.0" encoding="UTF-8"?>
<document xmlns="urn:hl7-org:v3">
 <title>TESTAZOLE<br/>(testazole)<sup>x</sup>  tablets</title>
 <component><structuredBody>
  <component><section><code code="48780-1" codeSystem="2.16.840.1.113883.6.1"/>
   <subject><manufacturedProduct><manufacturedProduct>
    <name>Testazole<suffix>XR</suffix></name>
    <asEntityWithGeneric><genericMedicine><name>testazole</name></genericMedicine>
    </asEntityWithGeneric>
    <part><partProduct><name>Swab</name><asEntityWithGeneric><genericMedicine>
     <name>TESTAZOLE</name></genericMedicine></asEntityWithGeneric></partProduct></part>
   </manufacturedProduct></manufacturedProduct></subject>
  </section></component>
  <component><section ID="s1"><id root="r1"/>
   <code code="34084-4" codeSystem="2.16.840.1.113883.6.1"/>
   <title>6 ADVERSE <content>REACTIONS</content></title>
   <text><paragraph>Seen with a dose of 10
     <sup>2</sup> mg<!-- no --> were:</paragraph>
    <list><item><caption>a.</caption>rash</item>
     <item>pain<list listType="ordered"><item>in the head</item></list></item></list>
    <table><caption>Table 1</caption><thead><tr><th>Event</th><th>Rate</th></tr></thead>
     <tbody><tr><td>rash<footnote>in one trial</footnote></td><td>5<sup>a</sup> %</td></tr></tbody>
    </table></text>
   <excerpt><highlight><text>Most common: rash</text></highlight></excerpt>
   <component><section><id root="r2"/><title>6.1 Trials</title></section></component>
   <component><section><code code="X" codeSystem="1.2.3"/>
    <text>Loose words.</text></section></component>
   <component><observationMedia><text>a picture</text></observationMedia></component>
  </section></component>
 </structuredBody></component>
</document>"""


def _read(save: Save, text: str | bytes) -> Monograph:
    (monograph,) = read(save("label.xml", text))
    return monograph


def test_the_narrative_becomes_text(save: Save) -> None:
    assert _read(save, _LABEL).text == (
        "6 ADVERSE REACTIONS\n\n"
        "Seen with a dose of 10 ² mg were:\na. rash\n• pain\n  1. in the head\n\n"
        "Table 1\nEvent | Rate\nrash | 5a %\nin one trial\n\n"
        "6.1 Trials\n\n"
        "Loose words."
    )


def test_sections_carry_code_title_and_parent_even_if_empty(save: Save) -> None:
    monograph = _read(save, _LABEL)
    found = [
        (s.loinc, s.id, s.title, monograph.text[s.body_start : s.end].strip()[-12:], s.parent)
        for s in monograph.sections
    ]
    assert found == [
        ("48780-1", None, "", "", None),
        ("34084-4", "s1", "6 ADVERSE REACTIONS", "Loose words.", None),
        (None, "r2", "6.1 Trials", "", 1),
        (None, None, "", "Loose words.", 1),
    ]


def test_names_and_title_come_from_the_product_data(save: Save) -> None:
    monograph = _read(save, _LABEL)
    assert monograph.title == "TESTAZOLE (testazole)x tablets"
    assert monograph.brand_names == ("Testazole",)
    assert monograph.drug_names == ("testazole",)
    assert (monograph.id, monograph.format) == ("label", "spl")


def test_other_encodings_are_read(save: Save) -> None:
    label = _LABEL.replace("UTF-8", "ISO-8859-1").replace("Loose words", "Dosis für Säuglinge")
    assert "Dosis für Säuglinge" in _read(save, label.encode("latin-1")).text
    assert "Dosis für Säuglinge" in _read(save, label.encode("utf-16")).text


_BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(12))


@pytest.mark.parametrize(
    ("doctype", "inside"),
    [
        (f"<!DOCTYPE document [{_BOMB}]>", "&e11;"),
        (f"<!DOCTYPE document [{_BOMB}]>", ""),
        ('<!DOCTYPE document [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;"),
        ('<!-- <a> --><!DOCTYPE document [<!ENTITY x SYSTEM "SECRET">]>', "&x;"),
        ('<!DOCTYPE document [<!ENTITY % p SYSTEM "SECRET"> %p;]>', ""),
    ],
)
def test_a_document_that_declares_entities_is_refused(
    save: Save, tmp_path: Path, doctype: str, inside: str
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("<!ENTITY x 'never read'>")
    doctype = doctype.replace("SECRET", secret.as_uri())
    text = _LABEL.replace("<document", f"{doctype}<document").replace("Loose", f"{inside} Loose")
    start = time.perf_counter()
    with pytest.raises(ReadError, match="declares entities"):
        _read(save, text)
    assert time.perf_counter() - start < 2


def test_a_bomb_in_an_attribute_does_not_expand(save: Save) -> None:
    text = _LABEL.replace("<document", f"<!DOCTYPE document [{_BOMB}]><document")
    start = time.perf_counter()
    with pytest.raises(ReadError, match="declares entities"):
        _read(save, text.replace('ID="s1"', 'ID="&e11;"'))
    assert time.perf_counter() - start < 2


def test_a_doctype_without_entities_is_harmless(save: Save) -> None:
    text = _LABEL.replace("<document", '<!DOCTYPE document SYSTEM "spl.dtd"><document')
    assert "Loose words." in _read(save, text).text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (_LABEL[:-12], "broken XML"),
        ("<document>&nbsp;</document>", "broken XML"),
        ("<a>" * 400 + "x" + "</a>" * 400, "broken XML"),
        ("<rss><channel>x</channel></rss>", "the root element is 'rss'"),
        ("<document><text>x</text></document>", "the root element is 'document'"),
        ('<document xmlns="urn:hl7-org:v3"><title>t</title></document>', "no text"),
    ],
)
def test_what_is_no_label_is_refused(save: Save, text: str, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        _read(save, text)


def test_a_damaged_span_counts_as_one(save: Save) -> None:
    label = _LABEL.replace("<th>Event", '<th colspan="two" rowspan="0">Event')
    assert "Event | Rate\n" in _read(save, label).text

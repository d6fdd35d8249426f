import re
from dataclasses import replace

from made_records import TEXT, fact, mention, record, section
from monograph_nlp.evaluate.comparing import compare
from monograph_nlp.evaluate.evaluating import evaluate
from monograph_nlp.evaluate.gold import Gold, GoldDocument, GoldFact, GoldMention
from monograph_nlp.evaluate.html import comparison_html, result_html
from monograph_nlp.evaluate.markdown import comparison_markdown, result_markdown
from monograph_nlp.evaluate.result import Result
from monograph_nlp.evaluate.tables import score_tables, verdict

EVIL = "<script>alert('1')</script> | **x**"
BAD = f"Take {EVIL} daily. It may cause rash."


def evil() -> Result:
    start = BAD.index(EVIL)
    marked = GoldMention("CONDITION", ((start, start + len(EVIL)),), EVIL, "absent")
    facts = (
        GoldFact("has_adverse_event", ("rash",), qualifiers={"frequency": "rare"}),
        GoldFact("has_adverse_event", (EVIL,), quote=f"cause {EVIL}."),
    )
    wanted = Gold(
        "test",
        (GoldDocument("doc<b>", (marked,), facts, text=BAD, subject="other"),),
        {"CONDITION": frozenset({"CONDITION"})},
        notes=("note <i>",),
    )
    found = record(
        fact("has_adverse_event", "rash", frequency="common", evidence=(0, 4, f"rash {EVIL}")),
        fact("has_adverse_event", "fever"),
        mentions=(mention(BAD, "rash", "CONDITION"),),
        id="doc<b>",
        text=BAD,
    )
    return evaluate(wanted, [found], gold_name="<gold>", records_name="a|b", errors=5, rounds=100)


def test_errors_have_their_sentence_and_what_was_said() -> None:
    errors = {(one.stage, one.kind, one.label): one for one in evil().mistakes}
    missed = errors["mentions, strict", "missed", "CONDITION"]
    assert (missed.before, missed.text, missed.behind) == ("Take ", EVIL, " daily.")
    wrong = errors["mentions, strict", "wrong", "CONDITION"]
    assert (wrong.before, wrong.behind) == ("It may cause ", ".")
    value = errors["facts with qualifier", "wrong", "has_adverse_event+frequency"]
    assert value.said == "frequency common, by the gold rare"
    assert (value.before, value.behind) == ("", f" {EVIL}")
    assert errors["subject", "missed", ""].said == "testamab, by the gold other"
    other = errors["facts", "wrong", "has_adverse_event"]
    assert (other.before, other.text, other.behind) == ("Testamab [", "fever", "]")
    stated = errors["facts", "missed", "has_adverse_event"]
    assert (stated.before, stated.behind) == ("cause ", ".")


def test_the_worst_errors_come_first_and_each_once() -> None:
    names = ("rash", "fever", "cough")
    wanted = Gold(
        "test",
        tuple(
            GoldDocument(name, facts=tuple(GoldFact("has_target", (one,)) for one in some))
            for name, some in (("a", names[:1]), ("b", names[:2]))
        ),
    )
    found = [record(id="a"), record(fact("has_target", "x1"), fact("has_target", "x2"), id="b")]
    one = evaluate(wanted, found, errors=1, rounds=100)
    assert [(mistake.kind, mistake.text, mistake.times) for mistake in one.mistakes] == [
        ("missed", "rash", 2),
        ("wrong", "x1", 1),
    ]
    assert evaluate(wanted, found, rounds=100).mistakes == ()


def test_an_error_of_one_line_takes_no_more() -> None:
    text = "First line.\nnausea\tand\x1b[31m fever\nLast."
    wanted = Gold("test", (GoldDocument("doc", (), text=text),), {"DRUG": frozenset({"DRUG"})})
    found = record(mentions=(mention(text, "and", "DRUG"),), text=text)
    (error,) = evaluate(wanted, [found], errors=1, rounds=100).mistakes
    assert (error.before, error.behind) == ("nausea ", "[31m fever")


def test_html_stands_alone_and_escapes_everything() -> None:
    page = result_html(evil())
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "doc&lt;b&gt;" in page
    assert "note &lt;i&gt;" in page
    assert "<title>a|b by &lt;gold&gt;</title>" in page
    assert "http" not in page.replace("http-equiv", "")
    assert "default-src 'none'" in page


def test_markdown_escapes_what_it_would_read() -> None:
    page = result_markdown(evil())
    assert page.startswith("# a\\|b by \\<gold\\>\n")
    assert not re.search(r"(?<!\\)<", page)
    assert "\\<script\\>alert('1')\\</script\\> \\| \\*\\*x\\*\\*" in page
    rows = [line for line in page.splitlines() if line.startswith("| ")]
    assert {line.replace("\\|", "").count("|") for line in rows} == {8}


def test_tables_say_a_lonely_label_once() -> None:
    tables = {one.title: one for one in score_tables(evil())}
    assert [row[0] for row in tables["subject"].rows] == ["all"]
    (facts,) = tables["facts"].rows
    assert facts[:4] == ("has_adverse_event", "0.500", "0.500", "0.500")
    assert facts[5:] == ("2", "2")


def test_comparisons_are_pages_too() -> None:
    one = evil()
    found = compare(one, replace(one, records="<other>"), rounds=100, seed=0)
    assert "&lt;other&gt; beside a|b" in comparison_html(found)
    assert "## facts" in comparison_markdown(found)
    assert verdict(found).startswith("0 of ")


def test_sections_have_a_table_of_their_own() -> None:
    found = record(
        mentions=(mention(TEXT, "nausea"), mention(TEXT, "rash")),
        sections=(section(0, 61, "ONE", id="s1"), section(61, len(TEXT), "TWO", id="s2")),
    )
    wanted = Gold(
        "test",
        (GoldDocument("doc", (GoldMention("ADVERSE_EVENT", ((35, 41),), "nausea"),), text=TEXT),),
        {"ADVERSE_EVENT": frozenset({"ADVERSE_EVENT"})},
    )
    tables = score_tables(evaluate(wanted, [found], rounds=100))
    by_section = next(one for one in tables if one.title == "mentions, strict, by section")
    assert [row[0] for row in by_section.rows] == ["ONE", "TWO"]

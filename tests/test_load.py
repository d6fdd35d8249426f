"""A pipeline is built from a configuration of the user's own, or its mistake is named."""

from __future__ import annotations

import pytest

from monograph_nlp.errors import ConfigError
from monograph_nlp.pipeline import extract, load

PROSE = "Velumatinib (Zynovia) is a kinase inhibitor. It is indicated for asthma."


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('[components]\n[components.linker]\nfactory = "no_such_factory"\n', "no_such_factory"),
        (
            '[components]\n[components.relations]\nfactory = "monograph_relations"\ncolour = 1\n',
            "colour",
        ),
        ("not a configuration", "not a spaCy configuration"),
    ],
)
def test_a_wrong_configuration_is_named_with_its_file(tmp_path, content, message):
    (tmp_path / "my.cfg").write_text(content)
    with pytest.raises(ConfigError, match=r"my\.cfg") as told:
        load(tmp_path / "my.cfg")
    assert message in str(told.value)


def test_a_missing_configuration_is_named(tmp_path):
    with pytest.raises(ConfigError, match=r"nowhere.cfg: no such configuration file"):
        load(tmp_path / "nowhere.cfg")


def test_a_configuration_is_merged_over_the_default_and_changes_the_hash(nlp, tmp_path):
    (tmp_path / "my.cfg").write_text(
        '[components]\n[components.set_aside]\nfactory = "monograph_set_aside"\nlanguage = "de"\n'
    )
    mine = load(tmp_path / "my.cfg")
    assert mine.pipe_names == nlp.pipe_names
    line = "Dieses Arzneimittel ist für die Behandlung nicht bestimmt und wird nicht empfohlen."
    german = PROSE + "\n\n" + line
    (default,), (other,) = extract(german, nlp=nlp), extract(german, nlp=mine)
    assert default.coverage.other_language == len(line)
    assert other.coverage.other_language != len(line)
    assert default.provenance.config_hash != other.provenance.config_hash
    assert default.id != other.id


def test_the_default_profile_has_the_tagger_and_says_which(nlp):
    (record,) = extract(PROSE, nlp=nlp)
    assert record.provenance.model
    assert record.provenance.model.startswith("accurate ")


def test_the_fast_profile_has_a_tagger_of_its_own():
    nlp = load(profile="fast")
    (record,) = extract("6 ADVERSE REACTIONS\nHepatic failure was reported.", nlp=nlp)
    assert record.provenance.model
    assert record.provenance.model.startswith("fast ")
    (event,) = (mention for mention in record.mentions if mention.label == "ADVERSE_EVENT")
    assert (event.text, event.source) == ("Hepatic failure", "model")


def test_the_lexicon_profile_has_no_tagger():
    nlp = load(profile="lexicon")
    assert "tagger" not in nlp.pipe_names
    (record,) = extract(PROSE, nlp=nlp)
    assert record.provenance.model is None


def test_an_unknown_profile_is_told_with_those_there_are():
    with pytest.raises(
        ConfigError, match="profile 'best': expected one of accurate, fast, lexicon"
    ):
        load(profile="best")


def test_a_profile_needs_a_place_for_its_tagger(tmp_path):
    (tmp_path / "my.cfg").write_text('[nlp]\npipeline = ["set_aside", "sections"]\n')
    with pytest.raises(ConfigError, match="has no 'tagger'; add it behind 'lexical'"):
        load(tmp_path / "my.cfg", profile="accurate")


@pytest.mark.filterwarnings("ignore:.*does not have any patterns")
def test_a_component_that_takes_the_taggers_place_is_named(tmp_path):
    pipes = '["sentences", "lexical", "theirs", "mentions"]'
    theirs = '[components]\n[components.theirs]\nfactory = "entity_ruler"\n'
    (tmp_path / "my.cfg").write_text(f"[nlp]\npipeline = {pipes}\n{theirs}")
    (record,) = extract(PROSE, nlp=load(tmp_path / "my.cfg"))
    assert record.provenance.model == "theirs (entity_ruler)"

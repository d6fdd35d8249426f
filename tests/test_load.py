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

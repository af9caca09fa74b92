"""Rulings: what a person decided about actors holds, loses no mention, and is refused where it is wrong."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.errors import SettingsError
from etl.transform.actors.mentions import find_mentions
from etl.transform.actors.register import register_actors
from etl.transform.rulings import Rulings, list_blocks, make_rulings, read_rulings
from tests.etl.transform.newsdesk import lay_out

TEXT = """Strike

The Harbour Workers Union called a strike. The Dockers' League in Norway agreed, said Ann Miller.
Miller met Peter Brown of Quayside. Brown told Quayside that Norway would wait."""
ONE = """
[[actor]]
name = "Harbour Union"
kind = "organisation"
country = "NOR"
aliases = ["Harbour Workers Union", "Dockers' League"]
"""


def rule(toml, folder):
    path = folder / "actors.toml"
    path.write_text(toml, encoding="utf-8")
    return read_rulings(path)


def mentions_under(rulings, text=TEXT, outlet="desk"):
    articles, texts, sentences = lay_out(text, outlet=outlet)
    mentions = find_mentions(articles, texts, sentences, rulings=rulings)
    actors = register_actors(mentions, articles, rulings=rulings)
    columns = ["actor_id", "name", "country"]
    return mentions.merge(actors[columns], on="actor_id", validate="many_to_one")


def names_of(mentions, surface):
    return set(mentions.loc[mentions["surface"] == surface, "name"])


def test_names_of_one_block_are_one_actor_with_its_name_and_country(tmp_path):
    told = mentions_under(rule(ONE, tmp_path))
    joined = told[told["name"] == "Harbour Union"]
    assert set(joined["surface"]) == {"Harbour Workers Union", "Dockers' League"}
    assert joined["actor_id"].nunique() == 1
    assert set(joined["country"]) == {"NOR"}


def test_an_alias_is_found_where_the_recogniser_overlooks_it(tmp_path):
    text = "Strike\n\nOn Monday the quay men went home."
    block = '[[actor]]\nname = "Harbour Union"\nkind = "organisation"\naliases = ["the quay men"]\n'
    found = mentions_under(rule(block, tmp_path), text)
    assert found[["surface", "name", "method"]].to_numpy().tolist() == [
        ["the quay men", "Harbour Union", "alias"]
    ]


def test_a_person_of_the_gazetteer_keeps_the_id_under_another_name(tmp_path):
    text = "Talks\n\nVladimir Putin spoke. Putin left."
    block = '[[actor]]\nname = "Vladimir Putin"\naliases = ["Volodya Putin"]\n'
    before, after = mentions_under(None, text), mentions_under(rule(block, tmp_path), text)
    pd.testing.assert_frame_equal(before, after)


def test_a_kind_and_name_decided_here_hold_for_the_surname_too(tmp_path):
    block = '[[actor]]\nname = "Anna Miller"\nkind = "person"\ncountry = "IRL"\naliases = ["Ann Miller"]\n'
    told = mentions_under(rule(block, tmp_path))
    assert names_of(told, "Ann Miller") == names_of(told, "Miller") == {"Anna Miller"}


@pytest.mark.parametrize(
    ("where", "outlet", "name"),
    [
        ('outlet = "desk"', "desk", "Peter Brown (painter)"),
        ('outlet = "other"', "desk", "Peter Brown"),
        ('text = "Quayside"', "desk", "Peter Brown (painter)"),
        ('text = "Mountain"', "desk", "Peter Brown"),
        ('outlet = "other"\ntext = "Quayside"', "desk", "Peter Brown"),
    ],
)
def test_a_name_is_another_actor_only_where_the_split_says(tmp_path, where, outlet, name):
    block = f'[[split]]\nname = "Peter Brown"\nis = "Peter Brown (painter)"\n{where}\n'
    told = mentions_under(rule(block, tmp_path), outlet=outlet)
    assert names_of(told, "Peter Brown") == names_of(told, "Brown") == {name}


def test_what_is_no_actor_is_not_mentioned_and_all_else_is(tmp_path):
    before = mentions_under(None)
    after = mentions_under(rule('[[no_actor]]\nname = "Peter Brown"\n', tmp_path))
    assert set(before["start"]) - set(after["start"]) == {
        TEXT.index("Peter Brown"),
        TEXT.index("Brown told"),
    }


def test_a_longer_alias_covers_the_country_in_it(tmp_path):
    text = "Talks\n\nThe Free Norway Now rally was held in Norway."
    block = '[[actor]]\nname = "Free Norway Now"\nkind = "group"\n'
    told = mentions_under(rule(block, tmp_path), text)
    assert [one for one in told["surface"] if "Norway" in one] == ["Free Norway Now", "Norway"]


def test_without_a_file_nothing_is_ruled(tmp_path):
    assert read_rulings(tmp_path / "actors.toml") == Rulings()


@pytest.mark.parametrize(
    ("toml", "what", "remedy"),
    [
        ("[actor", "Expected", "write [[actor]]"),
        ('[[person]]\nname = "A"', "person is unknown", "[[actor]] or [[split]]"),
        ('[actor]\nname = "A"', "actor is unknown", "[[actor]]"),
        ('[[actor]]\nnames = "A"', "[[actor]] 1: key names is unknown", "use name, kind"),
        ('[[actor]]\nkind = "person"', "name is missing", "write name"),
        ('[[actor]]\nname = ""', "name must be words", "leave the key out"),
        ('[[actor]]\nname = "Ann Lee"', "Ann Lee has no kind", "write kind"),
        ('[[actor]]\nname = "Ann Lee"\nkind = "human"', "kind human is unknown", "use person"),
        ('[[actor]]\nname = "Oslo Ltd"\nkind = "organisation"\ncountry = "NO"', "country NO", "alpha-3"),
        ('[[actor]]\nname = "Ann Lee"\nkind = "person"\naliases = "Lee"', "aliases must be a list", "["),
        ('[[actor]]\nname = "Ann Lee"\nkind = "person"\naliases = ["-"]', "aliases must be", "["),
        ('[[split]]\nname = "Ann Lee"\nis = "Ann Lee (poet)"', "without saying what and where", "outlet"),
        ('[[split]]\nname = "Ann Lee"\nis = "Ann  LEE"\ntext = "x"', "split into itself", "another name"),
        ('[[actor]]\nname = "Ann Lee"\nkind = "person"\n[[no_actor]]\nname = "Ann Lee"', "and none", "keep"),
        (
            '[[actor]]\nname = "Ann Lee"\nkind = "person"\naliases = ["AL"]\n'
            '[[actor]]\nname = "AL"\nkind = "group"',
            "Ann Lee and AL share a name",
            "join the blocks",
        ),
    ],
)
def test_a_wrong_block_is_refused_with_place_and_remedy(tmp_path, toml, what, remedy):
    with pytest.raises(SettingsError) as refused:
        rule(toml, tmp_path)
    assert what in str(refused.value)
    assert remedy in str(refused.value)
    assert str(tmp_path / "actors.toml") in str(refused.value)


def test_a_file_that_is_no_text_is_refused(tmp_path):
    (tmp_path / "actors.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="cannot be read"):
        read_rulings(tmp_path / "actors.toml")


NAMES = st.sampled_from(
    ["Harbour Workers Union", "Dockers' League", "Ann Miller", "Miller", "Norway", "Brown", "Quayside",
     "Peter Brown of Quayside", "strike", "League in", "Oslo Fund"]
)  # fmt: skip
ACTOR = st.builds(
    lambda names, kind: {"name": names[0], "kind": kind, "aliases": names[1:]},
    st.lists(NAMES, min_size=1, max_size=4, unique=True),
    st.sampled_from(["person", "organisation", "group", "place"]),
)
SPLIT = st.builds(lambda name, other: {"name": name, "is": f"{other} II", "text": "strike"}, NAMES, NAMES)


@settings(max_examples=30, deadline=None)
@given(ACTOR, st.lists(SPLIT, max_size=2))
def test_no_alias_merge_or_split_loses_a_mention(actor, splits):
    before = mentions_under(None)
    after = mentions_under(make_rulings({"actor": [actor], "split": splits}, "here"))
    covering = list(zip(after["start"], after["end"], strict=True))
    for start, end in zip(before["start"], before["end"], strict=True):
        assert any(first <= start and end <= last for first, last in covering)
    assert all(TEXT[row.start : row.end] == row.surface for row in after.itertuples())
    assert (after["start"].to_numpy()[1:] >= after["end"].to_numpy()[:-1]).all()


@settings(max_examples=30, deadline=None)
@given(ACTOR, st.lists(SPLIT, max_size=2))
def test_rulings_written_and_read_are_the_same(actor, splits):
    rulings = make_rulings({"actor": [actor], "split": splits}, "here")
    assert make_rulings(list_blocks(rulings), "there") == rulings

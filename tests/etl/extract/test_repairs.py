"""Repairs: a mark is mended where one reading is left, and kept and counted where not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.repairs import repair_quotes, repair_text


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ('"This is a game,"?she warned.', '"This is a game," she warned.'),
        ('"It means a lot."?"There is more," he said.', '"It means a lot." "There is more," he said.'),
        ('"Is it?"?he asked.', '"Is it?" he asked.'),
        ('They called it "risky"?given the risk.', 'They called it "risky" given the risk.'),
        ('into the residents"?accounts today', "into the residents' accounts today"),
        ('"We know the workers"?rights count," he said.', '"We know the workers\' rights count," he said.'),
        (
            'He said the "worst games"?was over, and "more".',
            'He said the "worst games" was over, and "more".',
        ),
        ('immigration "?their views clear "?but kind', "immigration — their views clear — but kind"),
        ('WASHINGTON"?The president spoke', "WASHINGTON — The president spoke"),
        ('didn"t and they"re and he"s', "didn't and they're and he's"),
        ('one word""?s end', "one word's end"),
        ("they'r here and you'r there", "they're here and you're there"),
        ('Cait O"\ufffdNeill said', "Cait O'Neill said"),
        ('a certain "\ufffdgame plan" of theirs', 'a certain "game plan" of theirs'),
        ('WE CAN"\ufffdT WAIT', "WE CAN'T WAIT"),
        ('baby parts.""Everyone should see', 'baby parts." "Everyone should see'),
        ('said in a statement: ""Flybe can confirm', 'said in a statement: "Flybe can confirm'),
        ("last week.- Dives began", "last week. Dives began"),
        ("to the UK.-The recorder", "to the UK. The recorder"),
        ('urgently needed,"-said Henning', 'urgently needed," said Henning'),
    ],
)
def test_what_has_one_reading_is_mended(broken, mended):
    assert repair_quotes(broken)[0] == mended


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ('told "?0 Minutes" that', 1),  # which digit?
        ('with "?5 felony counts', 1),
        ("Sinn F\ufffd\ufffdin in the D\ufffd\ufffdil", 2),
        ("fined \ufffd10,000", 1),  # pounds or euros?
        ("Johannes R?rig", 1),
        ('as "bargaining chips"? "she wants to', 0),  # it reads either way
    ],
)
def test_what_has_several_readings_stays_and_is_counted(text, left):
    repaired = repair_text(text)
    assert repaired.text == text and (repaired.mended, repaired.left) == (0, left)


@pytest.mark.parametrize(
    "text",
    [
        'He said: "Why?" She said nothing.',
        "A well-known 5-4 vote -- close.",
        'the "pro-life" - not "anti" - side',
        "the workers' rights, 'quoted' words",
        "http://a.example/x?id=1",
        "$1.6-million",
    ],
)
def test_sound_text_stays_as_it_is(text):
    assert repair_text(text).text == text


@given(st.text(alphabet="ab s\"?\ufffd.-,'A5", max_size=40))
def test_repair_ends_in_words_that_were_there(text):
    mended, count = repair_quotes(text)
    assert count >= 0 and [c for c in mended if c in "b5A"] == [c for c in text if c in "b5A"]
    assert mended.count("\ufffd") <= text.count("\ufffd")

"""Fidelity: the class of a pair of wordings, each case read by a person first."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.queries.fidelity import FIDELITIES, Wording, measure_fullness, name_fidelity

SAID = "We will defend the harbour, the quay and every ship in the yards until the winter ends"
CASES = {
    "verbatim": (
        Wording(SAID, "direct"),
        Wording(SAID.upper().replace("HARBOUR", "harbor").replace(",", ""), "direct"),
        Wording("We will defend the harbour (of Norland - ed.), the quay and every ship [of the fleet] "
                "in the yards until the winter ends", "direct"),
        Wording(f"they answered: “{SAID}”", "mixed"),
        Wording(SAID, "indirect"),
    ),
    "truncated": (
        Wording("We will defend the harbor, the quay", "direct"),
        Wording("We will defend the harbour ... until the winter ends", "direct"),
        Wording('they would stay by "every ship in the yards", whatever came', "mixed"),
        Wording("until the winter ends", "indirect"),
    ),
    "edited": (
        Wording("We shall defend the harbour, the quay and each ship in the yards until winter ends", "direct"),
        Wording('she said "we can defend the harbour and every ship in the yards"', "mixed"),
    ),
    "paraphrased": (
        Wording("they would defend the harbour, the quay and every ship in the yards until winter ends", "indirect"),
        Wording("Nobody gives up this port while it freezes", "direct"),
        Wording('they would keep "every ship"', "mixed"),
        Wording("until the winter ends we will ... defend the harbour once more and for all of us here", "direct"),
        Wording("…", "direct"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("expected", CASES)
def test_a_wording_is_classed_as_a_reader_would(expected):
    told = [name_fidelity(Wording(SAID, "direct"), wording) for wording in CASES[expected]]
    assert told == [expected] * len(CASES[expected])


@pytest.mark.parametrize("kind", ["direct", "mixed", "indirect"])
def test_a_grave_concern_is_no_serious_one(kind):
    grave, serious = "should be of grave concern", "should be a serious concern"
    assert name_fidelity(Wording(grave, "direct"), Wording(serious, kind)) == "paraphrased"


def test_the_marks_of_the_fullest_wording_alone_are_its_verbatim_quotation():
    full = Wording(f'the minister said that "{SAID}" with all of them', "mixed")
    assert name_fidelity(full, Wording(SAID, "direct")) == "verbatim"


def test_the_fullest_wording_has_most_words_in_quotation_marks():
    quoted, retold = Wording("We will defend it", "direct"), Wording(SAID, "indirect")
    mixed = Wording('they would "defend it" until the winter ends, and then they would see', "mixed")
    assert sorted([quoted, retold, mixed], key=measure_fullness) == [retold, mixed, quoted]
    assert [measure_fullness(wording) for wording in (quoted, retold, mixed)] == [(4, 4), (0, 17), (2, 13)]


def test_a_quotation_whose_mark_is_not_closed_ends_with_its_span():
    assert Wording('he spoke of "every ship in the yards', "mixed").marked == tuple(
        ["every", "ship", "in", "the", "yards"]
    )


words = st.lists(st.sampled_from(SAID.split()), min_size=4, max_size=12).map(" ".join)


@settings(max_examples=30, deadline=None)
@given(words, st.sampled_from(["direct", "mixed", "indirect"]))
def test_every_wording_is_true_to_itself_and_in_one_class_to_another(text, kind):
    wording = Wording(f'"{text}"' if kind == "mixed" else text, kind)
    assert name_fidelity(wording, wording) == "verbatim"
    assert name_fidelity(Wording(SAID, "direct"), wording) in FIDELITIES


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 12), st.integers(3, 17))
def test_a_run_of_the_fullest_is_truncated_and_the_whole_is_verbatim(start, count):
    every = SAID.split()
    part = every[start : start + count]
    told = name_fidelity(Wording(SAID, "direct"), Wording(" ".join(part), "direct"))
    assert told == ("verbatim" if len(part) == len(every) else "truncated")

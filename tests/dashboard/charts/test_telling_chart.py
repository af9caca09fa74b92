"""Order of telling as drawn: marks stand at their places and never on each other, lines join the same fact."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.telling import DISC, LEAST, TICK, draw_telling, space_marks
from tests.dashboard.charts.drawings import FIVE, lines_of, picture_of, tell

PLACES = st.lists(st.tuples(st.floats(0, 1), st.sampled_from([DISC, TICK])), min_size=1, max_size=30)
TOLD = """
    outlet  | article_id | at | sentence | sentences | place | claim_id | text                | fact            | outlets | apart | number
    Khaleej | h          | 9  | 1        | 3         | 0.0   | quay     | The quay, too.      | Quay.           | 2       | 1.0   | 2
    Khaleej | h          | 50 | 3        | 3         | 1.0   | ferry    | <b>"Ferries"</b> go | Ferries wait.   | 3       | 0.5   | 1
    Kontinent | k        | 30 | 2        | 3         | 0.5   | ferry    | The ferry waits.    | Ferries wait.   | 3       | 0.5   | 1
    Post    | p          | 16 | 1        | 5         | 0.0   | alone    | Only <i>here</i>.   | Only here.      | 1       | 0.0   | –
    Post    | p          | 40 | 3        | 5         | 0.5   | ferry    | Ferries wait.       | Ferries wait.   | 3       | 0.5   | 1
    Post    | p          | 60 | 4        | 5         | 0.75  | crane    | A crane.            | A crane.        | 2       | 0.2   | –
    Post    | p          | 90 | 5        | 5         | 1.0   | quay     | Quays are shut.     | Quay.           | 2       | 1.0   | 2"""


def test_marks_with_room_stand_at_their_places_and_a_crowd_is_moved_apart() -> None:
    assert space_marks([0, 0.5, 1], [20, 20, 20], 120) == [10, 60, 110]
    assert space_marks([0.5, 0.5], [20, 4], 120) == [60, 72]
    assert space_marks([0.9, 0.95, 1], [20, 20, 20], 120) == [70, 90, 110]


@settings(max_examples=20, deadline=None)
@given(PLACES)
def test_no_mark_covers_another_or_leaves_the_field_and_their_order_stays(
    told: list[tuple[float, int]],
) -> None:
    told = sorted(told)
    sizes = [size for _, size in told]
    tops = space_marks([place for place, _ in told], sizes, max(LEAST, sum(sizes)))
    edges = [(top - size / 2, top + size / 2) for top, size in zip(tops, sizes, strict=True)]
    assert edges[0][0] >= -1e-6 and edges[-1][1] <= max(LEAST, sum(sizes)) + 1e-6
    assert all(one[1] <= two[0] + 1e-6 for one, two in pairwise(edges))


def test_lines_join_a_fact_from_outlet_to_outlet_dashed_where_they_pass_one_by() -> None:
    """Columns of Post, Kontinent and Khaleej at a sixth, a half and five sixths of the width."""
    _, picture = picture_of(draw_telling(tell(TOLD), FIVE))
    lines = {line.attrib["d"]: line.attrib for line in picture if "d" in line.attrib}
    assert list(lines) == ["M166.7 170.0L500.0 170.0", "M500.0 170.0L833.3 329.0", "M166.7 329.0L833.3 11.0"]
    assert [line.get("stroke-dasharray") for line in lines.values()] == [None, None, "3 5"]
    assert [line["stroke"] for line in lines.values()] == [FIVE.soft, FIVE.soft, FIVE.ink]


def test_a_mark_has_its_number_and_leads_to_the_sentence_that_it_tells() -> None:
    told = str(draw_telling(tell(TOLD), FIVE))
    spots = re.findall(
        r'<span class="spot(.*?)" style="left:([\d.]+)%;top:([\d.]+)px">.*?article=(\w).*?at=(\d+)', told
    )
    assert spots[0] == (" loose", "16.667", "2.5", "p", "16")
    assert spots[1] == (" no", "16.667", "170.0", "p", "40") and spots[2][0] == ""
    assert spots[-1] == (" no", "83.333", "329.0", "h", "50")
    assert re.findall(r'title="[^"]*">(\d*)</i></a>', told) == ["", "1", "", "2", "1", "2", "1"]
    assert "Khaleej, sentence 3 of 3: &lt;b&gt;&#34;Ferries&#34;&lt;/b&gt; go" in told
    assert "Post, here alone, sentence 1 of 5" in told and "here alone, sentence 4" not in told


def test_the_numbered_facts_stand_in_order_with_the_place_in_each_outlet() -> None:
    listed = lines_of(draw_telling(tell(TOLD), FIVE))[-4:-2]
    assert listed[0].startswith(
        "*1* | Ferries wait. (Post, colour of Post) 3 of 5 →page:articles?article=p&at=40"
    )
    assert "(Kontinent, colour of Kontinent) 2 of 3" in listed[0] and "3 of 3" in listed[0]
    assert listed[1].startswith("*2* | Quay.") and "Kontinent" not in listed[1]


def test_the_first_and_the_last_fact_of_each_outlet_stand_in_its_words_with_their_numbers() -> None:
    first, last = lines_of(draw_telling(tell(TOLD), FIVE))[-2:]
    assert first.startswith(
        "First | (Post) Only <i>here</i>. →page:articles?article=p&at=16 | (Kontinent)*1* The ferry"
    )
    assert first.endswith("(Khaleej)*2* The quay, too. →page:articles?article=h&at=9")
    assert (
        last.startswith("Last | (Post)*2* Quays are shut. →") and '(Khaleej)*1* <b>"Ferries"</b> go →' in last
    )


@pytest.mark.parametrize(("facts", "height"), [(2, LEAST), (16, 46 * 16)])
def test_the_field_is_as_high_as_the_list_beside_it_or_as_its_marks_need(facts: int, height: int) -> None:
    rows = [
        f"{outlet} | a | 0 | {at} | 99 | {at / 99} | c{at} | T | T | 2 | 0.0 | {at}"
        for outlet in ("Khaleej", "Post") for at in range(1, facts + 1)
    ]  # fmt: skip
    told = str(draw_telling(tell("\n".join([TOLD.strip().split("\n")[0], *rows])), FIVE))
    assert f'class="field" style="height:{height}px"' in told
    alone = [f"Post | a | 0 | {at} | 300 | {at / 300} | x{at} | T | T | 1 | 0.0 | –" for at in range(20, 280)]
    full = str(draw_telling(tell("\n".join([TOLD.strip().split("\n")[0], *rows, *alone])), FIVE))
    assert f"height:{facts * DISC + 260 * TICK}px" in full

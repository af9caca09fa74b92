"""Actors, framing and stories as drawn: every mark names its row, too few says so, values are written."""

import pytest

from dashboard.charts.actors import MENTIONS, SPEAKERS, STANCES
from dashboard.charts.framing import CUES, EVIDENCE, FRAMES
from dashboard.charts.stories import ALONE
from dashboard.filters import Filter
from dashboard.theme import DARK, LIGHT
from etl.store import Snapshot
from tests.dashboard.toned_room import fill_toned

WORN = LIGHT.wear(("Kontinent", "Post"))


@pytest.fixture(scope="module")
def toned(tmp_path_factory) -> Snapshot:
    return fill_toned(tmp_path_factory.mktemp("drawn"))


@pytest.mark.parametrize("chart", [MENTIONS, SPEAKERS, FRAMES, CUES], ids=lambda chart: chart.slug)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_mark_names_its_row(toned: Snapshot, chart, theme) -> None:
    answer = chart.query(toned, Filter())
    figure = chart.draw(answer, theme.wear(("Kontinent", "Post")))
    assert sorted(row for trace in figure.data for row in trace.customdata) == list(range(len(answer.frame)))


def test_a_cell_of_the_heat_map_writes_its_value_and_names_its_row(toned: Snapshot) -> None:
    cells, handles = STANCES.draw(STANCES.query(toned, Filter()), WORN).data
    assert cells.text.tolist() == [["−.10", ".60"]]
    assert list(handles.customdata) == [0, 1]
    assert "n = 12 mentions in 12 articles" in cells.hovertext[0][1]


def test_a_cell_that_covers_zero_is_a_dot_on_grey_and_few_are_blank(toned: Snapshot) -> None:
    answer = STANCES.query(toned, Filter())
    frame = answer.frame.assign(low=-1.0, high=1.0)
    frame.loc[1, ["tone", "low", "high"]] = None
    cells, _ = STANCES.draw(type(answer)(frame=frame, n=2, unit="mentions"), WORN).data
    assert cells.text.tolist() == [["·", ""]]
    assert cells.z[0][0] == 0
    assert "too few" in cells.hovertext[0][1]


def test_hover_tells_counts_and_the_interval(toned: Snapshot) -> None:
    (bars,) = MENTIONS.draw(MENTIONS.query(toned, Filter()), WORN).data
    assert "24 of 24, 24 mentions" in bars.hovertext[0]
    assert "[86.2" in bars.hovertext[0]


def test_frames_are_written_for_readers(toned: Snapshot) -> None:
    figure = FRAMES.draw(FRAMES.query(toned, Filter()), WORN)
    assert list(figure.layout.yaxis.ticktext) == ["Human interest"]


def test_evidence_marks_its_words_and_escapes_the_rest(toned: Snapshot) -> None:
    told = str(EVIDENCE.draw(EVIDENCE.query(toned, Filter()), WORN))
    assert "The <mark>union</mark> &lt;b&gt;" in told


def test_few_verbs_are_said_to_be_few(toned: Snapshot) -> None:
    figure = CUES.draw(CUES.query(toned, Filter(actor="port")), WORN)
    assert [note.text for note in figure.layout.annotations] == ["too few verbs", "Neutral: said 6"]


def test_a_bar_of_the_lonely_stories_has_its_interval(toned: Snapshot) -> None:
    told = str(ALONE.draw(ALONE.query(toned, Filter()), WORN))
    assert 'class="fill" style="width:100.0%' in told
    assert 'class="range" style="left:75.8%' in told

"""Names in figures: whatever an outlet, an actor or a word is called, it shows letter for letter and runs nothing."""

import re
import xml.etree.ElementTree as ElementTree
from html import unescape

import plotly.graph_objects as go
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from dashboard.charts import CHARTS
from dashboard.charts.actors import draw_quotes
from dashboard.charts.names import END, START, clip_name, names_as_text, write_plain
from dashboard.export.figure import write_image
from dashboard.export.stamp import Stamp
from dashboard.queries.answer import Answer
from dashboard.theme import LIGHT
from tests.golden.figure_answers import WORN, answer_for, read_rows

OUR_TAGS = {"<b>", "</b>", "<br>", "<extra>", "</extra>"}
TAG = re.compile(r"<[^<>]*>")
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
NAMES = (
    "<img src=x onerror=alert(1)>",
    "<b>bold</b>",
    "A & B &lt; C",
    "$5 and $6",
    '=HYPERLINK("x")',
    "الخليج 24",
)
STAMP = Stamp(slug="x", question="Who?", reading="So.", verdict="", asked="all", source="n = 1", version=1)


def shown(told: str) -> str:
    """What plotly shows of a label without tags: entities become letters, isolates are seen by nobody."""
    return unescape(told).replace(START, "").replace(END, "")


def labels_of(figure: go.Figure) -> list[str]:
    """Everything in a figure that plotly reads as HTML."""
    told = [note.text for note in figure.layout.annotations]
    told += [figure.layout.title.text, *(axis.title.text for axis in figure.select_xaxes())]
    for axis in (*figure.select_xaxes(), *figure.select_yaxes()):
        told += list(axis.ticktext or ())
    for trace in figure.data:
        told += [trace.name, trace.hovertemplate, *flat(trace.hovertext), *flat(trace.text)]
        told += [y for y in flat(trace.y) if isinstance(y, str)]
    return [text for text in told if text]


def flat(value: object) -> list[str]:
    if value is None or isinstance(value, str):
        return [value] if value else []
    return [text for part in value for text in flat(part)] if hasattr(value, "__iter__") else [value]


@given(st.text(max_size=80))
def test_a_name_shows_letter_for_letter_and_holds_no_tag(text):
    told = write_plain(text)
    assert "<" not in told and "$" not in told
    assert shown(told) == text.translate(dict.fromkeys(map(ord, TURNING)))


@given(st.text(alphabet="ab<&$;lt ةج", max_size=60), st.integers(2, 30))
def test_a_long_name_is_cut_between_letters_and_never_inside_an_entity(text, longest):
    cut = shown(clip_name(write_plain(text), longest))
    assert len(cut) <= longest
    assert cut == text if len(text) <= longest else cut.endswith("…") and text.startswith(cut[:-1])


def test_a_name_from_the_right_is_isolated_and_cannot_turn_the_rest():
    assert write_plain("الخليج") == "\u2068الخليج\u2069"
    assert write_plain("evil\u202etxt") == "eviltxt"
    assert clip_name(write_plain("ج" * 50), 10) == "\u2068" + "ج" * 9 + "…\u2069"


def test_the_only_tags_in_labels_are_our_own():
    drawings = {chart.slug: chart.draw(answer_for(chart.slug), WORN) for chart in CHARTS}
    labels = {slug: labels_of(drawn) for slug, drawn in drawings.items() if not isinstance(drawn, Markup)}
    assert len(labels) >= 16 and all(len(told) > 3 for told in labels.values())
    tags = {slug: {tag for text in told for tag in TAG.findall(text)} for slug, told in labels.items()}
    assert {slug: found - OUR_TAGS for slug, found in tags.items() if found - OUR_TAGS} == {}


def test_the_answer_and_the_theme_that_were_given_stay_as_they_are():
    answer = answer_for("actors")
    before = answer.frame.copy()
    seen = []
    names_as_text(lambda given, theme: seen.append((given, theme)))(answer, WORN)
    assert answer.frame.equals(before)
    given, theme = seen[0]
    assert given.frame["actor"].iloc[1] == "&lt;img src=x onerror=alert(1)>"
    assert given.frame["country"].isna().tolist() == [True, False, True]
    assert theme.name_of("Post").startswith("The &lt;b>Post") and theme.colour_of("Post") == WORN.colour_of(
        "Post"
    )


def test_plotly_itself_shows_the_names_as_text():
    rows = "\n".join(f"{name} | 1 | 1 | 0.1 | 0.1 | 0.2" for name in NAMES)
    frame = read_rows(f"speaker | quotes | outlets | share | low | high\n{rows}")
    figure = draw_quotes(Answer(frame=frame, n=6, unit="quotations"), LIGHT)
    svg = ElementTree.fromstring(write_image(figure, STAMP, LIGHT, "svg"))
    told = [
        "".join(part.itertext()).strip(START + END) for part in svg.iter("{http://www.w3.org/2000/svg}text")
    ]
    assert [name for name in NAMES if name not in told] == []
    assert not list(svg.iter("{http://www.w3.org/2000/svg}image"))

"""Charts: draw functions and the Chart records. They colour and label; they never count."""

from dashboard.charts.actors import MENTIONS, SPEAKERS, STANCES
from dashboard.charts.agenda import AGENDA_ACTORS, AGENDA_STORIES, CHURN
from dashboard.charts.changes import CHANGES
from dashboard.charts.chart import Chart
from dashboard.charts.conflicts import CONFLICTS
from dashboard.charts.copying import COPYING
from dashboard.charts.delays import DELAYS
from dashboard.charts.diversity import DIVERSITY
from dashboard.charts.facts import EVENTS, FACTS, FIRSTS, LABELS, QUOTES
from dashboard.charts.framing import CUES, EVIDENCE, FRAMES
from dashboard.charts.health import HEALTH
from dashboard.charts.heard import HEARD
from dashboard.charts.labelled import LABELLED
from dashboard.charts.leading import LEADING
from dashboard.charts.method import DICTIONARY, QUARANTINE, RUNS, SOURCES, STORE_TABLES, VERSIONS
from dashboard.charts.pairs import PASSAGES, SIDE_BY_SIDE
from dashboard.charts.parts import ACTING, PASSIVES
from dashboard.charts.primary import PRIMARY
from dashboard.charts.profile import PROFILE
from dashboard.charts.quoted import QUOTED
from dashboard.charts.reader import CONTEXTS
from dashboard.charts.rhythm import RHYTHM
from dashboard.charts.risen import RISEN
from dashboard.charts.skew import SKEW
from dashboard.charts.sources import SOURCE_TYPES, UNNAMED
from dashboard.charts.stories import ALONE, STORY_LIST
from dashboard.charts.telling import TELLING
from dashboard.charts.timeline import DAYS, HAPPENED, REACH
from dashboard.charts.together import TOGETHER
from dashboard.charts.voices import TONES
from dashboard.charts.volume import VOICE, VOLUME
from dashboard.charts.wording import DISTINCT, SHIFT

CHARTS: tuple[Chart, ...] = (
    VOLUME,
    VOICE,
    LEADING,
    RISEN,
    CHANGES,
    HEALTH,
    STORY_LIST,
    ALONE,
    COPYING,
    SKEW,
    PROFILE,
    DELAYS,
    RHYTHM,
    AGENDA_STORIES,
    AGENDA_ACTORS,
    CHURN,
    DIVERSITY,
    FACTS,
    TELLING,
    TONES,
    LABELS,
    FIRSTS,
    SIDE_BY_SIDE,
    PASSAGES,
    CONFLICTS,
    EVENTS,
    HEARD,
    QUOTES,
    PRIMARY,
    MENTIONS,
    STANCES,
    SPEAKERS,
    QUOTED,
    LABELLED,
    SOURCE_TYPES,
    UNNAMED,
    TOGETHER,
    ACTING,
    PASSIVES,
    DISTINCT,
    SHIFT,
    FRAMES,
    CUES,
    EVIDENCE,
    HAPPENED,
    DAYS,
    REACH,
    CONTEXTS,
    SOURCES,
    RUNS,
    VERSIONS,
    QUARANTINE,
    STORE_TABLES,
    DICTIONARY,
)

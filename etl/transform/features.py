"""FEATURES: the table of contents of transform; one file a feature, their order is the order of need."""

from etl.transform.actors import ACTORS, MENTIONS
from etl.transform.claims import AT_ODDS, CLAIMS, CONFLICTS, ECHOES, GAPS
from etl.transform.dates import DATES
from etl.transform.dates.storied import STORY_DATES
from etl.transform.events import EVENTS
from etl.transform.feature import Feature
from etl.transform.frames import FRAMES
from etl.transform.parts import PARTS
from etl.transform.primaries import PRIMARY_QUOTES
from etl.transform.quotes import QUOTES
from etl.transform.quotes.saidby import QUOTE_SPEAKERS
from etl.transform.quotes.sources import CHAINS
from etl.transform.reprints import REPRINTS
from etl.transform.reuse import REUSE
from etl.transform.sentences import SENTENCES
from etl.transform.stories import STORIES, STORY_ARTICLES
from etl.transform.stories.rulings import JUDGED
from etl.transform.tone import TONES
from etl.transform.tonewords import TONE_WORDS
from etl.transform.utterances import UTTERANCES

FEATURES: tuple[Feature, ...] = (
    SENTENCES,
    TONES,
    TONE_WORDS,
    DATES,
    MENTIONS,
    QUOTES,
    QUOTE_SPEAKERS,
    CHAINS,
    PARTS,
    FRAMES,
    ACTORS,
    REUSE,
    REPRINTS,
    STORY_ARTICLES,
    STORIES,
    JUDGED,
    UTTERANCES,
    CLAIMS,
    ECHOES,
    GAPS,
    CONFLICTS,
    AT_ODDS,
    STORY_DATES,
    EVENTS,
    PRIMARY_QUOTES,
)

"""Own name: an outlet that speaks of itself names no actor; others that speak of it do."""

import pandas as pd
import pytest

from etl.transform.actors.mentions import find_mentions
from tests.etl.transform.newsdesk import lay_out

OUTLETS = pd.DataFrame(
    {
        "outlet": ["nyt", "gulf", "norway"],
        "name": ["The New York Times", "Gulf News Network", "Norway"],
        "domains": ["nytimes.example", "gulfnews.example; aljazeera.example", ""],
    }
)
TEXT = "Talks\n\nThe New York Times reported on Monday that Norway agreed, and Al Jazeera confirmed it."
ALL = {"New York Times", "Norway", "Al Jazeera"}


@pytest.mark.parametrize(
    ("outlet", "own"),
    [("nyt", {"New York Times"}), ("gulf", {"Al Jazeera"}), ("norway", set()), ("elsewhere", set())],
)
def test_an_outlet_is_no_actor_of_its_own_articles_and_hides_no_country(outlet, own):
    mentions = find_mentions(*lay_out(TEXT, outlet=outlet), OUTLETS)
    assert set(mentions["surface"]) == ALL - own

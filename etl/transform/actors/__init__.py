"""Actors: who is named in the news: people, organisations, countries, places and groups, and where."""

from etl.transform.actors.mentions import MENTIONS
from etl.transform.actors.register import ACTORS

__all__ = ["ACTORS", "MENTIONS"]

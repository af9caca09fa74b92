"""Page cleaning: from a web page or saved text to one article, with everything that was cut on record."""

from etl.extract.clean.cleaned import Cleaned
from etl.extract.clean.pages import clean_page
from etl.extract.clean.plaintext import clean_text

__all__ = ["Cleaned", "clean_page", "clean_text"]

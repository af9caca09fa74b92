"""Article and Raw: ids are content hashes, text is headline, subtitle and body."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from etl.article import Article, Raw, content_id


def article(**changes):
    body = ("It rained.", "All day long.")
    return Article(**{"outlet": "post", "item": "a.txt", "title": "Rain", "body": body, **changes})


def test_text_is_headline_subtitle_and_body():
    assert article(subtitle="Again").text == "Rain\n\nAgain\n\nIt rained.\n\nAll day long."


def test_text_without_a_headline_begins_with_the_body():
    assert article(title="").text == "It rained.\n\nAll day long."


def test_words_are_those_of_the_body():
    assert article().words == 5


def test_the_id_stays_when_the_text_changes():
    assert article().article_id == article(title="Snow", body=("It snowed.",)).article_id


def test_the_address_names_an_article_before_the_file_does():
    one, two = article(url="https://post.example/1"), article(url="https://post.example/1", item="b.txt")
    assert one.article_id == two.article_id != article().article_id


def test_two_outlets_never_share_an_article():
    assert article().article_id != article(outlet="kontinent").article_id


def test_a_snapshot_is_the_sha256_of_the_bytes():
    raw = Raw(content=b"", item="x", source="files", seen=datetime(2024, 6, 24, tzinfo=UTC))
    assert raw.snapshot == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@given(st.lists(st.text(st.characters(exclude_characters="\x1f", codec="utf-8")), min_size=2, max_size=4))
def test_ids_tell_where_one_part_ends_and_the_next_begins(parts):
    glued = ["".join(parts)]
    assert len(content_id(*parts)) == 16
    assert content_id(*parts) != content_id(*glued)

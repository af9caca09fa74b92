"""Lines around an article in the languages of its outlets, names, marks of Markdown, columns of records."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.article import Cut
from etl.errors import UnreadableInput
from etl.extract.clean.boilerplate import cut_boilerplate, cut_duplicates, find_rule, part_credit, split_glued
from etl.extract.clean.bylines import clean_authors, is_name, read_byline
from etl.extract.clean.heads import strip_outlet
from etl.extract.clean.languages import detect_language, read_code
from etl.extract.files import split_front_matter, strip_markdown
from etl.extract.records import USUAL, map_columns, tidy_field
from etl.extract.repairs import repair_quotes, repair_text

WORD = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=9)


@pytest.mark.parametrize(
    ("rule", "lines"),
    [
        ("language switcher", ["UA | RU | EN", "Deutsch English", "укр рус"]),
        ("menu word", ["Skip to content", "5 min read", "Tags: harbour, storm", "3 Comments", "Back to top"]),
        ("share buttons", ["Teilen", "Share on Facebook", "Twitter | WhatsApp | E-Mail", "Compartir"]),
        ("read also", ["Lesen Sie auch: Hafen", "À lire aussi : le port", "Leia também: porto",
                       "Czytaj też: port", "Читайте также: порт", "Les også: havnen", "Lees ook: haven"]),
        ("newsletter", ["Subscribe to our daily letter", "Abonnez-vous", "Suscríbete ya",
                        "Підпишіться на канал", "Подписывайтесь на нас", "Newsletter"]),
        ("paywall", ["Il vous reste 72,5 % de cet article à lire.", "To continue reading, log in",
                     "Sie müssen sich anmelden", "この記事は有料会員限定です"]),
        ("follow us", ["Follow us on Instagram", "Suivez-nous sur X", "Síguenos", "Got a news tip?"]),
        ("advertisement", ["Anzeige", "ADVERTISEMENT", "Publicité", "Реклама", "Advertentie:", "Reklama"]),
        ("appeal", ["Support independent journalism", "Soutenez-nous", "Підтримайте нас", "Donate now!"]),
        ("rights", ["All rights reserved", "© Harbour Post 2024", "Alle Rechte vorbehalten",
                    "Todos los derechos reservados"]),
        ("error report", ["Spotted an error? Tell us", "Нашли ошибку? Выделите её", "Знайшли помилку?"]),
        ("picture label", ["Foto: Hafen am Morgen", "Фото: порт", "Zdjęcie: port", "Imagen: el puerto"]),
        ("image source", ["Image source, Getty Images", "Bildquelle, Agentur", "Crédit photo port"]),
        ("label without text", ["Published on", "By:", "Source:"]),
        ("wire credits", ["Additional reporting by Ann Lee", "(Editing by Tom Reed)", "With files from Ann"]),
    ],
)  # fmt: skip
def test_a_line_is_cut_by_the_rule_that_knows_it(rule: str, lines: list[str]) -> None:
    assert {line: (found := find_rule(line)) and found.name for line in lines} == dict.fromkeys(lines, rule)


@pytest.mark.parametrize(
    "sentence",
    [
        "Share prices in the harbour company fell by a tenth on Monday.",
        "Follow the river for a mile and you will reach the pier.",
        "Print runs of both papers were cut in half last year.",
        "Advertising in the city has become dearer, the council said.",
        "Comments by the mayor angered the crews of the ferries.",
        "Copying the plan of 1990 would be a mistake, she said.",
        "Сообщения о буре в порту появились в понедельник утром.",
        "Реклама в городе подорожала, сказали в совете порта.",
        "Die Anzeige gegen den Hafenmeister wurde am Montag zurückgezogen.",
        "Publicité ou non, le port reste fermé, a dit le maire.",
        "Source de conflits, le port divise la ville depuis dix ans.",
        "Printed reports (seen by the Post) say otherwise.",
        "Donated boats lay at the quay for the whole winter.",
        "Watching the pier has become a pastime of the town.",
        "Support us in parliament, he told the crews, and we will pay.",
        "Support our work or lose the port, the union warned.",
    ],
)
def test_sentences_that_open_like_boilerplate_stay_whole(sentence: str) -> None:
    kept = [piece for piece in cut_boilerplate([sentence]) if isinstance(piece, str)]
    assert kept == [sentence]


@pytest.mark.parametrize(
    ("caption", "parts"),
    [
        ("The pier (Ann Lee)", ("The pier", "(Ann Lee)")),
        ("The pier [Reuters].", ("The pier", "[Reuters].")),
        ("The pier at dawn. Photo: Ann Lee", ("The pier at dawn.", "Photo: Ann Lee")),
        ("Der Hafen. Foto: dpa", ("Der Hafen.", "Foto: dpa")),
        ("Порт. Фото: УП", ("Порт.", "Фото: УП")),
        ("The pier, photographed at dawn", ("The pier, photographed at dawn", "")),
        ("(Ann Lee)", ("(Ann Lee)", "")),
    ],
)
def test_a_credit_is_parted_from_its_caption(caption: str, parts: tuple[str, str]) -> None:
    assert part_credit(caption) == parts


@given(
    st.lists(WORD, min_size=3, max_size=8), st.sampled_from(["Donate", "Read more", "Share!", "SUPPORT US"])
)
def test_what_is_glued_to_a_sentence_is_cut_and_no_letter_is_lost(words: list[str], glued: str) -> None:
    sentence = " ".join(words) + "."
    assert split_glued(f"{sentence}{glued}") == [sentence, Cut("appeal", glued, "appeal glued to a sentence")]


@given(st.lists(st.sampled_from(["a b c d e f", "A B, c d e f!", "g h i j k l", "short"]), max_size=8))
def test_of_doubles_the_first_stays_and_nothing_changes_its_place(lines: list[str]) -> None:
    pieces = cut_duplicates(list(lines))
    assert [piece if isinstance(piece, str) else piece.text for piece in pieces] == lines
    kept = [piece for piece in pieces if isinstance(piece, str) and piece != "short"]
    folded = [piece.lower().replace(",", "").replace("!", "") for piece in kept]
    assert sorted(folded) == sorted(
        {line.lower().replace(",", "").replace("!", "") for line in lines} - {"short"}
    )


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Von Anna Schmidt", ("Anna Schmidt",)),
        ("Par Jean-Pierre Dupont et Zoé Martin", ("Jean-Pierre Dupont", "Zoé Martin")),
        ("Por María José García y Juan Pérez", ("María José García", "Juan Pérez")),
        ("Di Luca Rossi e Anna Bianchi", ("Luca Rossi", "Anna Bianchi")),
        ("Av Kari Nordmann og Ola Hansen", ("Kari Nordmann", "Ola Hansen")),
        ("Автор: Олена Петренко", ("Олена Петренко",)),
        ("Author: Ann Lee | Tom Reed", ("Ann Lee", "Tom Reed")),
        ("By ANN LEE", ("Ann Lee",)),
        ("By Ludwig van der Berg", ("Ludwig van der Berg",)),
        ("By Seán O'Brien", ("Seán O'Brien",)),
        ("By Ann Lee, Political Editor", ("Ann Lee",)),
        ("Story by Ann Lee; Tom Reed & Eva Roe", ("Ann Lee", "Tom Reed", "Eva Roe")),
        ("By Reuters", ()),
        ("By Staff Reporter", ()),
        ("By the harbour they waited", None),
        ("By Monday, Ann Lee had left the town.", None),
        ("Bypass opens", None),
        ("By", None),
    ],
)
def test_bylines_of_several_languages(line: str, names: tuple[str, ...] | None) -> None:
    assert read_byline(line) == names


@pytest.mark.parametrize(
    ("written", "names"),
    [
        (["Lee, Ann"], ("Ann Lee",)),
        (["By Ann Lee", "ANN LEE", "Ann Lee (BBC)"], ("Ann Lee",)),
        (["ann@post.example"], ()),
        (["https://post.example/ann"], ()),
        (["Harbour Post"], ()),
        (["Ann Lee in Oslo", "Tom Reed for the Post"], ("Ann Lee", "Tom Reed")),
        (["Ann Lee – Tom's colleague"], ("Ann Lee",)),
        ([""], ()),
    ],
)
def test_names_of_metadata_are_persons_once(written: list[str], names: tuple[str, ...]) -> None:
    assert clean_authors(written, outlet="harbour post") == names


@given(st.lists(WORD, min_size=2, max_size=4))
def test_words_without_capitals_are_no_name(words: list[str]) -> None:
    assert not is_name(" ".join([words[0].capitalize(), *words[1:], "zzz"]))


@pytest.mark.parametrize(
    ("title", "outlet", "left"),
    [
        ("Pier open - Harbour Post", "Harbour Post", "Pier open"),
        ("Pier open – HARBOUR POST", "Harbour Post", "Pier open"),
        ("Pier open · HarbourPost", "Harbour Post", "Pier open"),
        ("Pier open | News | Harbour Post", "Harbour Post", "Pier open | News"),
        ("Pier open: Harbour Post", "Harbour Post", "Pier open: Harbour Post"),
        ("Pier open : Harbour Post", "Harbour Post", "Pier open"),
        ("Pier open | Other Post", "Harbour Post", "Pier open | Other Post"),
        ("Harbour Post", "Harbour Post", "Harbour Post"),
        ("Pier open | Harbour Post", "", "Pier open | Harbour Post"),
        ("Порт відкрито | Порт", "порт", "Порт відкрито"),
    ],
)
def test_only_the_outlet_goes_from_a_title(title: str, outlet: str, left: str) -> None:
    assert strip_outlet(title, outlet) == left


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("**bold** and *slanted*", "bold and slanted"),
        ("__bold__ and _slanted_", "bold and slanted"),
        ("snake_case_name stays", "snake_case_name stays"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("a [link](https://a.example/x_(y)) here", "a link here"),
        ("![a pier](x_(2).png)Text (more)", "Text (more)"),
        ('a [link](https://a.example "Of (two) piers") here', "a link here"),
        ("a [link](https://a.example/x_(y) here (and there)", "a link here (and there)"),
        ("a [link](https://a.example) here", "a link here"),
        ("![a picture](x.png)Text", "Text"),
        ("## Head", "Head"),
        ("# Title", "# Title"),
        ("###### Deep", "Deep"),
        ("#hashtag", "#hashtag"),
        ("> quoted", "quoted"),
        ("5 > 3", "5 > 3"),
        ("a\n\n---\n\nb", "a\n\n\n\nb"),
        ("a\n\n* * *\n\nb", "a\n\n\n\nb"),
        ("```\ncode *x*\n```\nText", "\nText"),
        ("- item one", "- item one"),
        ("It cost $5 * tax", "It cost $5 * tax"),
        ("**Kyiv** — said _Ann_.", "Kyiv — said Ann."),
        ("[one](a) and [two](b)", "one and two"),
    ],
)
def test_markdown_loses_its_marks_only(marked: str, plain: str) -> None:
    assert strip_markdown(marked) == plain


@given(st.lists(WORD, min_size=1, max_size=9))
def test_plain_words_are_no_markdown(words: list[str]) -> None:
    assert strip_markdown(" ".join(words)) == " ".join(words)


@pytest.mark.parametrize(
    ("text", "told", "below"),
    [
        ("---\ntitle: A\n---\nB", {"title": "A"}, "B"),
        ("---\r\ntitle: 'A: b'\r\n---\r\nB", {"title": "A: b"}, "B"),
        (
            "---\nHeadline: A\nDATE: 2024-06-04\nlink: x\n---\n",
            {"title": "A", "published": "2024-06-04", "url": "x"},
            "",
        ),
        ("---\ntitle: \nmood: grim\n---\nB", {}, "B"),
        ("---\nauthors: [Ann Lee]\n---\nB", {"authors": "Ann Lee"}, "B"),
        ("---\nno end\nB", {}, "---\nno end\nB"),
        ("B\n---\ntitle: A\n---\n", {}, "B\n---\ntitle: A\n---\n"),
    ],
)
def test_front_matter_is_read_at_the_top_only(text: str, told: dict[str, str], below: str) -> None:
    assert split_front_matter(text) == (told, below)


@pytest.mark.parametrize(
    ("names", "columns"),
    [
        (["Headline", "Body"], {"title": "Headline", "text": "Body"}),
        (
            ["TITLE", "Full Text", "Publish-Date"],
            {"title": "TITLE", "text": "Full Text", "published": "Publish-Date"},
        ),
        (["title", "headline", "text"], {"title": "title", "text": "text"}),
        (["headline", "title", "text"], {"title": "title", "text": "text"}),
        (["link", "url", "body"], {"url": "url", "text": "body"}),
        (["content", "text"], {"text": "text"}),
        ([" Text ", "Source Name", "Lang"], {"text": " Text ", "outlet": "Source Name", "language": "Lang"}),
        (["raw_html", "permalink"], {"html": "raw_html", "url": "permalink"}),
        (
            ["maintext", "date_publish", "authors"],
            {"text": "maintext", "published": "date_publish", "authors": "authors"},
        ),
        (["text", "Text"], {"text": "text"}),
        (["_id", "guid", "article"], {"text": "article", "id": "guid"}),
        (
            ["article_id", "article_source_link", "publish_date", "subtitle", "text"],
            {
                "id": "article_id",
                "url": "article_source_link",
                "published": "publish_date",
                "subtitle": "subtitle",
                "text": "text",
            },
        ),
    ],
)
def test_columns_are_guessed_from_their_names(names: list[str], columns: dict[str, str]) -> None:
    assert map_columns(names, {}, "x.csv") == columns


def test_a_given_column_beats_the_guess_and_the_rest_is_guessed() -> None:
    columns = map_columns(["title", "text", "lede", "url"], {"title": "lede"}, "x.csv")
    assert columns == {"title": "lede", "text": "text", "url": "url"}


@given(st.sampled_from(sorted(USUAL)), st.data())
def test_every_usual_name_is_known_in_any_case(field: str, data: st.DataObject) -> None:
    usual = data.draw(st.sampled_from(USUAL[field]))
    written = data.draw(st.sampled_from([usual, usual.upper(), usual.title(), usual.replace("_", " ")]))
    others = [] if field in ("text", "html") else ["text"]
    assert map_columns([written, *others], {}, "x.csv")[field] == written


def test_no_column_of_text_names_those_that_are_there() -> None:
    with pytest.raises(UnreadableInput, match="found a, b"):
        map_columns(["a", "b"], {}, "x.csv")


@pytest.mark.parametrize(
    ("value", "tidied"),
    [
        ("A &amp; B", "A & B"), ("<b>A</b> B", "A B"), ("3 < 4", "3 < 4"), ("R&D at A&M", "R&D at A&M"),
        ("A<script>alert(1)</script>", "A"), ("caf&eacute;", "café"), ("&#8220;A&#8221;", "“A”"),
    ],
)  # fmt: skip
def test_a_field_of_an_export_loses_markup_and_keeps_signs(value: str, tidied: str) -> None:
    assert tidy_field(value) == tidied


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ('"Stop!"?she cried.', '"Stop!" she cried.'),
        ('the boys"?boots are wet', "the boys' boots are wet"),
        ('"I don"t know," he said.', '"I don\'t know," he said.'),
        ('He"ll come and I"m glad', "He'll come and I'm glad"),
        ('LONDON"?The mayor resigned', "LONDON — The mayor resigned"),
        ('O"\ufffdBrien won', "O'Brien won"),
        ('she said. "\ufffdWe left', 'she said. "We left'),
        ("The end.- Next day", "The end. Next day"),
        ("we'r late", "we're late"),
        ('in two parts.""Both are lost', 'in two parts." "Both are lost'),
    ],
)
def test_broken_marks_are_mended_where_one_reading_is_left(broken: str, mended: str) -> None:
    assert repair_quotes(broken)[0] == mended


@pytest.mark.parametrize("text", ["Caf\ufffd", 'paid "?5', "a b", "Sch?n", "\ufffd\ufffd"])
def test_a_lost_letter_is_never_invented(text: str) -> None:
    kept = [sign for sign in repair_text(text).text if sign.isalnum()]
    assert kept == [sign for sign in text if sign.isalnum()]


@given(st.text("ab .\"?-'\ufffdS", max_size=40))
def test_mending_counts_itself_and_ends(text: str) -> None:
    first = repair_text(text)
    assert first.mended >= 0
    assert (first.text == text) or first.mended > 0


@pytest.mark.parametrize(
    ("tag", "code"),
    [("en-GB", "en"), ("pt_BR", "pt"), ("UK", "uk"), (" de ", "de"), ("zh-Hans-CN", "zh"), ("deu", "und"),
     ("x", "und"), ("12", "und"), ("", "und"), ("рус", "und"), ("ру", "und")],
)  # fmt: skip
def test_language_tags_become_two_letters(tag: str, code: str) -> None:
    assert read_code(tag) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Der Hafen wurde am Montag nach dem Sturm wieder geöffnet, sagte der Bürgermeister.", "de"),
        ("Le port a rouvert lundi après la tempête, a déclaré le maire de la ville.", "fr"),
        ("El puerto volvió a abrir el lunes después de la tormenta, dijo el alcalde.", "es"),
        ("Порт снова открылся в понедельник после бури, сообщил мэр города журналистам.", "ru"),
        ("Порт знову відкрився у понеділок після бурі, повідомив міський голова.", "uk"),
        ("Port został ponownie otwarty w poniedziałek po burzy, powiedział burmistrz.", "pl"),
        ("Il porto ha riaperto lunedì dopo la tempesta, ha detto il sindaco della città.", "it"),
        ("港口在暴风雨过后于星期一重新开放，市长对记者表示，第一批船只已经在黎明时分离开。", "zh"),
    ],
)
def test_the_language_is_read_from_the_words_whatever_the_page_claims(text: str, code: str) -> None:
    assert detect_language("", (text,), declared="en") == code

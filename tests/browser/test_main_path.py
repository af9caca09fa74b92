import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.browser
PATIENCE = 120_000  # milliseconds; a loaded machine is slow
WIDER = """() => {
    const main = document.querySelector("[data-testid=stMain]");
    const wide = main.scrollWidth > main.clientWidth ? [main, ...main.querySelectorAll("*")] : [];
    const beyond = wide.filter(part => part === main || part.getBoundingClientRect().right > main.clientWidth + 1);
    return beyond.map(part => `${part.tagName} ${part.className} ${part.scrollWidth}`);
}"""  # what makes the page wider than the screen


class Visit:
    """A page and every address that it asked for."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address, self.asked = page, address, []
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("websocket", lambda socket: self.asked.append(socket.url))

    def open(self, path: str = "/") -> Page:
        self.page.goto(self.address + path)
        expect(self.page.locator("h1").first).to_be_visible(timeout=PATIENCE)
        return self.page


@pytest.fixture(scope="module")
def profile(browser: Browser) -> BrowserContext:
    """One profile for all visits: what the dashboard is made of is fetched once."""
    return browser.new_context(viewport={"width": 1440, "height": 1400}, accept_downloads=True)


@pytest.fixture
def visit(profile: BrowserContext, address: str) -> Iterator[Visit]:
    page = profile.new_page()
    visited = Visit(page, address)
    yield visited
    page.close()
    outside = [
        url for url in visited.asked if "//127.0.0.1:" not in url and not url.startswith(("data:", "blob:"))
    ]
    assert outside == [], "a request left the machine"


def click_bar(page: Page, row: int) -> None:
    bar = page.locator(".st-key-card-voice .bars .point path").nth(row)
    bar.wait_for()
    box = bar.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 15, box["y"] + box["height"] / 2)


def test_filter_then_click_a_mark_then_read_the_article(visit: Visit) -> None:
    page = visit.open("/?unit=texts")
    click_bar(page, 1)
    opened = page.locator(".st-key-opened-voice")
    expect(opened).to_contain_text("A late article", timeout=PATIENCE)
    opened.get_by_text("A late article").click()
    expect(page.get_by_text("The harbour reopened on Monday.").first).to_be_visible(timeout=PATIENCE)
    expect(page).to_have_url(re.compile("(?=.*article=)(?=.*unit=texts)"), timeout=PATIENCE)


def test_a_filter_survives_a_page_change_and_back(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.address + "/?outlets=Nordlys")  # and leave it at once, while it is still being drawn
    page.get_by_text("Data and method", exact=True).first.click()
    expect(page.get_by_text("Where do the numbers come from?")).to_be_visible(timeout=PATIENCE)
    expect(page).to_have_url(re.compile("/method.*outlets=Nordlys"), timeout=PATIENCE)
    page.go_back()
    expect(page.get_by_text("n = 51 articles").first).to_be_visible(timeout=PATIENCE)


def test_the_downloaded_png_shows_the_chart(visit: Visit) -> None:
    page = visit.open()
    with page.expect_download(timeout=120_000) as download:
        page.locator(".st-key-get-voice").get_by_text("PNG", exact=True).click()
    assert download.value.suggested_filename == "voice-v2.png"
    image = Image.open(io.BytesIO(Path(download.value.path()).read_bytes())).convert("RGB")
    colours = {colour for count, colour in image.getcolors(1 << 24) or () if count > 500}
    assert {(0x00, 0x72, 0xB2), (0xB4, 0x50, 0x1E), (0x00, 0x9E, 0x73)} <= colours


def test_no_page_scrolls_sideways_on_a_phone(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page, heads = visit.open(), []
    for path in (
        "/",
        "/stories",
        "/story",
        "/actors",
        "/framing",
        "/timeline",
        "/outlets",
        "/articles",
        "/method",
    ):
        page.evaluate(
            "path => { history.pushState({}, '', path); dispatchEvent(new PopStateEvent('popstate')) }", path
        )
        expect(page.locator("h1").first).not_to_have_text(heads[-1] if heads else "")
        page.wait_for_selector("[data-test-script-state=notRunning]")
        page.wait_for_timeout(500)  # charts are being laid out
        assert (path, page.evaluate(WIDER)) == (path, [])
        heads.append(page.locator("h1").first.inner_text())
    assert len(set(heads)) == 9


def test_a_phone_unfolds_the_filters(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = visit.open()
    expect(page.locator(".st-key-bar")).to_be_hidden()
    page.locator("label.folded").click()
    expect(page.locator(".st-key-bar")).to_be_visible()

"""Worker: the one Chromium that draws images. Two callers at once got each other's image; one thread
cannot.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import kaleido
from choreographer.errors import BrowserClosedError, BrowserFailedError, ChromeNotFoundError
from kaleido.errors import KaleidoError
from PIL import Image, ImageChops

from etl.errors import ExportFailed

LONGEST = 90  # seconds that a figure may take, a cold browser included
SCALE = 2  # pixels a CSS pixel: sharp on paper
HIGHEST, A_LETTER = 8000, 1.2  # CSS pixels: of a photograph, and of a letter in the narrowest column
TAG = re.compile("<[^>]*>")
_one_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="export")


def find_browser() -> str:
    """The Chromium to draw with: BROWSER_PATH, else one on the path.

    Raises:
        ExportFailed: there is none; the message says how to get one.
    """
    named = os.environ.get("BROWSER_PATH", "")
    found = named or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
    )
    if not found or not Path(found).exists():
        raise ExportFailed(
            f"no browser to draw with{f' at {named}' if named else ''}; install Chromium "
            f"(Debian: apt-get install "
            "chromium) or set BROWSER_PATH, or choose HTML or CSV, which need none"
        )
    return found


def draw_image(figure: dict[str, Any], kind: str, slug: str) -> bytes:
    """The image of a figure, drawn by the only worker; callers wait their turn.

    Raises:
        ExportFailed: no browser, or it failed.
    """
    browser = find_browser()
    return _one_thread.submit(_draw, figure, kind, slug, browser).result(timeout=None)


def close_worker() -> None:
    """End the browser that draws figures; the next figure opens one again."""
    _one_thread.submit(kaleido.stop_sync_server, silence_warnings=True).result()


def photograph_page(page: str, kind: str, slug: str, width: int = 1200) -> bytes:
    """A PNG of an HTML page, as high as it needs.

    Raises:
        ExportFailed: no browser, it failed, or another format was asked for.
    """
    if kind != "png":
        raise ExportFailed(f"{slug} is a table: choose PNG, HTML or CSV instead of {kind.upper()}")
    return _one_thread.submit(_photograph, page, slug, width, find_browser()).result(timeout=None)


def _draw(figure: dict[str, Any], kind: str, slug: str, browser: str) -> bytes:
    options = {"format": kind, "width": figure["layout"]["width"], "height": figure["layout"]["height"]}
    if kind == "png":
        options["scale"] = SCALE
    try:
        kaleido.start_sync_server(n=1, path=browser, timeout=LONGEST, silence_warnings=True)
        image: bytes = kaleido.calc_fig_sync(figure, opts=options)
        return image
    except (
        KaleidoError,
        ChromeNotFoundError,
        BrowserFailedError,
        BrowserClosedError,
        OSError,
        TimeoutError,
    ) as error:
        raise ExportFailed(
            f"{slug} could not be drawn by {browser}: {error or type(error).__name__}"
        ) from error


def _photograph(page: str, slug: str, width: int, browser: str) -> bytes:
    """Print the page to PNG by a headless browser of its own."""
    with tempfile.TemporaryDirectory() as folder:
        source, image = Path(folder, "page.html"), Path(folder, "page.png")
        source.write_text(page, encoding="utf-8")
        command = [
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--disable-dev-shm-usage",
            f"--user-data-dir={folder}/profile",
            f"--force-device-scale-factor={SCALE}",
            f"--window-size={width},{_guess_height(page)}",
            f"--screenshot={image}",
            source.as_uri(),
        ]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=LONGEST)  # noqa: S603  # our own list
            return _trim(image.read_bytes())
        except (OSError, subprocess.SubprocessError) as error:
            raise ExportFailed(f"{slug} could not be drawn by {browser}: {error}") from error


def _trim(image: bytes) -> bytes:
    """The image without the empty rest of the page below its card; the margin stays as wide as above."""
    whole = Image.open(io.BytesIO(image)).convert("RGB")
    empty = Image.new("RGB", whole.size, whole.getpixel((0, 0)))
    found = ImageChops.difference(whole, empty).getbbox()
    if found is None:
        return image
    trimmed = io.BytesIO()
    whole.crop((0, 0, whole.width, min(whole.height, found[3] + found[1]))).save(trimmed, "PNG")
    return trimmed.getvalue()


def _guess_height(page: str) -> int:
    """High enough for the rows and the letters of the page, in CSS pixels; what is too much is cut away."""
    body = page.rpartition("</style>")[2]
    rows = body.count("<tr") + body.count('class="item"') + body.count('class="row"')
    return min(HIGHEST, 400 + 62 * rows + round(A_LETTER * len(TAG.sub("", body))))

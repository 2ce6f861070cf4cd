"""A real Chromium for tests, and what it did: requests and console messages."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

_FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --window-size=1400,900"
)


@contextmanager
def chromium(profile: Path) -> Iterator[webdriver.Chrome]:
    """Starts Chromium with a fresh profile."""
    options = webdriver.ChromeOptions()
    for flag in (*_FLAGS.split(), f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        yield driver
    finally:
        driver.quit()


def requests(driver: webdriver.Chrome) -> list[str]:
    """Addresses that pages have asked for since the last call, without those inside the page and the browser."""
    messages = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    urls = [each["params"]["request"]["url"] for each in messages if each["method"] == "Network.requestWillBeSent"]
    return [url for url in urls if not url.startswith(("data:", "chrome:"))]


def complaints(driver: webdriver.Chrome) -> list[str]:
    """What the browser's console says since the last call: errors, refusals by policy and the like."""
    return [entry["message"] for entry in driver.get_log("browser")]

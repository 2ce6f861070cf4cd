"""Writes docs/graph.png, the README's picture: the sample's graph around a benchmark, as Chromium shows it."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

NAME = "MTEB"
PICTURE = Path(__file__).with_name("graph.png")
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars --force-device-scale-factor=1.5"
)


def main() -> None:
    """Builds the sample, renders the neighbourhood, takes the picture."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "graph.html"
        kg = [sys.executable, "-m", "kg.cli"]
        subprocess.run([*kg, "demo", "--store", f"{folder}/store", "--out", str(page)], check=True)
        options = webdriver.ChromeOptions()
        for flag in (*FLAGS.split(), f"--user-data-dir={folder}/chromium", "--window-size=1500,960"):
            options.add_argument(flag)
        browser = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        try:
            browser.get(page.as_uri())
            WebDriverWait(browser, 20).until(lambda each: each.execute_script("return document.body.dataset.drawn"))
            browser.save_screenshot(str(PICTURE))
        finally:
            browser.quit()
    print(f"{PICTURE} written")


if __name__ == "__main__":
    main()

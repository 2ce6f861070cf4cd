"""What README and docs say works: their questions are understood, their commands exist, their links lead somewhere."""

import re
from pathlib import Path

import pytest
from sample_store import kg

from kg import questions
from kg.store import open_store

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "kg" / "extraction" / "model" / "README.md"]
README = PAGES[0].read_text(encoding="utf-8")


def test_the_questions_of_the_readme_are_understood(sample_store: Path) -> None:
    others = re.search(r"Other questions: (.+?)\n\n", README, re.DOTALL)
    worded = re.search(r"worded as you like \((.+?)\)", README, re.DOTALL)
    assert others and worded
    found = re.findall(r'"([^"]+)"', f"{others[1]} {worded[1]}".replace("\n", " "))
    assert len(found) >= 8
    with open_store(str(sample_store)) as store:
        for question in found:
            assert questions.ask(store, question).rows, question


def test_the_first_answer_shown_is_the_one_given(sample_store: Path) -> None:
    asked = kg("ask", "which papers evaluate on MTEB", "--store", sample_store, COLUMNS="92")
    given = "\n".join(line.rstrip() for line in asked.stdout.splitlines())
    first, rest = README.split("```")[1].split("\n…\n")
    assert given.startswith(first.split("\n", 2)[2])
    assert given.endswith(rest.rstrip())


@pytest.mark.slow
@pytest.mark.parametrize("command", sorted(set(re.findall(r"^\$? *kg (\w+)", README, re.MULTILINE))))
def test_the_commands_of_the_readme_exist(command: str) -> None:
    assert kg(command, "--help").returncode == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere_and_nothing_is_left_open(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "<<" not in text and "TODO" not in text
    for target in re.findall(r"\]\(([^)#]+)", text):
        assert target.startswith("http") or (page.parent / target).exists(), target

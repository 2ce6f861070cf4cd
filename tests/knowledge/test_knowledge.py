import subprocess
import sys

import pytest

from kg.knowledge.origins import load_origins

READS_ALL = """
import importlib, pkgutil, sys
import kg
before = set(sys.modules)
import kg.knowledge
from kg.knowledge.origins import load_origins
for module in pkgutil.walk_packages(kg.knowledge.__path__, "kg.knowledge."):
    importlib.import_module(module.name)
assert load_origins()
print(*sorted(name for name in set(sys.modules) - before if name.startswith(("spacy", "thinc", "kg."))))
"""


def test_what_is_known_is_read_without_spacy_and_without_what_comes_after_it():
    done = subprocess.run([sys.executable, "-c", READS_ALL], capture_output=True, text=True, check=True)
    rooms = {".".join(name.split(".")[:2]) for name in done.stdout.split()}
    assert rooms == {"kg.knowledge", "kg.text"}


@pytest.mark.parametrize(
    ("model", "family"), [("Gemini 2.5 Pro", "Gemini 2.5"), ("Qwen3-8B", "Qwen3"), ("Gemma-2-9B", "Gemma 2")]
)
def test_a_model_of_a_family_comes_from_the_report_of_the_family(model: str, family: str) -> None:
    papers = {
        name: {o.identity for o in load_origins() if (o.type, o.name) == ("Model", name)} for name in (model, family)
    }
    assert papers[model] and papers[model] <= papers[family]

import subprocess
import sys

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

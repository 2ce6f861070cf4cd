"""Packages of algorithms: optimizers, attacks and defences, reinforcement learning, recommenders."""

import re
from collections.abc import Iterator

from entry import Entry, Paper, key
from fetch import Package
from names import is_coined, is_identifier, written_name
from source_code import classes
from texts import ARXIV, arxiv_id, long_and_short, plain, title_name

TABLE_ROW = re.compile(
    r"^\| *([A-Z][\w+-]{2,24}) *\| *\*?([^|*]{8,200})\*? *\|.*?(https?://arxiv\.org/\S+?)[)\]]", re.MULTILINE
)
REFERENCE = re.compile(r"Reference:?\s*(?:[^\"“]{3,200}?)[\"“](.{8,250}?)[\"”](?:.{0,80}?(\d{4}))?", re.DOTALL)


def optimizers(package: Package) -> Iterator[Entry]:
    """The tables of optimizers in pytorch-optimizer's README, whose titles are shortened and so left out."""
    for name, _, link in TABLE_ROW.findall(package.metadata()):
        if is_coined(name) and not name.endswith("Loss"):
            yield Entry(name, "Method", package.source, paper=Paper(arxiv=arxiv_id(link)))


def attacks(package: Package) -> Iterator[Entry]:
    """Attacks and defences: the class's docstring, or its module's, links to one paper."""
    for path in sorted((package.root / "art").rglob("*.py")):
        if not {"attacks", "defences"} & set(path.parts):
            continue
        for name, doc, _ in classes(path):
            linked = set(ARXIV.findall(doc))
            bare = re.sub(r"(?:Attack|PyTorch|TensorFlowV2|Numpy|Base|Method)+$", "", name)
            written = written_name(bare, None, doc[:300])
            if written and len(linked) == 1 and not is_identifier(written):
                yield Entry(written, "Method", package.source, paper=Paper(arxiv=linked.pop()))


def recipes(package: Package) -> Iterator[Entry]:
    """TextAttack's recipes, classes called NameAuthorYear, with their arXiv links."""
    for path in sorted((package.root / "textattack" / "attack_recipes").glob("*.py")):
        for name, doc, _ in classes(path):
            found = re.fullmatch(r"(.+?)((?:[A-Z][a-z]+)(20\d\d))", name)
            if found and is_coined(found.group(1)) and (linked := arxiv_id(doc)):
                written = written_name(found.group(1), None, doc) or found.group(1)
                yield Entry(written, "Method", package.source, paper=Paper(arxiv=linked))


def reinforcement(package: Package) -> Iterator[Entry]:
    """Algorithms whose docstrings say "Long Form (ABC)" or name their paper."""
    for path in sorted(package.root.rglob("*.py")):
        for name, doc, _ in classes(path):
            text = re.sub(r"^Config of |^Configuration of |^The ", "", doc)
            linked = sorted(set(ARXIV.findall(doc)))
            bare = name.removesuffix("Config")
            form = long_and_short(text)
            if form and key(form[1]) == key(bare) and linked:
                long = re.sub(r"\s+algorithm$", "", form[0])
                yield Entry(form[1], "Method", package.source, [long], Paper(arxiv=linked[0]))
                continue
            long_only = re.match(r"((?:[A-Z][\w-]+ ?){2,6}?) algorithm\b", text)
            if long_only and len(linked) == 1 and is_coined(bare) and len(bare) <= 8 and not is_identifier(bare):
                yield Entry(bare, "Method", package.source, [long_only.group(1).strip()], Paper(arxiv=linked[0]))


def recommenders(package: Package) -> Iterator[Entry]:
    """RecBole's models: the module's first line is the name, its reference the paper."""
    for path in sorted((package.root / "recbole" / "model").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        opening = re.search(r"r?\"\"\"\s*\n([\w+/-]+)\n#{5,}\s*\n(.*?)\"\"\"", text, re.DOTALL)
        if not opening:
            continue
        reference = REFERENCE.search(opening.group(2))
        title = plain(reference.group(1)) if reference else None
        year = int(reference.group(2)) if reference and reference.group(2) else None
        head = title_name(title)
        name = head if head and key(head) == key(opening.group(1)) else opening.group(1)
        if title and is_coined(name) and not is_identifier(name):
            yield Entry(name, "Model", package.source, paper=Paper(title, year=year))


def collect(package: Package) -> Iterator[Entry]:
    """The entries of one of these packages."""
    readers = {
        "pytorch-optimizer": optimizers,
        "adversarial-robustness-toolbox": attacks,
        "textattack": recipes,
        "recbole": recommenders,
    }
    yield from readers.get(package.name, reinforcement)(package)

"""OpenMMLab packages: model collections with their papers, and the data sets of their results, from metafile.yml."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import yaml
from entry import Entry, Paper, key
from fetch import Package
from names import is_coined
from texts import arxiv_id, plain, title_name

METHODS = {"mmselfsup", "mmfewshot"}
TECHNIQUES = re.compile(
    r"loss|training|augment|norm$|lars|lamb|sgd|cutout|mixup|fp16|swa$|assign|ohem|dropout", re.IGNORECASE
)
DATASET_TAIL = re.compile(
    r"\s*(?:\(.*\)|[-_ ]v?\d+(?:\.\d+)+|"
    r"[-_ ](?:train|val|test|dev|mini|keypoint|dataset|\d+x\d+|xsub.*|xset.*|rgb)\b.*)$",
    re.IGNORECASE,
)


def metafiles(package: Package) -> Iterator[dict[str, Any]]:
    """The parsed metafiles of a package."""
    for path in sorted(package.root.glob("*/.mim/configs/**/*.y*ml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        if isinstance(content, dict):
            yield content


def results(model: dict[str, Any]) -> list[dict[str, Any]]:
    """The results of a model, which some metafiles give as a mapping and some as a list."""
    found = model.get("Results") or []
    return [one for one in (found if isinstance(found, list) else [found]) if isinstance(one, dict)]


def collect(package: Package) -> Iterator[Entry]:
    """Collections that have a paper are models (or methods); data sets that several results name are benchmarks."""
    datasets: Counter[str] = Counter()
    for content in metafiles(package):
        collections = content.get("Collections") or []
        for collection in collections if isinstance(collections, list) else [collections]:
            paper, name = collection.get("Paper"), str(collection.get("Name") or "")
            if not isinstance(paper, dict) or not paper.get("Title"):
                continue
            title = plain(str(paper["Title"]).strip("'\""))
            head = title_name(title)
            written = head if head and key(head) == key(name) else name.replace("_", " ")
            if is_coined(written):
                method = package.name in METHODS or TECHNIQUES.search(written)
                facts = Paper(title, arxiv_id(str(paper.get("URL"))))
                yield Entry(written, "Method" if method else "Model", package.source, paper=facts)
        models = content.get("Models") or []
        for model in models if isinstance(models, list) else []:
            for name in {str(one.get("Dataset") or "") for one in results(model)}:
                datasets[DATASET_TAIL.sub("", name.split(",")[0].split("+")[0]).strip()] += 1
    for name, count in datasets.items():
        if count >= 2 and is_coined(name) and "-" not in name[-3:]:
            yield Entry(name, "Benchmark", package.source)

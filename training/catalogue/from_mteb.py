"""mteb: the data sets behind its tasks; a task's suffixes (Retrieval, Clustering.v2) are no part of the name."""

import re
from collections.abc import Iterator

from entry import Entry, key
from fetch import Package
from names import LANGUAGES, is_coined, is_identifier
from source_code import calls
from texts import arxiv_id, bibtex_paper, title_name

SUFFIX = re.compile(
    r"(?:[-_. ]?(?:v\d+|P2P|S2S|p2p|s2s|VN|PL|NL|Fa|Ru|PC|HardNegatives|Hard|Small|Fewshot|LongContext|Test|Lite|"
    r"(?:Multilabel|MultiLabel|ZeroShot|Zeroshot|Pair|Bitext)?(?:Classification|Mining|Retrieval|Reranking|"
    r"Clustering|Summarization|Regression)|MultiChoice|(?:A|I|T|V|IT|VA)2(?:A|I|T|V|IT|TRetrieval|I[A-Za-z]*)|STS|T2I|I2T|I2I))+$"
)


def collect(package: Package) -> Iterator[Entry]:
    """A name counts only if the paper's title or the task's description has it as written."""
    for path in sorted((package.root / "mteb" / "tasks").rglob("*.py")):
        for facts in calls(path, "TaskMetadata"):
            task, bibtex = facts.get("name"), facts.get("bibtex_citation")
            if not isinstance(task, str) or not isinstance(bibtex, str):
                continue
            paper = bibtex_paper(bibtex)
            reference = str(facts.get("reference") or "")
            paper.arxiv = paper.arxiv or arxiv_id(reference)
            base = SUFFIX.sub("", task)
            head = title_name(paper.title)
            if head and len(key(head)) > 2 and (key(base).startswith(key(head)) or key(head) in key(task)):
                yield Entry(head, "Benchmark", package.source, paper=paper)
                continue
            text = f"{paper.title} {facts.get('description')}"
            written = re.search(rf"(?<![\w-]){re.escape(base)}(?![\w-])", text)
            if written and is_coined(base) and not is_identifier(base) and not re.search(LANGUAGES, base):
                yield Entry(base, "Benchmark", package.source)

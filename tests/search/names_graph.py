"""A graph of names that are easily confused."""

from projection import Projection

from kg.schema import Edge
from kg.text.keys import name_key, slug

PAPERS = {
    "2210.07316": "MTEB: Massive Text Embedding Benchmark",
    "1706.03762": "Attention Is All You Need",
    "title/fine-tuning-notes": "Fine-Tuning of Tiny Models",
    "10.1000/182": "Naïve Bayes à la carte",
}
AUTHORS = {"Loïc Magne": ["2210.07316"], "Niklas Muennighoff": ["2210.07316"], "王小明": ["1706.03762"]}
ENTITIES = {
    "Benchmark": {"MTEB": (["Massive Text Embedding Benchmark"], 40), "FinMTEB": ([], 3), "GSM8K": ([], 30)},
    "Model": {"BERT": ([], 90), "BERT-large": ([], 12), "SAM": ([], 5), "C++ Coder": ([], 1), "OPT-1.3B": ([], 2)},
    "Method": {"LoRA": (["Low-Rank Adaptation"], 70), "QLoRA": ([], 9), "SAM": (["Sharpness-Aware Minimization"], 8)},
}


def graph() -> Projection:
    """The graph."""
    made = Projection()
    for key, title in PAPERS.items():
        made.nodes["Paper"][key] = {"id": key, "title": title, "keys": sorted({name_key(key), name_key(title)})}
    for label, entities in ENTITIES.items():
        for name, (aliases, papers) in entities.items():
            add_entity(made, label, name, aliases, papers)
    for name, papers in AUTHORS.items():
        key = f"author/{slug(name)}"
        made.nodes["Author"][key] = {"id": key, "name": name}
        made.edges["AUTHORED_BY"] += [Edge(paper, "Paper", key, "Author", {"position": 1}) for paper in papers]
    made.nodes["Task"]["task/text-embedding"] = {"id": "task/text-embedding", "name": "text embedding"}
    made.nodes["Organization"]["organization/hugging-face"] = {
        "id": "organization/hugging-face",
        "name": "Hugging Face",
    }
    place = "repository/github.com/embeddings-benchmark/mteb"
    made.nodes["Repository"][place] = {
        "id": place,
        "name": "embeddings-benchmark/mteb",
        "url": "https://github.com/e/m",
    }
    made.edges["HAS_CODE"].append(Edge("2210.07316", "Paper", place, "Repository", {}))
    made.edges["CITES"].append(Edge("2210.07316", "Paper", "1706.03762", "Paper", {"inferred": False}))
    assert not made.problems()
    return made


def add_entity(made: Projection, label: str, name: str, aliases: list[str], papers: int) -> None:
    """Adds an entity of so many papers."""
    key = f"{label.lower()}/{slug(name)}"
    made.nodes[label][key] = {
        "id": key,
        "name": name,
        "type": label,
        "aliases": aliases,
        "keys": sorted(name_key(form) for form in (name, *aliases)),
        "papers": papers,
    }

"""The small graph with more of the names that people ask about."""

from papers_graph import small
from projection import Projection

from kg.schema import Edge
from kg.text.keys import name_key, slug

PAPERS = {
    "1706.03762": ("Attention Is All You Need", 2017),
    "1810.04805": ("BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding", 2018),
    "2103.00020": ("Learning Transferable Visual Models From Natural Language Supervision", 2021),
}
ENTITIES = {
    "Benchmark": {
        "ImageNet": ["ImageNet-1K", "ILSVRC"],
        "SQuAD": ["Stanford Question Answering Dataset"],
        "HumanEval": [],
        "BEIR": [],
        "GLUE": [],
        "SWE-bench": [],
        "MMMU": [],
        "HellaSwag": [],
        "COCO": ["MS COCO"],
        "BIG-Bench Hard": ["BBH"],
        "TruthfulQA": [],
        "MS MARCO": [],
    },
    "Dataset": {"The Pile": ["Pile"], "LAION-5B": [], "Common Crawl": ["CommonCrawl"]},
    "Model": {
        "BERT": [],
        "CLIP": [],
        "GPT-4": [],
        "T5": [],
        "RoBERTa": [],
        "ViT": ["Vision Transformer"],
        "Stable Diffusion": [],
        "Mamba": [],
        "Mistral 7B": [],
        "DeepSeek-R1": [],
        "E5": [],
    },
    "Method": {
        "Retrieval-Augmented Generation": ["RAG"],
        "Direct Preference Optimization": ["DPO"],
        "chain-of-thought prompting": ["CoT", "chain of thought prompting"],
        "knowledge distillation": [],
        "FlashAttention": [],
        "RLHF": ["reinforcement learning from human feedback"],
    },
}
AUTHORS = ["Yann LeCun", "Kaiming He", "Jacob Devlin", "Percy Liang"]
ORGANIZATIONS = ["Google DeepMind", "Meta AI", "Stanford University"]
TASKS = [
    "question answering",
    "machine translation",
    "object detection",
    "semantic segmentation",
    "code generation",
    "retrieval",
]
PAPER = "1706.03762"


def phrasings() -> Projection:
    """The graph. What the new edges say is made up."""
    graph = small()
    for key, (title, year) in PAPERS.items():
        graph.nodes["Paper"][key] = {"id": key, "title": title, "year": year, "keys": [name_key(key), name_key(title)]}
    for label, names in ENTITIES.items():
        for name, aliases in names.items():
            key = f"{label.lower()}/{slug(name)}"
            keys = sorted(name_key(form) for form in (name, *aliases))
            graph.nodes[label][key] = {
                "id": key,
                "name": name,
                "type": label,
                "aliases": aliases,
                "keys": keys,
                "origin": "extracted",
                "papers": 1,
            }
            graph.edges["MENTIONS"].append(Edge(PAPER, "Paper", key, label, {"evidence": f"It names {name}."}))
    for relation, label, names in (
        ("AUTHORED_BY", "Author", AUTHORS),
        ("AFFILIATED_WITH", "Organization", ORGANIZATIONS),
        ("ADDRESSES", "Task", TASKS),
    ):
        for name in names:
            key = f"{label.lower()}/{slug(name)}"
            graph.nodes[label][key] = {"id": key, "name": name}
            graph.edges[relation].append(Edge(PAPER, "Paper", key, label, {}))
    assert not graph.problems()
    return graph

"""A small graph of well-known papers; what the edges say of them is shortened and partly made up."""

from projection import Projection

from kg.schema import Edge
from kg.text.identifiers import arxiv_month
from kg.text.keys import name_key, slug

PAPERS = {
    "2210.07316": ("MTEB: Massive Text Embedding Benchmark", 2022),
    "2202.08904": ("SGPT: GPT Sentence Embeddings for Semantic Search", 2022),
    "2402.09906": ("Generative Representational Instruction Tuning", 2024),
    "2106.09685": ("LoRA: Low-Rank Adaptation of Large Language Models", 2021),
    "2305.14314": ("QLoRA: Efficient Finetuning of Quantized LLMs", 2023),
    "2304.02643": ("Segment Anything", 2023),
    "2010.01412": ("Sharpness-Aware Minimization for Efficiently Improving Generalization", 2020),
    "2110.14168": ("Training Verifiers to Solve Math Word Problems", 2021),
    "2307.09288": ("Llama 2: Open Foundation and Fine-Tuned Chat Models", 2023),
    "title/notes-on-embeddings": ("Notes on embeddings", None),
}
AUTHORS = {
    "2210.07316": ["Niklas Muennighoff", "Nouamane Tazi", "Loïc Magne", "Nils Reimers"],
    "2202.08904": ["Niklas Muennighoff"],
    "2402.09906": ["Niklas Muennighoff", "Hongjin Su"],
    "2106.09685": ["Edward J. Hu", "Yelong Shen"],
}
ENTITIES = {
    "Benchmark": {
        "MTEB": ["Massive Text Embedding Benchmark"],
        "FinMTEB": [],
        "GSM8K": ["Grade School Math 8K"],
        "MMLU": [],
        "Humanity's Last Exam": ["HLE"],
        "SA-1B (validation)": [],
    },
    "Dataset": {"C4": ["Colossal Clean Crawled Corpus"]},
    "Model": {
        "SGPT": [],
        "GritLM": ["GRIT-LM"],
        "Llama 2": ["LLaMA-2"],
        "Llama 2 7B": [],
        "Segment Anything Model": ["SAM"],
        "GPT-3": [],
    },
    "Method": {
        "LoRA": ["Low-Rank Adaptation"],
        "QLoRA": [],
        "Sharpness-Aware Minimization": ["SAM"],
        "fine-tuning": [],
    },
}
RELATIONS = [
    ("2210.07316", "INTRODUCES", "MTEB", 0.95),
    ("2210.07316", "EVALUATES", "SGPT", 0.8),
    ("2210.07316", "MENTIONS", "GPT-3", 0.4),
    ("2202.08904", "INTRODUCES", "SGPT", 0.9),
    ("2202.08904", "USES", "GPT-3", 0.7),
    ("2202.08904", "MENTIONS", "MTEB", 0.5),
    ("2402.09906", "INTRODUCES", "GritLM", 0.9),
    ("2402.09906", "EVALUATES_ON", "MTEB", 0.9),
    ("2402.09906", "EVALUATES_ON", "GSM8K", 0.6),
    ("2402.09906", "EVALUATES_ON", "MMLU", 0.6),
    ("2402.09906", "USES", "Llama 2 7B", 0.7),
    ("2402.09906", "COMPARES_WITH", "SGPT", 0.7),
    ("2402.09906", "TRAINS_ON", "C4", 0.7),
    ("2106.09685", "INTRODUCES", "LoRA", 0.9),
    ("2106.09685", "EVALUATES", "GPT-3", 0.6),
    ("2305.14314", "INTRODUCES", "QLoRA", 0.9),
    ("2305.14314", "USES", "LoRA", 0.8),
    ("2305.14314", "EVALUATES_ON", "MMLU", 0.8),
    ("2305.14314", "USES", "fine-tuning", 0.4),
    ("2304.02643", "INTRODUCES", "Segment Anything Model", 0.9),
    ("2304.02643", "EVALUATES_ON", "SA-1B (validation)", 0.5),
    ("2010.01412", "INTRODUCES", "Sharpness-Aware Minimization", 0.9),
    ("2110.14168", "INTRODUCES", "GSM8K", 0.9),
    ("2110.14168", "EVALUATES_ON", "GSM8K", 0.8),
    ("2110.14168", "EVALUATES", "GPT-3", 0.8),
    ("2307.09288", "INTRODUCES", "Llama 2", 0.9),
    ("2307.09288", "EVALUATES_ON", "MMLU", 0.8),
    ("2307.09288", "EVALUATES_ON", "GSM8K", 0.7),
    ("2307.09288", "USES", "Sharpness-Aware Minimization", 0.3),
    ("2305.14314", "MENTIONS", "Sharpness-Aware Minimization", 0.3),
    ("2307.09288", "MENTIONS", "Humanity's Last Exam", 0.3),
    ("2210.07316", "MENTIONS", "FinMTEB", 0.3),
    ("title/notes-on-embeddings", "EVALUATES_ON", "MTEB", 0.6),
    ("title/notes-on-embeddings", "TRAINS_ON", "MTEB", 0.6),
]
CODE = {
    "2210.07316": ("HAS_CODE", "embeddings-benchmark/mteb"),
    "2402.09906": ("HAS_CODE", "ContextualAI/gritlm"),
    "2202.08904": ("LINKS_TO", "embeddings-benchmark/mteb"),
}
VENUES = {
    "2210.07316": ("EACL", ["European Chapter of the Association for Computational Linguistics"], 2023),
    "2402.09906": ("ICLR", ["International Conference on Learning Representations"], 2025),
    "2305.14314": ("NeurIPS", ["NIPS", "Neural Information Processing Systems"], 2023),
    "2106.09685": ("ICLR", ["International Conference on Learning Representations"], 2022),
    "2010.01412": ("ICLR", ["International Conference on Learning Representations"], None),
}
CATEGORIES = {"2210.07316": ["cs.CL", "cs.IR"], "2402.09906": ["cs.CL"], "2304.02643": ["cs.CV"]}
CITES = [("2402.09906", "2210.07316", False), ("2402.09906", "2202.08904", True), ("2305.14314", "2106.09685", False)]
VARIANTS = [("Llama 2 7B", "Llama 2"), ("FinMTEB", "MTEB")]
RESULTS = [
    ("2402.09906", "MTEB", "GritLM", "average score", "66.8", 66.8, False, 120),
    ("2402.09906", "MTEB", None, None, "+2.1", 2.1, True, 150),
    ("2402.09906", "MMLU", "GritLM", "accuracy", "66.7%", 66.7, False, 180),
    ("2307.09288", "MMLU", "Llama 2", "accuracy", "68.9%", 68.9, False, 90),
    ("title/notes-on-embeddings", "MTEB", "SGPT", "average score", "58.9", 58.9, False, 20),
]


def small() -> Projection:
    """The graph."""
    graph = Projection()
    ids = {name: (f"{label.lower()}/{slug(name)}", label) for label, names in ENTITIES.items() for name in names}
    papers = {name: {paper for paper, _, other, _ in RELATIONS if other == name} for name in ids}
    for key, (title, year) in PAPERS.items():
        graph.nodes["Paper"][key] = {
            "id": key,
            "title": title,
            "abstract": f"We write about {title}.",
            "year": year,
            "published": arxiv_month(key),
            "first_seen": f"2025-11-0{1 + len(graph.nodes['Paper']) % 9}T12:00:00Z",
            "url": f"https://arxiv.org/abs/{key}",
            "keys": sorted({name_key(key), name_key(title)}),
        }
    for name, (key, label) in ids.items():
        aliases = ENTITIES[label][name]
        graph.nodes[label][key] = {
            "id": key,
            "name": name,
            "type": label,
            "aliases": aliases,
            "keys": sorted(name_key(form) for form in (name, *aliases)),
            "origin": "extracted",
            "papers": len(papers[name]),
        }
    for paper, relation, name, confidence in RELATIONS:
        sentence = f"In this work, {name} is there: {relation.lower()}."
        properties = {"evidence": sentence, "field": "abstract", "start": 0, "end": len(sentence)}
        graph.edges[relation].append(
            Edge(paper, "Paper", *ids[name], {**properties, "confidence": confidence, "by": "test"})
        )
    for paper, names in AUTHORS.items():
        for position, name in enumerate(names, start=1):
            _other(graph, paper, "AUTHORED_BY", "Author", name, {"position": position})
    _other(graph, "2402.09906", "AFFILIATED_WITH", "Organization", "Contextual AI", {})
    for paper, (venue, aliases, year) in VENUES.items():
        _other(graph, paper, "PUBLISHED_IN", "Venue", venue, {} if year is None else {"year": year})
        keys = sorted(name_key(form) for form in (venue, *aliases))
        graph.nodes["Venue"][f"venue/{slug(venue)}"] |= {"aliases": aliases, "keys": keys}
    for paper, categories in CATEGORIES.items():
        for name in categories:
            key = f"category/{name.lower()}"
            graph.nodes["Category"][key] = {"id": key, "name": name}
            graph.edges["IN_CATEGORY"].append(Edge(paper, "Paper", key, "Category", {}))
    for paper in ("2210.07316", "2202.08904", "2402.09906"):
        _other(graph, paper, "ADDRESSES", "Task", "text embedding", {})
    for paper, (relation, place) in CODE.items():
        key = f"repository/github.com/{place.lower()}"
        graph.nodes["Repository"][key] = {"id": key, "name": place, "url": f"https://github.com/{place}"}
        graph.edges[relation].append(Edge(paper, "Paper", key, "Repository", {}))
    for citing, cited, inferred in CITES:
        graph.edges["CITES"].append(Edge(citing, "Paper", cited, "Paper", {"inferred": inferred}))
    for variant, parent in VARIANTS:
        graph.edges["VARIANT_OF"].append(Edge(*ids[variant], *ids[parent], {}))
    for paper, benchmark, model, metric, value, number, relative, start in RESULTS:
        key = f"result/{paper}/abstract/{start}"
        graph.nodes["Result"][key] = {
            "id": key,
            "metric": metric,
            "value": value,
            "number": number,
            "relative": relative,
            "evidence": f"It reaches {value}.",
            "field": "abstract",
            "start": start,
            "end": start + len(value),
        }
        graph.edges["REPORTS"].append(Edge(paper, "Paper", key, "Result", {}))
        graph.edges["ON"].append(Edge(key, "Result", *ids[benchmark], {}))
        if model:
            graph.edges["OF"].append(Edge(key, "Result", *ids[model], {}))
    assert not graph.problems()
    return graph


def _other(graph: Projection, paper: str, relation: str, label: str, name: str, properties: dict) -> None:
    key = f"{label.lower()}/{slug(name)}"
    graph.nodes[label][key] = {"id": key, "name": name}
    graph.edges[relation].append(Edge(paper, "Paper", key, label, properties))

"""A small data folder with all that a data folder has, made from extractions by hand."""

import json
from pathlib import Path

from kg.builds import build

CORRECTIONS = """\
- merge: [method/foo-transformer]
  into: model/fooformer
  who: Ada
  why: Section 2 uses both names.
"""


def write_extractions(path: Path, first: int = 1, count: int = 4) -> Path:
    """Papers that introduce and use a model and evaluate it on a benchmark."""
    lines = []
    for number in range(first, first + count):
        name, type_ = ("Foo Transformer", "Method") if number % 2 else ("FooFormer", "Model")
        text = f"We use {name}. It gets {number}1.5% on FooBench."
        start = text.index(name)
        lines.append(_line(number, name, type_, text, start))
    path.write_text("".join(lines), encoding="utf-8")
    return path


def _line(number: int, name: str, type_: str, text: str, start: int) -> str:
    first = text.index(" It gets")
    figure = f"{number}1.5%"

    def entity(name: str, type_: str, relation: str, at: int, begin: int, end: int) -> dict[str, object]:
        place = {"field": "abstract", "start": begin, "end": end}
        return {
            "name": name,
            "type": type_,
            "mentions": [{"text": name, "field": "abstract", "start": at, "end": at + len(name)}],
            "relations": [{"type": relation, "confidence": 0.9, "by": "test", "evidence": text[begin:end], **place}],
        }

    return (
        json.dumps(
            {
                "id": f"2401.{number:05}",
                "title": f"Findings on matter number {number}",
                "abstract": text,
                "entities": [
                    entity(name, type_, "USES", start, 0, first),
                    entity("FooBench", "Benchmark", "EVALUATES_ON", text.index("FooBench"), first + 1, len(text)),
                ],
                "results": [
                    {
                        "model": name,
                        "benchmark": "FooBench",
                        "metric": "",
                        "value": figure,
                        "field": "abstract",
                        "start": text.index(figure),
                        "end": text.index(figure) + len(figure),
                    }
                ],
                "tasks": ["weaving"],
                "authors": [f"Author {number}"],
                "pipeline": "by hand",
            }
        )
        + "\n"
    )


def make_store(folder: Path, *, corrections: str = CORRECTIONS) -> Path:
    """Builds the papers with corrections."""
    folder.mkdir(parents=True, exist_ok=True)
    if corrections:
        (folder / "overrides.yaml").write_text(corrections, encoding="utf-8")
    build([write_extractions(folder.parent / "papers.jsonl")], str(folder), folder)
    return folder

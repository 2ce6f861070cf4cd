"""The example of docs/corrections.md is a file that can be read, and every entry of it does something."""

import re
from pathlib import Path

from linked_graph import link_corrected
from linking_records import entity, extraction

from kg.link.corrections import Overrides, OverridesError

PAGE = (Path(__file__).parents[2] / "docs" / "corrections.md").read_text(encoding="utf-8")
EXAMPLE = re.findall(r"```yaml\n(.+?)```", PAGE, re.DOTALL)[0]


def test_the_example_is_applied_as_it_says() -> None:
    papers = [
        extraction("2401.00001", entity("FooFormer", "Model"), entity("FooBench", "Benchmark")),
        extraction("2401.00002", entity("Foo Transformer", "Method"), entity("FooBench v2", "Benchmark", "FooBench")),
        extraction("2401.00003", entity("FooBench", "Benchmark", relation="EVALUATES_ON")),
        extraction("2401.00004", entity("FooFormer", "Model"), entity("the Loom", "Method")),
        extraction("2401.00006", entity("FooFormer", "Model"), title="Findings on matter number 6"),
    ]
    done = link_corrected(papers, Overrides.parse(EXAMPLE))
    assert done.warnings == []
    edges = {(edge.source, label, edge.target) for label, found in done.graph.edges.items() for edge in found}
    assert edges == {
        ("2401.00001", "USES", "model/fooformer-one"),
        ("2401.00001", "USES", "benchmark/foobench"),
        ("2401.00001", "HAS_CODE", "repository/github.com/ada/fooformer"),
        ("2401.00002", "USES", "model/fooformer-one"),
        ("2401.00002", "USES", "benchmark/foobench-v2"),
        ("2401.00002", "TRAINS_ON", "dataset/bazset"),
        ("2401.00004", "USES", "dataset/fooforming"),
        ("2401.00006", "USES", "dataset/fooforming"),
        ("benchmark/foobench-v2", "VARIANT_OF", "benchmark/foobench"),
    }


def test_the_messages_shown_are_those_given() -> None:
    messages = re.findall(r"overrides\.yaml:\d+: ([^…\n]+)", PAGE)
    try:
        Overrides.parse("- hide: a\n  who: a\n- add: USE\n  from: a\n  to: b\n  who: a\n  why: b\n")
    except OverridesError as error:
        told = str(error)
    done = link_corrected([], Overrides.parse("- hide: model/nobody\n  who: a\n  why: b\n"))
    told += "".join(done.warnings)
    assert len(messages) == 3
    assert all(message.strip() in told for message in messages)

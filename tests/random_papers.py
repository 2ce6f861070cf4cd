"""Strategies for odd names, and for papers whose names are alike."""

from hypothesis import strategies as st
from linking_records import entity, extraction

NAMES = st.text(st.sampled_from("aAbBlL kKvV0123.-_+*/'τ$\\éß中"), min_size=1, max_size=24)

FORMS = [
    ("LoRA", "Method", "Low-Rank Adaptation"),
    ("LoRAs", "Method", ""),
    ("Low-Rank Adaptation", "Method", ""),
    ("SAM", "Model", "Segment Anything Model"),
    ("SAM", "Method", "Sharpness-Aware Minimization"),
    ("SAM", "Model", ""),
    ("ZQX", "Method", "Zonal Query Exchange"),
    ("ZQX", "Model", "zonal query exchanges"),
    ("ZQX", "Method", "Zero Quota Crossing"),
    ("ZQX", "Benchmark", ""),
    ("FooFormer", "Model", ""),
    ("FooFormer-7B", "Model", ""),
    ("fooformer 7b", "Method", ""),
    ("FooBench", "Dataset", ""),
    ("Foo-Bench", "Benchmark", ""),
    ("FooBench-Hard", "Benchmark", ""),
]

ENTITIES = st.builds(
    lambda form, relation, confidence: entity(
        form[0], form[1], form[2], relation=relation, confidence=confidence, evidence=f"{form[0]} is there."
    ),
    st.sampled_from(FORMS),
    st.sampled_from(["INTRODUCES", "USES", "MENTIONS"]),
    st.sampled_from([0.5, 0.9]),
)
PAPERS = st.lists(
    st.builds(
        lambda number, title, year, entities, abstract: extraction(
            f"2401.{number:05}", *entities, title=title, year=year, abstract=abstract
        ),
        st.integers(1, 6),
        st.sampled_from(["Some Title of a Paper", "Another Title of a Paper", "Short Title"]),
        st.sampled_from([None, 2023, 2024]),
        st.lists(ENTITIES, max_size=4),
        st.sampled_from(["", "Text.", "Words."]),
    ),
    min_size=1,
    max_size=7,
)

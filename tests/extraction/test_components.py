"""The components in pipelines that are not citegraph's own."""

import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction import PIPELINES, Extractor

ABSTRACT = (
    "We propose Guided Bird Counting (GBC). We evaluate it on GSM8K, where it reaches 57.1% accuracy."
    " Our code is at https://github.com/a/b."
)

# A pipeline with a tokenizer, sentences, entities and an extension attribute of its own, which imports nothing of ours.
FOREIGN = """
import sys
import spacy
from spacy.tokens import Doc, Token

class Words:
    def __init__(self, vocab):
        self.vocab = vocab
    def __call__(self, text):
        return Doc(self.vocab, words=text.replace(".", " .").split())

Doc.set_extension("entities", default="mine")
Token.set_extension("in_link", default="mine")
nlp = spacy.blank("en")
nlp.tokenizer = Words(nlp.vocab)
nlp.add_pipe("sentencizer")
nlp.add_pipe("entity_ruler").add_patterns([{"label": "ANIMAL", "pattern": "Birds"}])
for component in sys.argv[1:]:
    nlp.add_pipe(component)
assert not any(nlp.analyze_pipes()["problems"].values())
doc = nlp("Birds in GSM8K . We introduce BirdQA , a benchmark . We evaluate it on GSM8K . It reaches 57.1% accuracy on GSM8K .")
assert doc._.entities == doc[0]._.in_link == "mine"
print(*(f"{span.text}={span.label_}" for span in doc.ents))
print(*(entity.name for entity in doc._.citegraph_entities))
"""


def components(pipeline: str) -> list[str]:
    return Extractor.load(pipeline).nlp.pipe_names


def add_all(nlp: Language, names: list[str]) -> Language:
    for name in names:
        nlp.add_pipe(name)
    return nlp


@pytest.mark.slow
@pytest.mark.parametrize("pipeline", PIPELINES)
def test_components_join_a_pipeline_of_other_parts_by_name_alone(pipeline: str) -> None:
    names = [name for name in components(pipeline) if name != "citegraph_sentences"]
    done = subprocess.run([sys.executable, "-c", FOREIGN, *names], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    marked, entities = done.stdout.splitlines()
    assert {"Birds=ANIMAL", "BirdQA=Benchmark", "GSM8K=Benchmark"} <= set(marked.split())
    assert {"BirdQA", "GSM8K"} <= set(entities.split())


@pytest.mark.parametrize("pipeline", PIPELINES)
def test_what_components_declare_is_complete_in_their_own_order(pipeline: str) -> None:
    assert not any(Extractor.load(pipeline).nlp.analyze_pipes()["problems"].values())


@pytest.mark.parametrize("pipeline", PIPELINES)
@pytest.mark.parametrize("splitter", ["sentencizer", "senter"])
def test_what_they_need_of_sentences_any_splitter_of_spacys_gives(pipeline: str, splitter: str) -> None:
    """They require `token.is_sent_start` and not `doc.sents`, which follows from it and `senter` does not declare."""
    names = [splitter, *(name for name in components(pipeline) if name != "citegraph_sentences")]
    assert not any(add_all(spacy.blank("en"), names).analyze_pipes()["problems"].values())


@pytest.mark.parametrize("pipeline", PIPELINES)
def test_a_component_before_what_it_needs_is_a_problem(pipeline: str) -> None:
    names = components(pipeline)
    problems = add_all(spacy.blank("en"), names[::-1]).analyze_pipes()["problems"]
    assert {name for name in names if not problems[name]} == {
        "citegraph_sentences",
        "citegraph_links",
    }


@pytest.mark.parametrize("pipeline", PIPELINES)
def test_components_write_what_they_declare_and_nothing_else(pipeline: str) -> None:
    nlp = Extractor.load(pipeline).nlp
    doc = nlp.make_doc(ABSTRACT)
    for name, component in nlp.pipeline:
        before = written(doc)
        doc = component(doc)
        changed = {attribute for attribute, value in written(doc).items() if before.get(attribute) != value}
        declared = {attribute for attribute in nlp.get_pipe_meta(name).assigns if attribute not in {"doc.sents"}}
        assert changed <= declared, name
        # A component may find that what was there is right.
        assert declared - changed <= {"doc._.citegraph_relations", "token.is_sent_start"}, name


def written(doc: Doc) -> dict[str, object]:
    """Everything on a doc that our components could have set, in a form that can be compared."""
    found: dict[str, object] = {
        "token.is_sent_start": [token.is_sent_start for token in doc],
        "doc.ents": [str(span) for span in doc.ents],
        "doc.spans": {key: [str(span) for span in spans] for key, spans in doc.spans.items()},
    }
    for key, value in doc.user_data.items():
        assert isinstance(key, tuple) and key[0] == "._." and key[1].startswith("citegraph_")
        found[f"{'doc' if key[2] is None else 'token'}._.{key[1]}"] = str(value)
    return found


def test_a_doc_without_a_title_is_read_as_an_abstract(extractor: Extractor) -> None:
    doc = extractor.nlp(ABSTRACT)
    assert [entity.name for entity in doc._.citegraph_entities] == ["GBC", "GSM8K"]
    assert [(result.model, result.benchmark, result.value) for result in doc._.citegraph_results] == [
        ("GBC", "GSM8K", "57.1%")
    ]


def test_a_pipeline_with_our_components_is_saved_and_loaded(tmp_path: Path) -> None:
    nlp = add_all(spacy.blank("en"), components("default"))
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    assert again.pipe_names == nlp.pipe_names
    assert written(again(ABSTRACT)) == written(nlp(ABSTRACT))

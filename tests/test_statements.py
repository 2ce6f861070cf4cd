"""Statement files: what their headers declare, and templates that only take identifiers."""

import pytest

from kg.statements import ENGINES, folder, load, queries, schema_statement

QUERY = """// answers: Papers on an entity
// parameter entity (string): id of the entity
// parameter relations (strings): edge types
// parameter limit (integer): rows at most
// column id (string): the paper's key
// column paper (node): the paper
// example: entity = benchmark/mteb, relations = EVALUATES_ON, USES, limit = 20

// a comment of the statement
MATCH (p:Paper)
RETURN p.id AS id, p AS paper
"""


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "papers.cypher"
    path.write_text(QUERY, encoding="utf-8")
    return path


def test_a_header_declares_the_query(path):
    query = load(path)
    assert (query.name, query.answers) == ("papers", "Papers on an entity")
    assert [(p.name, p.kind, p.doc) for p in query.parameters][1] == ("relations", "strings", "edge types")
    assert [(c.name, c.kind) for c in query.columns] == [("id", "string"), ("paper", "node")]
    assert query.example == {"entity": "benchmark/mteb", "relations": ["EVALUATES_ON", "USES"], "limit": 20}
    assert query.text("ladybug") == query.text("neo4j") == QUERY.partition("\n\n")[2].strip()


def test_an_engine_may_have_a_text_of_its_own(path):
    path.with_name("papers.neo4j.cypher").write_text("// why\nRETURN 2 AS id", encoding="utf-8")
    query = load(path)
    assert query.text("neo4j") == "RETURN 2 AS id"
    assert "MATCH (p:Paper)" in query.text("ladybug")


@pytest.mark.parametrize("line", ["// parameter limit (count): rows", "// remark", "// column id: key"])
def test_a_header_line_of_another_form_is_named(path, line):
    path.write_text(QUERY.replace("// column id (string): the paper's key", line), encoding="utf-8")
    with pytest.raises(ValueError, match=r"papers\.cypher, line \d"):
        load(path)


def test_every_query_of_the_project_is_declared_whole():
    for name, query in queries().items():
        assert query.name == name
        assert query.example.keys() == {parameter.name for parameter in query.parameters}, name
        for engine in ENGINES:
            assert query.text(engine)


def test_every_special_text_belongs_to_a_query():
    for path in (folder() / "queries").glob("*.*.cypher"):
        name, engine = path.stem.split(".")
        assert name in queries() and engine in ENGINES, path


def test_a_template_repeats_its_fragment():
    columns = [{"name": "title", "type": "STRING"}, {"name": "keys", "type": "STRING[]"}]
    statement = schema_statement("ladybug", "node_table", label="Paper", columns=columns)
    assert statement == "CREATE NODE TABLE `Paper` (`id` STRING PRIMARY KEY, `title` STRING, `keys` STRING[])"


@pytest.mark.parametrize("label", ["", "a b", "x`; DROP TABLE y", "x)", "STRING[]]"])
def test_a_template_takes_nothing_but_identifiers(label):
    with pytest.raises(ValueError, match="not an identifier"):
        schema_statement("ladybug", "copy_nodes", label=label)

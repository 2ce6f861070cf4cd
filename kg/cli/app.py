"""The commands: each reads its arguments, calls one function of the library, prints what it gives."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli import output
from kg.cli.files import opened, written
from kg.errors import InputError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT",
        help="Saved daily-paper listings (text), JSON or JSON Lines records, or what `kg extract` wrote; "
        "plain or gzip; `-` is standard input.",
        show_default=False,
    ),
]
Store = Annotated[
    str,
    typer.Option(
        envvar="CITEGRAPH_STORE",
        metavar="PLACE",
        help="A data folder, or bolt://… or neo4j://… with NEO4J_USERNAME, NEO4J_PASSWORD and NEO4J_DATABASE.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Name = Annotated[
    str, typer.Argument(metavar="NAME", help="A name, an alias, a title or an id, in any case.", show_default=False)
]
Depth = Annotated[int, typer.Option(min=1, max=4, help="How many edges away.")]
Limit = Annotated[int, typer.Option(min=1, help="How many edges at most.")]
Processes = Annotated[int, typer.Option(min=1, help="How many processes extract.")]

Pipeline = Annotated[
    str, typer.Option(metavar="NAME", help="`default`, or `rules` for rules and catalogue without any trained part.")
]
MinConfidence = Annotated[
    float, typer.Option(min=0.0, max=1.0, help="Leave out relations of less confidence, and what has none left.")
]

DEFAULT_STORE = "citegraph-data"


def _version(wanted: bool) -> None:
    if wanted:
        from kg import __version__

        typer.echo(f"citegraph {__version__}")
        raise typer.Exit


@app.callback()
def kg(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """A knowledge graph of papers, benchmarks, models, methods and code, with the sentence behind every edge.

    Begin with `kg demo`, or with files of your own: `kg build papers.jsonl`, then
    `kg ask "which papers evaluate on MTEB"`.
    """


@app.command()
def build(
    inputs: Inputs,
    store: Store = DEFAULT_STORE,
    data: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Folder of the archive, where the store is a server.", show_default=False),
    ] = None,
    processes: Processes = 1,
    pipeline: Pipeline = "default",
    min_confidence: MinConfidence = 0.0,
) -> None:
    """Read papers, extract what is new, and make the graph of everything read so far.

    Examples:

    - `kg build papers.jsonl`

    - `kg build listings/*.txt --store my-graph`

    - `kg build found.jsonl --store bolt://localhost:7687 --data my-archive`
    """
    from kg.build import build as build_graph
    from kg.store import is_server

    if data is None and is_server(store):
        raise InputError(f"{store} is a server: name a folder for the archive as well, with --data")
    with output.progress() as report:
        built = build_graph(
            inputs,
            store,
            data or Path(store),
            processes=processes,
            pipeline=pipeline,
            min_confidence=min_confidence,
            on_problem=_problem,
            on_progress=report,
        )
    output.line(
        f"build {built.build} of {store}: {built.papers:,} papers ({built.new:,} new), "
        f"{built.nodes:,} nodes, {built.edges:,} edges in {built.seconds:.1f} s"
        + (f"; {built.problems:,} problems" if built.problems else "")
    )


@app.command()
def extract(
    inputs: Inputs,
    out: Annotated[
        Path, typer.Option(metavar="FILE.jsonl", help="File to write; `-` is standard output.", show_default=False)
    ],
    processes: Processes = 1,
    pipeline: Pipeline = "default",
    min_confidence: MinConfidence = 0.0,
) -> None:
    """Extract into a file, one JSON object a paper, in the order of the input. Needs no data folder.

    Example: `kg extract papers.jsonl --out found.jsonl`
    """
    from kg.extract import Extractor, confident
    from kg.sources import read

    papers = read(inputs, _problem)
    extractor = Extractor.load(pipeline)
    count = 0
    with written(out) as file, output.progress() as report:
        for count, extraction in enumerate(extractor.extract(papers, processes=processes), start=1):
            kept = confident(extraction, min_confidence)
            file.write(kept.model_dump_json(exclude_none=True) + "\n")
            report("extract", count, None)
    if str(out) != "-":
        output.line(f"{out}: {count:,} papers")


@app.command()
def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", show_default=False)],
    store: Store = DEFAULT_STORE,
    as_json: AsJson = False,
) -> None:
    """Answer a question in English, and show the sentences and the Cypher behind the answer.

    Examples:

    - `kg ask "which papers evaluate on MTEB"`

    - `kg ask "who introduced BERT" --json`

    Exit code 2: the question was not understood; 4: out of time or memory.
    """
    from kg import queries

    with opened(store) as graph:
        answer = queries.ask(graph, question)
    if as_json:
        output.as_json(answer)
    else:
        output.asked(answer)


@app.command()
def cypher(
    statement: Annotated[str, typer.Argument(metavar="STATEMENT", help="Cypher that reads.", show_default=False)],
    param: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=VALUE", help="Value of a $parameter: JSON, or else text. May be repeated.", show_default=False
        ),
    ] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds after which it is stopped.")] = 30.0,
    limit: Annotated[int, typer.Option(min=1, help="Rows after which the answer is cut.")] = 1000,
    store: Store = DEFAULT_STORE,
    as_json: AsJson = False,
) -> None:
    """Run a reading Cypher statement; whatever would write or reach outside the graph is refused.

    Example: `kg cypher 'MATCH (p:Paper)-[:EVALUATES_ON]->(b {name: $name}) RETURN p.title' --param name=MTEB`

    Exit code 2: not understood; 3: refused; 4: out of time or memory.
    """
    from kg import queries

    with opened(store) as graph:
        answer = queries.cypher(graph, statement, _parameters(param or []), timeout=timeout, limit=limit)
    if as_json:
        output.as_json(answer)
    else:
        output.rows(answer)


@app.command()
def show(name: Name, store: Store = DEFAULT_STORE, as_json: AsJson = False) -> None:
    """Show all that the graph knows about a paper, benchmark, dataset, model or method.

    Examples:

    - `kg show MTEB`

    - `kg show 2210.07316 --json`
    """
    from kg import queries

    with opened(store) as graph:
        shown = queries.show(graph, name)
    if as_json:
        output.as_json(shown)
    else:
        output.details(shown)


@app.command()
def neighbors(
    name: Name, depth: Depth = 1, limit: Limit = 50, store: Store = DEFAULT_STORE, as_json: AsJson = False
) -> None:
    """List what surrounds a name: the edges up to some distance, with their evidence.

    Example: `kg neighbors BERT --depth 2 --limit 100`
    """
    from kg import queries

    with opened(store) as graph:
        neighbourhood = queries.neighbourhood(graph, name, depth, limit)
    if as_json:
        output.as_json(neighbourhood)
    else:
        output.neighbourhood(neighbourhood)


@app.command()
def explain(
    name: Name,
    data: Annotated[Path, typer.Option(metavar="FOLDER", help="Data folder that holds the archive.")] = Path(
        DEFAULT_STORE
    ),
    as_json: AsJson = False,
) -> None:
    """Say why the written forms of a name are one thing, and why near names are others.

    Example: `kg explain LoRA`
    """
    from kg.build import explain as explain_name

    explanations = explain_name(data, name)
    if as_json:
        output.as_json(explanations)
    else:
        output.explanations(explanations)


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD.jsonl", help="Annotated papers.", show_default=False)],
    predicted: Annotated[
        Path, typer.Argument(metavar="PREDICTED.jsonl", help="A file that `kg extract` wrote.", show_default=False)
    ],
    as_json: AsJson = False,
) -> None:
    """Measure an extraction against annotated papers: precision, recall and F1, and the errors by cause.

    Example: `kg extract papers.jsonl --out found.jsonl && kg evaluate gold.jsonl found.jsonl`
    """
    from kg.evaluate import evaluate as compare
    from kg.evaluate import read_annotations

    report = compare(read_annotations(gold), read_annotations(predicted))
    if as_json:
        output.as_json(report)
    else:
        output.report(report)


@app.command()
def stats(store: Store = DEFAULT_STORE, as_json: AsJson = False) -> None:
    """Count nodes and edges by type.

    Example: `kg stats --json`
    """
    from kg.analytics import statistics

    with opened(store) as graph:
        counted = statistics(graph)
    if as_json:
        output.as_json(counted)
    else:
        output.statistics(counted)


@app.command()
def render(
    name: Name,
    out: Annotated[
        Path, typer.Option(metavar="FILE.html", help="File to write; `-` is standard output.", show_default=False)
    ],
    depth: Depth = 2,
    limit: Limit = 60,
    store: Store = DEFAULT_STORE,
) -> None:
    """Draw what surrounds a name, as one HTML file that needs no network.

    Example: `kg render MTEB --out mteb.html`
    """
    from kg import queries
    from kg.render import render_html

    with opened(store) as graph:
        neighbourhood = queries.neighbourhood(graph, name, depth, limit)
    with written(out) as file:
        file.write(render_html(neighbourhood, name))
    if str(out) != "-":
        output.line(f"{out}: {len(neighbourhood.nodes)} nodes, {len(neighbourhood.edges)} edges")


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on; 127.0.0.1 is this machine alone.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8000,
    store: Store = DEFAULT_STORE,
) -> None:
    """Serve the graph: a page to ask it in a browser, and an HTTP API that reads it.

    Example: `kg serve --port 8080`
    """
    from kg.cli.server import serve as serve_app

    serve_app(store, host, port)


@app.command()
def demo(
    store: Annotated[Path, typer.Option(metavar="FOLDER", help="Data folder to build.")] = Path("citegraph-demo"),
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE.html", help="The drawing.", show_default="mteb.html in the data folder"),
    ] = None,
) -> None:
    """Build the sample that comes with citegraph, ask it a question, draw it."""
    from kg.cli.demo import run

    run(store, out or store / "mteb.html")


def _problem(problem: object) -> None:
    output.problem(f"kg: {problem}")


def _parameters(given: list[str]) -> dict[str, Any]:
    parameters = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not (name and equals):
            raise InputError(f"--param {each}: write NAME=VALUE")
        try:
            parameters[name] = json.loads(value)
        except json.JSONDecodeError:
            parameters[name] = value
    return parameters

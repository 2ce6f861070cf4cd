"""The commands: each reads its arguments, calls a function of the library and prints what that returns."""

from pathlib import Path
from typing import Annotated, Any

import typer

from kg import defaults
from kg.cli import output, views
from kg.cli.files import opened, written
from kg.cli.progress_bars import progress
from kg.cli.typed_values import json_or_text
from kg.errors import InputError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_INPUTS = typer.Argument(
    metavar="INPUT",
    help="Files, folders, or patterns in quotes: daily-paper listings, JSON, BibTeX, CSV, Atom, Parquet, or what "
    "`kg extract` wrote; plain, gzip or Zstandard; `-` is standard input.",
    show_default=False,
)
Inputs = Annotated[list[str], _INPUTS]
OptionalInputs = Annotated[list[str] | None, _INPUTS]
Format = Annotated[
    str | None,
    typer.Option(
        "--format", metavar="NAME", help="Format of all inputs, instead of looking at each.", show_default=False
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Stop at the first record or input that cannot be read.")]
Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="Tell of every file: papers, fields that were not used, no papers.")
]
Store = Annotated[
    str,
    typer.Option(
        envvar="CITEGRAPH_STORE",
        metavar="PLACE",
        help="A data folder, or bolt://… or neo4j://… with NEO4J_USERNAME, NEO4J_PASSWORD and NEO4J_DATABASE.",
    ),
]
Data = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="Folder of the archive, where the store is a server.", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Name = Annotated[
    str, typer.Argument(metavar="NAME", help="A name, an alias, a title or an id, in any case.", show_default=False)
]
Depth = Annotated[int, typer.Option(min=1, max=defaults.MAX_DEPTH, help="How many edges away.")]
Limit = Annotated[int, typer.Option(min=1, help="How many edges at most.")]
Processes = Annotated[int, typer.Option(min=1, help="How many processes extract.")]

Pipeline = Annotated[
    str, typer.Option(metavar="NAME", help="`default`, or `rules` for rules and catalogue without any trained part.")
]
MinConfidence = Annotated[
    float, typer.Option(min=0.0, max=1.0, help="Leave out relations of less confidence, and what has none left.")
]


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
    inputs: OptionalInputs = None,
    store: Store = defaults.STORE,
    data: Data = None,
    processes: Processes = 1,
    pipeline: Pipeline = "default",
    min_confidence: MinConfidence = 0.0,
    format_: Format = None,
    strict: Strict = False,
    full: Annotated[bool, typer.Option("--full", help="Extract and link everything again.")] = False,
    verbose: Verbose = False,
    as_json: AsJson = False,
) -> None:
    """Read papers, extract what is new, and make the graph of everything read so far.

    Without inputs, make the graph of what was read before, as after a change of overrides.yaml.

    Examples:

    - `kg build papers.jsonl`

    - `kg build listings/*.txt --store my-graph`

    - `kg build found.jsonl --store bolt://localhost:7687 --data my-archive`

    Exit code 1: an input is missing, or not one is of a known format; 5: `--strict` stopped at a problem, the graph is
    as it was; 6: the graph was made, but an input was left out or broke off.
    """
    from kg.builds import build as build_graph
    from kg.cli.input_problems import ReadingPrinter

    reading = ReadingPrinter(strict, verbose)
    with progress() as report:
        built = build_graph(
            inputs or (),
            store,
            data,
            processes=processes,
            pipeline=pipeline,
            min_confidence=min_confidence,
            format_=format_,
            full=full,
            on_problem=reading.problem,
            on_file=reading.file,
            on_progress=report,
        )
    if as_json:
        output.as_json(built)
    else:
        views.build_report(built, store)
    reading.end()


@app.command()
def extract(
    inputs: Inputs,
    out: Annotated[
        Path, typer.Option(metavar="FILE.jsonl", help="File to write; `-` is standard output.", show_default=False)
    ],
    processes: Processes = 1,
    pipeline: Pipeline = "default",
    min_confidence: MinConfidence = 0.0,
    format_: Format = None,
    strict: Strict = False,
    verbose: Verbose = False,
) -> None:
    """Extract into a file, one JSON object a paper, in the order of the input. Needs no data folder.

    Example: `kg extract papers.jsonl --out found.jsonl`

    Exit code 1: an input is missing, or not one is of a known format; 5: `--strict` stopped at a problem; 6: an input
    was left out or broke off.
    """
    from kg.cli.input_problems import ReadingPrinter
    from kg.extraction import Extractor, confident
    from kg.sources import read

    reading = ReadingPrinter(strict, verbose)
    papers = read(inputs, reading.problem, format_, reading.file)
    extractor = Extractor.load(pipeline)
    count = 0
    with written(out) as file, progress() as report:
        for count, extraction in enumerate(extractor.extract(papers, processes=processes), start=1):
            file.write(confident(extraction, min_confidence).model_dump_json(exclude_none=True) + "\n")
            report("extract", count, None)
    if str(out) != "-":
        output.line(f"{out}: {count:,} papers")
    reading.end()


@app.command()
def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", show_default=False)],
    store: Store = defaults.STORE,
    as_json: AsJson = False,
) -> None:
    """Answer a question in English, and show the sentences and the Cypher behind the answer.

    Examples:

    - `kg ask "which papers evaluate on MTEB"`

    - `kg ask "who introduced BERT" --json`

    Exit code 2: the question was not understood; 4: out of time or memory.
    """
    from kg import questions

    with opened(store) as graph:
        answer = questions.ask(graph, question)
    if as_json:
        output.as_json(answer)
    else:
        views.asked(answer)


@app.command()
def cypher(
    statement: Annotated[
        str | None,
        typer.Argument(metavar="[STATEMENT]", help="Cypher that reads; none opens a console.", show_default=False),
    ] = None,
    param: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=VALUE", help="Value of a $parameter: JSON, or else text. May be repeated.", show_default=False
        ),
    ] = None,
    timeout: Annotated[
        float, typer.Option(min=0.1, help="Seconds after which it is stopped.")
    ] = defaults.STATEMENT_SECONDS,
    limit: Annotated[int, typer.Option(min=1, help="Rows after which the answer is cut.")] = defaults.STATEMENT_ROWS,
    store: Store = defaults.STORE,
    as_json: AsJson = False,
) -> None:
    """Run a reading Cypher statement; whatever would write or reach outside the graph is refused.

    Without a statement it opens a console, which `:help` explains, or runs the statements that come through a pipe.

    Examples:

    - `kg cypher 'MATCH (p:Paper)-[:EVALUATES_ON]->(b {name: $name}) RETURN p.title' --param name=MTEB`

    - `kg cypher < statements.cypher`

    Exit code 2: not understood; 3: refused; 4: out of time or memory.
    """
    from kg import queries

    given = _parameters(param or [])
    with opened(store) as graph:
        if statement is None:
            from kg.cli import console

            console.run(graph, given, "json" if as_json else "table", timeout, limit)
            return
        answer = queries.cypher(graph, statement, given, timeout=timeout, limit=limit)
    if as_json:
        output.as_json(answer)
    else:
        views.rows(answer)


@app.command()
def queries(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="A query to run; none lists them.", show_default=False)
    ] = None,
    param: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=VALUE",
            help="Value of a parameter, a list with commas. May be repeated.",
            show_default=False,
        ),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="Rows after which the answer is cut.")] = defaults.ROWS,
    store: Store = defaults.STORE,
    as_json: AsJson = False,
) -> None:
    """List the named queries with their parameters, or run one.

    Examples:

    - `kg queries`

    - `kg queries leaderboard --param benchmark=benchmark/mteb`
    """
    from pydantic import RootModel

    from kg import queries as named
    from kg.store import Location

    if name is None:
        known = named.named_queries(Location.parse(store).engine)
        if as_json:
            output.as_json(RootModel[list[named.NamedQuery]](known))
        else:
            views.named_queries(known)
        return
    given = _parameters(param or [], plain=True)
    with opened(store) as graph:
        answer = named.run_with_texts(graph, name, given, limit=limit)
    if as_json:
        output.as_json(answer)
    else:
        views.rows(answer)


@app.command()
def show(name: Name, store: Store = defaults.STORE, as_json: AsJson = False) -> None:
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
        views.details(shown)


@app.command()
def search(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What a name looks like.", show_default=False)],
    kind: Annotated[
        list[str] | None,
        typer.Option("--type", metavar="TYPE", help="Only this type of node: author, benchmark … May be repeated."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many hits at most.")] = defaults.HITS,
    store: Store = defaults.STORE,
    as_json: AsJson = False,
) -> None:
    """Find names, aliases and titles: mistyped, unfinished, words in any order.

    Examples:

    - `kg search "masive text embeding"`

    - `kg search muennighof --type author --json`
    """
    from pydantic import RootModel

    from kg import search as names

    with opened(store) as graph:
        hits = names.search(graph, text, kind or None, limit)
    if as_json:
        output.as_json(RootModel[list[names.Hit]](hits))
    else:
        views.hits(hits)


@app.command()
def neighbors(
    name: Name, depth: Depth = 1, limit: Limit = 50, store: Store = defaults.STORE, as_json: AsJson = False
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
        views.neighbourhood(neighbourhood)


@app.command()
def explain(
    name: Name,
    data: Annotated[Path, typer.Option(metavar="FOLDER", help="Data folder that holds the archive.")] = Path(
        defaults.STORE
    ),
    as_json: AsJson = False,
) -> None:
    """Say why the written forms of a name are one thing and near names are others, or why records are one paper.

    A paper is named by its title or any of its ids.

    Example: `kg explain LoRA`
    """
    from kg.builds import explain as explain_name

    explanations = explain_name(data, name)
    if as_json:
        output.as_json(explanations)
    else:
        views.explanations(explanations)


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
        views.report(report)


@app.command()
def stats(store: Store = defaults.STORE, as_json: AsJson = False) -> None:
    """Count nodes and edges by type.

    Example: `kg stats --json`
    """
    from kg.analytics import statistics

    with opened(store) as graph:
        counted = statistics(graph)
    if as_json:
        output.as_json(counted)
    else:
        views.statistics(counted)


@app.command()
def render(
    name: Name,
    out: Annotated[
        Path, typer.Option(metavar="FILE.html", help="File to write; `-` is standard output.", show_default=False)
    ],
    depth: Depth = defaults.DRAWN_DEPTH,
    limit: Limit = defaults.DRAWN_EDGES,
    store: Store = defaults.STORE,
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
def doctor(
    store: Store = defaults.STORE,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Check archive, graph, search index and corrections, and say what to do about each finding. Changes nothing.

    Examples:

    - `kg doctor`

    - `kg doctor --store bolt://localhost:7687 --data my-archive`

    Exit code 0: nothing found; 1: findings.
    """
    from kg.doctor import examine

    with progress() as report:
        checkup = examine(store, data, report)
    if as_json:
        output.as_json(checkup)
    else:
        views.checkup(checkup)
    if checkup.findings:
        raise typer.Exit(1)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE.tar.gz", help="File to write.", show_default=False)],
    store: Store = defaults.STORE,
    data: Data = None,
) -> None:
    """Keep the archive and the corrections in one file, while others go on reading and building.

    Graph and search index are not in it: `kg restore` makes them again.

    Example: `kg backup papers-2026-11-21.tar.gz`
    """
    from kg.backup import backup as back_up

    folder = _archive_folder(store, data)
    manifest = back_up(folder, file)
    output.line(f"{file}: {', '.join(member.name for member in manifest.members)} of {folder}")


@app.command()
def restore(
    file: Annotated[
        Path, typer.Argument(metavar="FILE.tar.gz", help="A file that `kg backup` wrote.", show_default=False)
    ],
    store: Store = defaults.STORE,
    data: Data = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the archive and corrections of the folder.")] = False,
) -> None:
    """Put back what `kg backup` saved, and make the graph of it. The file is checked before anything is touched.

    Examples:

    - `kg restore papers-2026-11-21.tar.gz --store another-folder`

    - `kg restore papers-2026-11-21.tar.gz --store bolt://localhost:7687 --data my-archive`
    """
    from kg.backup import rebuild
    from kg.backup import restore as put_back

    folder = _archive_folder(store, data)
    manifest = put_back(file, folder, force=force)
    output.line(f"{', '.join(member.name for member in manifest.members)} of {manifest.made} put back into {folder}")
    with progress() as report:
        built = rebuild(store, folder, _problem, report)
    counts = f"{built.papers:,} papers, {built.nodes:,} nodes, {built.edges:,} edges"
    output.line(f"build {built.build} of {store}: {counts}")


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on; 127.0.0.1 is this machine alone.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8000,
    store: Store = defaults.STORE,
) -> None:
    """Serve the graph: a page to ask it in a browser, and an HTTP API that reads it.

    Example: `kg serve --port 8080`
    """
    from kg.cli.http_server import serve as serve_app

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


def _archive_folder(store: str, data: Path | None) -> Path:
    """The folder of the archive: the one that holds the graph, unless that is on a server."""
    from kg.store import Location

    return data or Location.parse(store).archive_folder(None).path


def _parameters(given: list[str], *, plain: bool = False) -> dict[str, Any]:
    """Values by name: texts if `plain`, else read as JSON if they are that."""
    parameters: dict[str, Any] = {}
    for each in given:
        name, equals, text = each.partition("=")
        if not (name and equals):
            raise InputError(f"--param {each}: write NAME=VALUE")
        parameters[name] = text if plain else json_or_text(text)
    return parameters

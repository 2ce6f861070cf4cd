"""The demonstration: builds the sample, asks it a question, draws it."""

import os
import shlex
import shutil
import sys
from pathlib import Path

from kg import defaults, queries, questions, sample
from kg.builds import build
from kg.cli import output, views
from kg.cli.files import opened, written
from kg.cli.progress_bars import progress
from kg.render import render_html

QUESTION = "which papers evaluate on MTEB"
NAME = "MTEB"


def run(store: Path, out: Path) -> None:
    """Builds the sample into the data folder `store`, asks it a question, and draws the graph into the file `out`."""
    with progress() as report:
        built = build([sample.papers()], str(store), store, on_problem=output.problem, on_progress=report)
    output.line(f"{built.papers} papers read into {store}: {built.nodes:,} nodes, {built.edges:,} edges\n")
    place = shlex.quote(str(store))
    with opened(str(store)) as graph:
        output.line(output.text(f'$ kg ask "{QUESTION}" --store {place}', "bold cyan"))
        views.asked(questions.ask(graph, QUESTION))
        around = queries.neighbourhood(graph, NAME, defaults.DRAWN_DEPTH, defaults.DRAWN_EDGES)
    with written(out) as file:
        file.write(render_html(around, NAME))
    output.line(f"\nthe graph around {NAME}, for any browser:  {out.resolve().as_uri()}")
    output.line(f"ask it in a browser:                      {_command()} serve --store {place}")


def _command() -> str:
    """What to type for `kg`: its path if it is not on the search path, as in an environment that is not active."""
    if shutil.which("kg"):
        return "kg"
    program = os.path.relpath(sys.argv[0])
    return "python -m kg.cli" if program.endswith("__main__.py") else shlex.quote(program)

"""The HTML page of a graph: pyvis makes the network, vis-network draws it, and nothing is loaded from elsewhere.

Titles and sentences are untrusted. They are JSON in a script element that is not executed, and the page shows them as
text; its content security policy lets only its two scripts run, by their hashes.
"""

import base64
import hashlib
import json
import textwrap
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader
from pyvis.network import Network

from kg.queries import Neighbourhood, title
from kg.render.layout import Box, positions
from kg.render.style import EDGE_STYLES, NODE_STYLES, SHAPES

_LABEL_WIDTH = 24
_LABEL_LINES = 2
_FONT = 15
_FONT_CENTRE = 22
_SHOWN = ("year", "published", "type", "aliases", "origin", "papers", "upvotes", "metric", "value", "unit", "evidence")

_OPTIONS = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "tooltipDelay": 120, "multiselect": True, "hideEdgesOnDrag": False},
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3},
    "edges": {
        "smooth": {"enabled": True, "type": "continuous", "roundness": 0.25},
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}},
        "selectionWidth": 1.5,
        "hoverWidth": 1,
    },
}


def render_html(neighbourhood: Neighbourhood, title: str) -> str:
    """Draws a neighbourhood.

    Args:
        neighbourhood: nodes and edges; an edge with an end that is not among the nodes is left out.
        title: the page's heading, as plain text.

    Returns:
        A whole HTML document that needs no network; the same for the same input.
    """
    network = _network(neighbourhood)
    nodes, edges, *_, options = network.get_network_data()
    types = Counter(node["info"]["label"] for node in nodes)
    relations = Counter(edge["info"]["type"] for edge in edges)
    template = Environment(loader=PackageLoader("kg.render", "assets"), autoescape=True).get_template("graph.html")
    return template.render(
        title=title,
        policy=content_security_policy(),
        style=_asset("graph.css"),
        scripts=_scripts(),
        data={"nodes": nodes, "edges": edges, "options": json.loads(options)},
        types=[(label, style, types[label]) for label, style in NODE_STYLES.items() if types[label]],
        relations=[(label, style, relations[label]) for label, style in EDGE_STYLES.items() if relations[label]],
        shapes=SHAPES,
        truncated=neighbourhood.truncated,
    )


@cache
def content_security_policy() -> str:
    """The Content-Security-Policy under which a page works: its own scripts by hash, nothing from elsewhere."""
    scripts = " ".join(f"'sha256-{_sha256(script)}'" for script in _scripts())
    # vis-network sets styles of its elements, hence 'unsafe-inline'; styles cannot load anything under this policy.
    loaded = f"default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data:"
    return f"{loaded}; base-uri 'none'; form-action 'none'"


def _network(neighbourhood: Neighbourhood) -> Network:
    nodes = {node["id"]: node for node in neighbourhood.nodes}
    edges = [edge for edge in neighbourhood.edges if edge["source"] in nodes and edge["target"] in nodes]
    degrees = Counter(end for edge in edges for end in (edge["source"], edge["target"]))
    centre = next(iter(nodes), None)
    labels = {key: _label(node) for key, node in nodes.items()}
    radius = {key: 8 + min(22.0, 4 * degrees[key] ** 0.5) for key in nodes}
    boxes = {key: _box(labels[key], radius[key], _FONT_CENTRE if key == centre else _FONT) for key in nodes}
    places = positions(boxes, ((edge["source"], edge["target"]) for edge in edges))

    network = Network(directed=True)
    network.set_options(json.dumps(_OPTIONS))
    for key, node in nodes.items():
        style = NODE_STYLES[node["label"]]
        x, y = places[key]
        font = _FONT_CENTRE if key == centre else _FONT
        network.add_node(
            key,
            label=labels[key],
            shape=style.shape,
            color={
                "background": style.color,
                "border": "#ffffff",
                "highlight": {"background": style.color, "border": "#111111"},
            },
            size=radius[key],
            x=x,
            y=y - _height(labels[key], font) // 2,
            font={
                "size": font,
                "face": "system-ui, sans-serif",
                "strokeWidth": 4,
                "strokeColor": "#fbfcfd",
                "color": "#1d2733",
                "vadjust": -4,
            },
            info=_node_info(node),
        )
    for edge in edges:
        look = EDGE_STYLES[edge["type"]]
        network.add_edge(
            edge["source"],
            edge["target"],
            color={"color": look.color, "highlight": look.color, "hover": look.color, "opacity": 0.75},
            width=look.width,
            dashes=look.dashed,
            info=_edge_info(edge),
        )
    return network


def _label(node: dict[str, Any]) -> str:
    name = title(node).removeprefix("github.com/")
    lines = textwrap.wrap(name, _LABEL_WIDTH, break_long_words=False, break_on_hyphens=False) or [node["id"]]
    shown = [line if len(line) <= _LABEL_WIDTH + 2 else f"{line[:_LABEL_WIDTH]}…" for line in lines[:_LABEL_LINES]]
    return "\n".join(shown) + " …" * (len(lines) > len(shown))


def _box(label: str, radius: float, font: int) -> Box:
    """Size of a node with its label below it, from the average width of a letter."""
    longest = max(map(len, label.split("\n")))
    return max(2 * radius, longest * font * 0.6), 2 * radius + _height(label, font)


def _height(label: str, font: int) -> int:
    return round((label.count("\n") + 1) * font * 1.25)


def _node_info(node: dict[str, Any]) -> dict[str, Any]:
    return {
        "label": node["label"],
        "name": title(node),
        "url": _web_address(node),
        "facts": [[field, _fact(node[field])] for field in _SHOWN if node.get(field) not in (None, "", [])],
    }


def _edge_info(edge: dict[str, Any]) -> dict[str, Any]:
    return {key: edge.get(key) for key in ("type", "evidence", "confidence", "by", "inferred")}


def _fact(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _web_address(node: dict[str, Any]) -> str | None:
    """The node's address if that is http or https, so safe to follow."""
    url = str(node.get("url") or "")
    return url if url.startswith(("https://", "http://")) else None


@cache
def _scripts() -> tuple[str, str]:
    library = files("pyvis") / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    return library.read_text(encoding="utf-8"), _asset("graph.js")


@cache
def _asset(name: str) -> str:
    return (files("kg.render") / "assets" / name).read_text(encoding="utf-8")


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

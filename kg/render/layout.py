"""Places nodes: a force-directed layout, then overlapping labels pushed apart. One graph gives one picture."""

from collections.abc import Iterable, Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray

_SEED = 7
_ASPECT = 1.9
_GAP = 10.0
"""Least distance between two labels, in pixels."""
_PAIRS = 8_000_000
"""Pairs of nodes that all steps of a layout compare together, at most: a bound on time."""

Box = tuple[float, float]
"""Width and height of a node with its label, in pixels."""


def positions(boxes: dict[str, Box], edges: Iterable[tuple[str, str]]) -> dict[str, tuple[int, int]]:
    """Centres of the nodes in pixels, so that no two boxes overlap, as far as a bounded number of steps allows."""
    if not boxes:
        return {}
    # Sorted, so that the picture does not depend on the order of rows in an answer.
    names = sorted(boxes)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(names)
    graph.add_edges_from(sorted((min(pair), max(pair)) for pair in edges if pair[0] != pair[1]))
    sizes = np.array([boxes[name] for name in names])
    points = _apart(_spring(graph, names) * _extent(sizes), sizes)
    return {name: (round(x), round(y)) for name, (x, y) in zip(names, points.tolist(), strict=True)}


def _spring(graph: "nx.Graph[str]", names: Sequence[str]) -> NDArray[np.float64]:
    """Coordinates from -1 to 1 on either axis, the graph's long side lying across."""
    # method="force", as the default needs SciPy from 500 nodes on.
    placed = nx.spring_layout(
        graph, seed=_SEED, iterations=_steps(len(names), 120), method="force", k=1.6 / np.sqrt(len(names))
    )
    points = np.array([placed[name] for name in names], dtype=np.float64)
    points -= points.mean(axis=0)
    points = points @ np.linalg.svd(points, full_matrices=False)[2].T if len(names) > 2 else points
    reach = np.abs(points).max(axis=0)
    return points / np.where(reach > 1e-9, reach, 1.0)


def _steps(nodes: int, most: int) -> int:
    """Steps of a layout: `most`, or fewer for a large graph."""
    return max(5, min(most, _PAIRS // nodes**2))


def _extent(sizes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Half width and height of a canvas with room for every box, wider than high as screens are."""
    area = float(np.sum((sizes[:, 0] + _GAP) * (sizes[:, 1] + _GAP)))
    half = max(100.0, np.sqrt(area * 2.2 / _ASPECT) / 2)
    return np.array([half * _ASPECT, half])


def _apart(points: NDArray[np.float64], sizes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Pushes overlapping boxes apart along the axis on which they overlap less."""
    least = (sizes[:, None, :] + sizes[None, :, :]) / 2 + _GAP
    for _ in range(_steps(len(points), 80)):
        offset = points[:, None, :] - points[None, :, :]
        overlap = least - np.abs(offset)
        overlap[np.any(overlap <= 0, axis=2)] = 0
        np.einsum("iij->ij", overlap)[:] = 0
        if not overlap.any():
            break
        along_x = (overlap[:, :, 0] <= overlap[:, :, 1])[:, :, None]
        push = overlap * np.concatenate([along_x, ~along_x], axis=2)
        # Two nodes at the same place are moved in opposite directions.
        order = np.sign(np.arange(len(points))[:, None] - np.arange(len(points))[None, :])[:, :, None]
        direction = np.where(offset == 0, order, np.sign(offset))
        points = points + (push * direction).sum(axis=1) / 2
    return points

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.render.layout import positions

NAMES = [f"n{number}" for number in range(40)]


@st.composite
def graphs(draw):
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=25))
    boxes = {name: (draw(st.floats(16, 220)), draw(st.floats(16, 90))) for name in names}
    ends = st.sampled_from(names or [None])
    return boxes, draw(st.lists(st.tuples(ends, ends), max_size=60 if names else 0))


@settings(max_examples=40, deadline=None)
@given(graphs(), st.randoms())
def test_every_node_has_a_place_and_the_order_of_rows_does_not_move_it(graph, random):
    boxes, edges = graph
    placed = positions(boxes, edges)
    assert placed.keys() == boxes.keys()
    shuffled = [(target, source) for source, target in edges]
    random.shuffle(shuffled)
    assert positions(dict(sorted(boxes.items(), reverse=True)), shuffled) == placed


def test_labels_do_not_lie_on_each_other():
    boxes = dict.fromkeys(NAMES, (150.0, 50.0))
    placed = positions(boxes, [("n0", name) for name in NAMES])
    for one, other in itertools.combinations(NAMES, 2):
        (x, y), (u, v) = placed[one], placed[other]
        assert abs(x - u) >= 150 or abs(y - v) >= 50, (one, other)

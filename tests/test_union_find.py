"""Groups of items that are joined."""

from hypothesis import given
from hypothesis import strategies as st

from kg.union_find import UnionFind


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"))), st.randoms())
def test_groups_do_not_depend_on_the_order_of_joining(pairs: list[tuple[str, str]], random: object) -> None:
    one, other = UnionFind(), UnionFind()
    for pair in pairs:
        one.join(*pair)
    random.shuffle(pairs)  # type: ignore[attr-defined]
    for pair in pairs:
        other.join(*reversed(pair))
    assert [one.find(item) for item in "abcdefgh"] == [other.find(item) for item in "abcdefgh"]

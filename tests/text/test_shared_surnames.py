"""Surnames are compared however names are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.shared_surnames import common, comparable, plain_surnames, surnames

SAME = [
    ("Ann Vass", "Vass, Ann"),
    ("Ann Vass", "A. Vass"),
    ("Ann Vass", "Vass A"),
    ("Ann Vass", "Vass AB"),
    ("Ann Vass", "VASS Ann"),
    ("ANN VASS", "vass, ann"),
    ("Ann B. Vass", "A.B. Vass"),
    ("Ann Vass Jr.", "Vass, Ann, Jr."),
    ("Vass, Jr., Ann", "Ann Vass"),
    ("Ann Vass, PhD", "Ann Vass"),
    ("Ann Vass (Crane Lab)", "Ann Vass1,2*"),
    ("Vass et al.", "Ann Vass"),
    ("Zhang Wei", "Wei Zhang"),
    ("Zhang Wei", "W. Zhang"),
    ("Zhang W", "Wei Zhang"),
    ("Wei LI", "Li, Wei"),
    ("Wang, Xiao-Ming", "Xiaoming Wang"),
    ("Nguyễn Văn An", "An Nguyen"),
    ("Jan van der Berg", "Berg, Jan van der"),
    ("Jan van der Berg", "J. Vanderberg"),
    ("van der Berg J", "Jan van der Berg"),
    ("de la Cruz, M.", "Maria Delacruz"),
    ("Rfou, Rami", "Rami Al-Rfou"),
    ("Yann Le Cun", "Yann LeCun"),
    ("Pat O'Brien", "Pat OBrien"),
    ("Ann Smith-Jones", "A. Jones"),
    ("Ann Smith-Jones", "Smith Jones, Ann"),
    ("G. García", "Gabriel García Márquez"),
    ("García Márquez, G.", "Gabriel Marquez"),
    ("Bo Müller", "Mueller, B."),
    ("Bo Müller", "B Muller"),
    ("Johann Strauß", "Strauss, J"),
    ("Søren Kjær", "Kjaer, S."),
    ("Håkon Åse", "Haakon Aase"),
    ("Łukasz Biały", "Bialy, Lukasz"),
    ("Antonín Dvořák", "Dvorak, A."),
]
OTHERS = [
    ("Ann Vass", "Cy Parr"),
    ("Ann Vass", "Ann Parr"),
    ("A. Vass", "A. Parr"),
    ("Vass A", "Parr A"),
    ("Vass, Ann", "Parr, Ann"),
    ("Vass", "Parr"),
    ("Wei Zhang", "Wei Zhou"),
    ("Ann Vass Jr.", "Cy Parr Jr."),
    ("Ann Vass et al.", "Cy Parr et al."),
    ("Jan van der Berg", "Jan van der Meer"),
    ("Maria de la Cruz", "Maria de la Rosa"),
    ("Иван Петров", "Иван Сидоров"),
    ("张伟", "王芳"),
]
UNKNOWN = [
    ("Иван Петров", "Ivan Petrov"),
    ("张伟", "Wei Zhang"),
    ("OpenAI", "Ann Vass"),
    ("The Crane Team", "Ann Vass"),
    ("Anonymous", "Ann Vass"),
    ("Folders", "Ann Vass"),
    ("et al.", "Ann Vass"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_a_surname_is_the_same_however_it_is_written(one: str, other: str) -> None:
    assert common(surnames([one, "Bo Reed"]), surnames(["Di Moss", other]))
    assert common(surnames([other]), surnames([one]))


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_other_surnames_are_others(one: str, other: str) -> None:
    assert not common(surnames([one]), surnames([other]))
    assert not common(surnames([other]), surnames([one]))
    assert comparable(surnames([one]), surnames([other]))


@pytest.mark.parametrize(("one", "other"), UNKNOWN)
def test_what_cannot_be_compared_says_nothing(one: str, other: str) -> None:
    assert not comparable(surnames([one]), surnames([other]))
    assert not comparable(surnames([other]), surnames([one]))


def test_a_group_is_found_among_persons() -> None:
    assert common(surnames(["OpenAI"]), surnames(["OpenAI", "Ann Vass"]))


@given(st.lists(st.sampled_from([name for pair in SAME + OTHERS for name in pair]) | st.text(max_size=12)))
def test_any_list_has_its_own_surnames(names: list[str]) -> None:
    found = surnames(names)
    assert common(found, found) or not found.writing
    assert surnames(reversed(names)) == found


@given(*[st.lists(st.sampled_from([name for pair in SAME + OTHERS for name in pair]), max_size=3)] * 2)
def test_what_is_plain_is_common(one: list[str], other: list[str]) -> None:
    if plain_surnames(one) & plain_surnames(other):
        assert common(surnames(one), surnames(other))


def test_endless_names_are_read_once() -> None:
    for name in ("a " * 50_000, "(" * 100_000, "van " * 50_000 + "x", "-a" * 50_000, "'" * 100_000, "A" * 100_000):
        surnames([name])
        plain_surnames([name])

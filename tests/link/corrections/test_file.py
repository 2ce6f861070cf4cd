"""The file of corrections: what it may hold, and how mistakes are reported."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.link.corrections import Add, Hide, Merge, NameReference, Overrides, OverridesError, Rename

GOOD = """\
# Corrections of our own.
- merge: [model/a, {type: Model, name: B}]
  into: model/c
  who: Ada
  why: They are the same.
  when: 2026-11-21

- add: USES
  from: 2210.07310
  to:
    type: Model
    name: BERT
  who: Ada
  why: "Section 3 says so: twice."
- hide: 1e5
  who: Emmy
  why: null
"""


def mistakes(text: str) -> list[str]:
    with pytest.raises(OverridesError) as caught:
        Overrides.parse(text)
    problems = [str(problem) for problem in caught.value.problems]
    assert str(caught.value).splitlines()[:20] == problems[:20]
    return problems


def test_a_file_is_read_with_the_line_of_each_correction(tmp_path: Path) -> None:
    path = tmp_path / "overrides.yaml"
    path.write_text(GOOD, "utf-8-sig")
    overrides = Overrides.read(path)
    merge, add, hide = (entry.correction for entry in overrides.entries)
    assert [overrides.place(entry) for entry in overrides.entries] == [
        "overrides.yaml:2",
        "overrides.yaml:8",
        "overrides.yaml:15",
    ]
    assert isinstance(merge, Merge)
    assert merge.merge == ("model/a", NameReference(type="Model", name="B"))
    assert merge.when == date(2026, 11, 21)
    # No id is taken for a number, and no word for nothing.
    assert isinstance(add, Add)
    assert (add.source, add.why) == ("2210.07310", "Section 3 says so: twice.")
    assert isinstance(hide, Hide)
    assert (hide.hide, hide.why) == ("1e5", "null")


@pytest.mark.parametrize("text", ["", "# nothing\n", "[]", "---\n", "\n\n"])
def test_a_file_may_be_empty(text: str) -> None:
    assert not Overrides.parse(text)
    assert Overrides.parse(text).digest == ""


def test_the_file_may_be_missing(tmp_path: Path) -> None:
    assert not Overrides.read(tmp_path / "overrides.yaml")


def test_the_digest_depends_on_corrections_and_not_on_comments() -> None:
    digest = Overrides.parse(GOOD).digest
    assert Overrides.parse("# more\n" + GOOD).digest == digest
    assert Overrides.parse(GOOD.replace("Emmy", "Ada")).digest != digest
    assert Overrides.parse(GOOD.replace("1e5", "1e6")).digest != digest
    assert Overrides.parse(GOOD.replace("twice", "once")).digest != digest


def test_every_mistake_is_reported_with_its_line_and_what_to_do() -> None:
    text = """\
- merge: model/a
  into: {type: Modell, name: ''}
  why: ''
  color: red
- 3
- hide: x
  rename: y
- foo: x
- add: USE
  from: a
  to: {type: Model, nam: x}
  who: a
  why: b
  when: yesterday
- split: a
  off: b
  who: a
  why: b
- hide: [a]
  who: a
  why: b
- hide:
  who: a
  why: b
"""
    found = mistakes(text)
    assert [int(line.split(":")[1]) for line in found] == [1, 1, 2, 2, 3, 4, 5, 6, 8, 9, 11, 11, 14, 15, 19, 22]
    for line, expected in [
        (1, "`who` is missing"),
        (1, "`merge` must be a list"),
        (2, "'Modell': write 'Benchmark', 'Dataset', 'Model' or 'Method'"),
        (3, "`why` is empty"),
        (4, "`color` is not a field here: use who, why, when, merge, into"),
        (6, "hide and rename at once"),
        (8, "write one of merge, split, rename, retype, hide, add, remove"),
        (9, "'USE': write 'INTRODUCES'"),
        (11, "`nam` is not a field here: use type, name"),
        (14, "'yesterday': write a day as 2026-01-31"),
        (15, "`papers`, or written `forms`"),
        (19, "`hide` must be a text"),
        (22, "`hide` is empty"),
    ]:
        at_line = [message for message in found if message.startswith(f"overrides.yaml:{line}:")]
        assert any(expected in message for message in at_line), (line, expected)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("'!!!'", "`to` must be one line with a letter or a digit"),
        ('"A\\nB"', "`to` must be one line with a letter or a digit"),
        ('"A\\e[31mB"', "`to` must be one line with a letter or a digit"),
        ("x" * 301, "`to` is longer than 300 characters"),
        ("'  '", "`to` is empty"),
    ],
)
def test_an_unreadable_name_is_refused(name: str, expected: str) -> None:
    assert [line.partition(": ")[2] for line in mistakes(f"- rename: model/a\n  to: {name}\n  who: a\n  why: b\n")] == [
        f"{expected}: write a name that can be read" if "longer" in expected else expected
    ]


def test_an_unknown_verb_is_named() -> None:
    (message,) = mistakes("- hides: model/a\n  who: a\n  why: b\n")
    assert message == "overrides.yaml:1: `hides` does nothing: write one of " + (
        "merge, split, rename, retype, hide, add, remove"
    )
    (message,) = mistakes("- hide: model/a\n  who: '  '\n  why: b\n")
    assert message == "overrides.yaml:2: `who` is empty"


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("- hide: a\n- a: b: c\n", 2, "not YAML: check"),
        ("- hide: 'a\n", 2, "not YAML: check"),
        ("\t- hide: a", 1, "not YAML: check"),
        ("- hide: a\n\x07", 2, "U+0007"),
        ("- hide: !mine a\n", 1, "tag"),
        ("- hide: &a x\n- hide: *a\n", 1, "anchor"),
        ("- hide: *a\n", 1, "alias"),
        ("- hide: a\n--- \n- hide: b\n", 2, "second document"),
        ("- hide: a\n  hide: b\n", 2, "appears twice"),
        ("- ? [a]\n  : 2\n", 1, "must be a word"),
        ("hide: a\n", 1, "begin each correction with"),
        ("[" * 10, 1, "too deep"),
        ("- " * 10, 1, "too deep"),
        ("{a: " * 10, 1, "too deep"),
    ],
)
def test_anything_but_plain_yaml_is_refused(text: str, line: int, expected: str) -> None:
    (message,) = mistakes(text)
    assert message.startswith(f"overrides.yaml:{line}: ")
    assert expected in message


def test_a_reference_to_another_value_is_refused() -> None:
    assert "anchor" in mistakes("- hide: &one a\n  who: *one\n  why: *one\n")[0]


def test_other_encodings_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "overrides.yaml"
    path.write_bytes("- hide: a\n- hide: é\n".encode("latin-1"))
    with pytest.raises(OverridesError, match=r"overrides.yaml:2: not UTF-8"):
        Overrides.read(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(OverridesError, match="cannot be read"):
        Overrides.read(path)


def test_many_mistakes_are_cut_short() -> None:
    with pytest.raises(OverridesError) as caught:
        Overrides.parse("- x\n" * 100)
    assert len(caught.value.problems) == 100
    assert str(caught.value).endswith("… and 80 more")


WORDS = "hide merge add model/a who why a type name Model 2210.07310".split()
PIECES = st.sampled_from([*WORDS, *"-:[]{},'\"#&*!|>?%@` \n\t\0\x85é", "- ", ": ", "  ", "---", "- hide: "])


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        Overrides.parse(text)
    except OverridesError as error:
        assert error.problems
        for problem in map(str, error.problems):
            assert problem.startswith("overrides.yaml:") and "\n" not in problem


def test_a_rename_keeps_the_name_as_written() -> None:
    (entry,) = Overrides.parse("- rename: model/a\n  to: 'C++ ≥ 20'\n  who: a\n  why: b\n").entries
    assert isinstance(entry.correction, Rename)
    assert entry.correction.to == "C++ ≥ 20"

"""Author lists as exporters and people write them: names with the given name first, and nobody who is none."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kg.text.author_lists import author_names, bibtex_author_names, organization_names

TWO = ("Ann Vass", "Nora Shaw")
THREE = ("Ann Vass", "Nora Shaw", "Pia Parr")
INITIALS = ("A. Vass", "N. Shaw", "P. Parr")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Vass", ("Ann Vass",)),
        ("Vass, Ann", ("Ann Vass",)),
        ("van den Oost, Anna", ("Anna van den Oost",)),
        ("Vass, Ann; Shaw, Nora; Parr, Pia", THREE),
        ("Vass, Ann; Shaw, Nora; ", TWO),
        ("Vass, Ann;Shaw, Nora", TWO),
        ("Ann Vass; Nora Shaw", TWO),
        ("Ann Vass; Shaw, Nora", TWO),
        ("Ann Vass, Nora Shaw", TWO),
        ("Ann Vass, Nora Shaw and Pia Parr", THREE),
        ("Ann Vass, Nora Shaw, and Pia Parr", THREE),
        ("Ann Vass, Nora Shaw, & Pia Parr", THREE),
        ("Ann Vass, Nora Shaw &amp; Pia Parr", THREE),
        ("Ann Vass & Nora Shaw", TWO),
        ("Ann Vass and Nora Shaw", TWO),
        ("Vass, Ann and Shaw, Nora", TWO),
        ("Vass, Ann and Shaw, Nora and Parr, Pia", THREE),
        ("Vass, Ann & Shaw, Nora", TWO),
        ("Vass, Ann, and Shaw, Nora", TWO),
        ("Vass, Ann, and Nora Shaw", TWO),
        ("Vass, Ann, Nora Shaw, and Pia Parr", THREE),
        ("Vass, Ann, et al.", ("Ann Vass",)),
        ("Vass, Ann, Shaw, Nora", TWO),
        ("Vass, A., Shaw, N., Parr, P.", INITIALS),
        ("Vass, A., Shaw, N., & Parr, P.", INITIALS),
        ("Vass, A., Shaw, N. and Parr, P.", INITIALS),
        ("Vass, A., & Shaw, N.", INITIALS[:2]),
        ("Vass, A., Shaw, N., et al.", INITIALS[:2]),
        ("Vass, A. B., Shaw, N.-C., van den Oost, A.", ("A. B. Vass", "N.-C. Shaw", "A. van den Oost")),
        ("A. Vass, N. Shaw, P. Parr", INITIALS),
        ("A. Vass, N. Shaw and P. Parr", INITIALS),
        ("A. Vass; N. Shaw; P. Parr", INITIALS),
        ("Vass A, Shaw N, Parr P.", INITIALS),
        ("Vass A.; Shaw N.; Parr P.", INITIALS),
        ("Vass A., Shaw N., Parr P.", INITIALS),
        ("Vass AB, Shaw N, van den Oost A", ("A. B. Vass", "N. Shaw", "A. van den Oost")),
        ("Vass AB Jr, Shaw NC 3rd", ("A. B. Vass Jr", "N. C. Shaw 3rd")),
        ("Vass A.", ("A. Vass",)),
        ("Vass, A; Shaw, NB", ("A. Vass", "N. B. Shaw")),
        ("Vaswani, Shazeer and Parmar", ("Vaswani", "Shazeer", "Parmar")),
        ("Vass and Shaw", ("Vass", "Shaw")),
        ("Vass", ("Vass",)),
        ("Vass et al.", ("Vass",)),
        ("Ann Vass | Nora Shaw", TWO),
        ("Ann Vass · Nora Shaw", TWO),
        ("Ann Vass • Nora Shaw", TWO),
        ("Ann Vass / Nora Shaw", TWO),
        ("Ann Vass\nNora Shaw", TWO),
        ("Vass, Ann\nShaw, Nora\n", TWO),
        ("Ann Vass,\nNora Shaw,\nPia Parr", THREE),
        ("Ann Vass, Nora\nShaw, Pia Parr", THREE),
        ("Ann Vass，Nora Shaw", TWO),
        ("Vass, Ann；Shaw, Nora", TWO),
        ("[Ann Vass, Nora Shaw]", TWO),
        ("Authors: Ann Vass, Nora Shaw", TWO),
        ("By Ann Vass and Nora Shaw", TWO),
        ("Ann Vass, Nora Shaw.", TWO),
        ("Ann  Vass ,Nora\u00a0Shaw", TWO),
        ("Ann Vass, Ann Vass", ("Ann Vass",)),
        ("Ann Vass, Abdul 'Abd, Gerard 't Hooft", ("Ann Vass", "Abdul 'Abd", "Gerard 't Hooft")),
    ],
)
def test_names_in_one_text(text: str, expected: tuple[str, ...]) -> None:
    assert author_names(text) == expected


@pytest.mark.parametrize(
    "others",
    [
        "et al.",
        "et al",
        "et. al.",
        "et.al.",
        "et alii",
        "and others",
        "others",
        "and 12 others",
        "...",
        "…",
        "+ 5 more",
        "et al…",
    ],
)
def test_others_are_nobody(others: str) -> None:
    assert author_names(f"Ann Vass, {others}") == author_names(f"Ann Vass {others}") == ("Ann Vass",)
    assert author_names(f"Vass, Ann; {others}") == bibtex_author_names(f"Vass, Ann and {others}") == ("Ann Vass",)
    assert author_names(["Ann Vass", "Nora Shaw", others]) == TWO


@pytest.mark.parametrize(
    "nobody",
    [
        "Anonymous",
        "Anonymous Authors",
        "Anonymous Author(s)",
        "anonymous",
        "Unknown",
        "n/a",
        "N/A",
        "None",
        "null",
        "nan",
        "-",
        ":",
        "",
        "  ",
        "[]",
        "et al.",
    ],
)
def test_nobody(nobody: str) -> None:
    assert author_names(nobody) == author_names([nobody]) == bibtex_author_names(nobody) == ()
    assert author_names([nobody, "Ann Vass", "Nora Shaw"]) == TWO
    assert author_names([{"name": nobody}]) == ()


@pytest.mark.parametrize("name", ["Na Li", "Nan Li", "Nan", "Wei", "Nil Vass"])
def test_short_names_are_names(name: str) -> None:
    assert author_names(name) == author_names([name]) == bibtex_author_names(name) == (name,)


@pytest.mark.parametrize(
    "text",
    [
        "Ann Vass*, Nora Shaw†",
        "Ann Vass1, Nora Shaw2",
        "Ann Vass1,2, Nora Shaw2,3",
        "Ann Vass 1, Nora Shaw 2",
        "Ann Vass¹, Nora Shaw²",
        "Ann Vass¹,², Nora Shaw¹",
        "Ann Vass$^1$, Nora Shaw$^{1,2}$",
        r"Ann Vass$^\dagger$ and Nora Shaw$^{\ast}$",
        "Ann Vass<sup>1</sup>, Nora Shaw<sup>1,2</sup>",
        "Ann Vass&lt;sup&gt;1&lt;/sup&gt;, Nora Shaw",
        "Ann Vass^1, Nora Shaw^{2}",
        "Ann Vass 0001, Nora Shaw 0023",
        "Ann Vass (University of Olm), Nora Shaw (Olm, Inc.)",
        "Ann Vass (1), Nora Shaw (1 and 2)",
        "Ann Vass [1], Nora Shaw [2]",
        "Ann Vass <ann@olm.example>, Nora Shaw <nora@olm.example>",
        "Ann Vass (ann@olm.example); Nora Shaw (nora@olm.example)",
        "Ann Vass (0000-0001-2345-6789), Nora Shaw",
        "Ann Vass https://orcid.org/0000-0001-2345-6789, Nora Shaw",
        "Ann Vass, PhD, Nora Shaw, Ph.D.",
        "Ann Vass, Member, IEEE, Nora Shaw, Senior Member, IEEE",
        "<b>Ann Vass</b>, Nora Shaw",
        "**Ann Vass**, Nora Shaw",
        "Ann Vass✉, Nora Shaw‡§",
        '"Ann Vass", "Nora Shaw"',
        "Ann Vass, University of Olm; Nora Shaw, Olm Institute of Folding",
    ],
)
def test_what_stands_around_names_is_left_out(text: str) -> None:
    assert author_names(text) == TWO


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Robert (Bob) Vass", "Robert (Bob) Vass"),
        ("M&uuml;ller, Ann", "Ann Müller"),
        (r"M{\"u}ller, Ann", "Ann Müller"),
        (r"M\"uller, Ann", "Ann Müller"),
        (r"{\L}ukasz \v{S}\'{\i}", "Łukasz Ší"),
        ("Vass, Jr., Ann", "Ann Vass Jr."),
        ("Vass, Ann, Jr.", "Ann Vass Jr."),
        ("Vass, Ann Jr.", "Ann Vass Jr."),
        ("Vass Jr., Ann", "Ann Vass Jr."),
        ("Ann Vass, Jr.", "Ann Vass Jr."),
        ("Vass, III, Ann", "Ann Vass III"),
        ("Ann Vass III", "Ann Vass III"),
        ("de la Rue, Jean", "Jean de la Rue"),
        ("Rue, Jean de la", "Jean de la Rue"),
        ("O'Neil, Ann-Marie", "Ann-Marie O'Neil"),
        ("王伟", "王伟"),
        ("김철수", "김철수"),
        ("~Ann_Vass1", "Ann Vass"),
        ("Olm Collaboration", "Olm Collaboration"),
        ("University of California, Berkeley", "University of California, Berkeley"),
        ("Centers for Disease Control and Prevention", "Centers for Disease Control and Prevention"),
        ("on behalf of the Olm Collaboration", "Olm Collaboration"),
        ("Google, Inc.", "Google, Inc."),
        ("{Olm and Friends}", "Olm and Friends"),
        ("Team 42", "Team 42"),
        ("4Paradigm", "4Paradigm"),
        ("Karthik R", "Karthik R"),
    ],
)
def test_one_name(text: str, expected: str) -> None:
    assert author_names(text) == author_names([text]) == (expected,)


def test_names_in_chinese_stay() -> None:
    assert author_names("王伟, 李娜") == author_names("王伟；李娜") == author_names("王伟、李娜") == ("王伟", "李娜")
    assert author_names([{"family": "王", "given": "伟"}]) == ("王伟",)


def test_a_collaboration_before_its_members() -> None:
    expected = ("Olm Collaboration", "A. Vass", "N. Shaw")
    assert author_names("Olm Collaboration: A. Vass, N. Shaw") == expected
    assert author_names(["Olm Collaboration", ":", "A. Vass", "N. Shaw"]) == expected
    assert author_names("Olm Collaboration, Vass, A., Shaw, N.") == expected
    assert author_names("OpenAI, Ann Vass, Nora Shaw") == ("OpenAI", *TWO)


@pytest.mark.parametrize(
    "cell",
    [
        '["Ann Vass", "Nora Shaw"]',
        "['Ann Vass', 'Nora Shaw']",
        "['Ann Vass' 'Nora Shaw']",
        "['Ann Vass'\n 'Nora Shaw']",
        "('Ann Vass', 'Nora Shaw')",
        "{'Ann Vass', 'Nora Shaw'}",
        '{"Ann Vass","Nora Shaw"}',
        'c("Ann Vass", "Nora Shaw")',
        "['Vass, Ann', 'Shaw, Nora']",
        '[{"name": "Ann Vass"}, {"name": "Nora Shaw"}]',
        "[{'authorId': '1', 'name': 'Ann Vass', 'url': None}, {'authorId': None, 'name': 'Nora Shaw'}]",
        '[{"given": "Ann", "family": "Vass"}, {"given": "Nora", "family": "Shaw"}]',
        '[["Vass", "Ann", ""], ["Shaw", "Nora", ""]]',
        "[['Vass', 'Ann', ''], ['Shaw', 'Nora', '']]",
    ],
)
def test_lists_in_one_cell(cell: str) -> None:
    assert author_names(cell) == TWO


def test_quotes_within_a_list_in_a_cell() -> None:
    assert author_names("['Ann O\\'Neil', \"Nora D'Or\", 'Jos\\u00e9 Rue']") == ("Ann O'Neil", "Nora D'Or", "José Rue")


@pytest.mark.parametrize(
    "value",
    [
        ["Ann Vass", "Nora Shaw"],
        ("Ann Vass", "Nora Shaw"),
        ["Vass, Ann", "Shaw, Nora"],
        ["Ann Vass and Nora Shaw"],
        ["Ann Vass, Nora Shaw"],
        [" Ann Vass ", None, 3, "Nora  Shaw", "Ann Vass"],
        ["Ann Vass1", "Nora Shaw*"],
        ["Ann Vass, University of Olm", "Nora Shaw, Olm Institute"],
        ["~Ann_Vass1", "~Nora_Shaw12"],
        [["Vass", "Ann", ""], ["Shaw", "Nora"]],
        [["Ann Vass", "University of Olm"], ["Nora Shaw", "Olm Institute"]],
        [{"name": "Ann Vass"}, {"name": "Nora Shaw"}],
        [{"name": "Vass, Ann", "nameType": "Personal"}, {"full_name": "Shaw, Nora"}],
        [
            {"family": "Vass", "given": "Ann", "sequence": "first", "affiliation": []},
            {"family": "Shaw", "given": "Nora"},
        ],
        [
            {"firstName": "Ann", "lastName": "Vass", "creatorType": "author"},
            {"name": "Nora Shaw", "creatorType": "author"},
        ],
        [{"first": "Ann", "middle": [], "last": "Vass", "suffix": ""}, {"first": "Nora", "last": "Shaw"}],
        [{"LastName": "Vass", "ForeName": "Ann", "Initials": "A"}, {"LastName": "Shaw", "ForeName": "Nora"}],
        [{"fullname": "Ann Vass", "username": "~Ann_Vass1"}, {"fullname": "Nora Shaw"}],
        [
            {"author": {"id": "x", "display_name": "Ann Vass"}, "author_position": "first"},
            {"raw_author_name": "Nora Shaw"},
        ],
        [{"@pid": "1", "text": "Ann Vass 0001"}, {"text": "Nora Shaw"}],
        [{"keyname": "Vass", "forenames": "Ann"}, {"keyname": "Shaw", "forenames": "Nora"}],
        [{"@type": "Person", "givenName": "Ann", "familyName": "Vass"}, {"@type": "Person", "name": "Nora Shaw"}],
        [{"first_name": "Ann", "last_name": "Vass"}, {"surname": "Shaw", "given-name": "Nora"}],
        [{"name": "Ann Vass", "hidden": False, "user": {"fullname": "x"}}, {"name": "Nora Shaw"}],
        {"author": [{"name": "Ann Vass"}, {"name": "Nora Shaw"}]},
        {"value": ["Ann Vass", "Nora Shaw"]},
        {"author": "Ann Vass and Nora Shaw"},
    ],
)
def test_lists_and_objects(value: object) -> None:
    assert author_names(value) == TWO


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"family": "Oost", "given": "Anna", "non-dropping-particle": "van den"}, ("Anna van den Oost",)),
        ({"family": "Rue", "given": "Jean", "dropping-particle": "de la", "suffix": "Jr."}, ("Jean de la Rue Jr.",)),
        ({"literal": "Team Olm"}, ("Team Olm",)),
        ({"literal": "Olm, Vass and Friends"}, ("Olm, Vass and Friends",)),
        ({"CollectiveName": "Olm Group"}, ("Olm Group",)),
        ({"name": "University of California, Berkeley"}, ("University of California, Berkeley",)),
        ({"first": "Ann", "middle": ["B.", "C."], "last": "Vass", "suffix": "III"}, ("Ann B. C. Vass III",)),
        ({"LastName": "Vass", "Initials": "AB"}, ("A. B. Vass",)),
        ({"given": "Madonna"}, ("Madonna",)),
        ({"family": "Madonna"}, ("Madonna",)),
        ({"name": {"value": "Ann Vass"}}, ("Ann Vass",)),
        ({"name": None, "affiliation": "Olm"}, ()),
        ([{"firstName": "Ed", "lastName": "Itor", "creatorType": "editor"}, {"name": "Vass, Ann"}], ("Ann Vass",)),
        (None, ()),
        (3, ()),
        (float("nan"), ()),
        ([], ()),
        ([["Vass", "Ann", "Jr."]], ("Ann Vass Jr.",)),
    ],
)
def test_kinds_of_people(value: object, expected: tuple[str, ...]) -> None:
    assert author_names(value) == expected


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("Vass, Ann and Nora Shaw", TWO),
        ("Vass, Ann AND Shaw, Nora", TWO),
        ("Vass, Ann\n  and Shaw, Nora", TWO),
        ("A. Vass, N. Shaw, and P. Parr", INITIALS),
        ("Ann Vass, Nora Shaw and Pia Parr", THREE),
        ("Ann Vass, Nora Shaw, Pia Parr", THREE),
        ("Vass, Ann; Shaw, Nora; Parr, Pia", THREE),
        (r"Vass, Ann \& Shaw, Nora", TWO),
        ("Vass, Ann & Shaw, Nora", TWO),
        ("Vass, A., Shaw, N., Parr, P.", INITIALS),
        ("Vass, A., Shaw, N. and Parr, P.", INITIALS),
        ("Vass, Ann, Shaw, Nora", TWO),
        ("Vass, Ann\nShaw, Nora", TWO),
        ("Vass*, Ann and Nora Shaw$^1$", TWO),
        (r"Ann Vass\textsuperscript{1} and Nora Shaw\thanks{Equal {\em work}}", TWO),
        ("Ann Vass 0001 and Nora Shaw", TWO),
        ("Vass, Ann and others", ("Ann Vass",)),
        ("{Team Olm}", ("Team Olm",)),
        ("{Team Olm and Friends} and Vass, Ann", ("Team Olm and Friends", "Ann Vass")),
        ("{Olm, Inc.} and Ann Vass", ("Olm, Inc.", "Ann Vass")),
        ("{{Olm, Shaw \\& Co}}", ("Olm, Shaw & Co",)),
        ("{OpenAI} and Vass, Ann", ("OpenAI", "Ann Vass")),
        ("{Vass, Ann and Shaw, Nora}", TWO),
        ("{van den Oost}, Anna", ("Anna van den Oost",)),
        ("van den Oost, Anna and de la Rue, Jean", ("Anna van den Oost", "Jean de la Rue")),
        ("García Márquez, Gabriel José", ("Gabriel José García Márquez",)),
        ("Vass, Jr., Ann and Shaw, III, Nora", ("Ann Vass Jr.", "Nora Shaw III")),
        ("D.~E. Knuth and A.\\,B. Vass", ("D. E. Knuth", "A. B. Vass")),
        (r"Ku{\v S}a, Ann and {\'E}lie \O{}st", ("Ann KuŠa", "Élie Øst")),
        (
            "family=Oost, given=Anna, prefix=van den, useprefix=true and Dieter, Sam and given=Jean, prefix=de la, family=Rue",
            ("Anna van den Oost", "Sam Dieter", "Jean de la Rue"),
        ),
        ("family=Vass, given=Ann, given-i=A, suffix=Jr.", ("Ann Vass Jr.",)),
        ("family={van Oost}, given={Anna Maria}", ("Anna Maria van Oost",)),
        ('given=Ann, family="Vass"', ("Ann Vass",)),
        ("Anonymous", ()),
        ("", ()),
    ],
)
def test_names_in_bibtex(field: str, expected: tuple[str, ...]) -> None:
    assert bibtex_author_names(field) == expected


def test_organizations_are_not_put_in_order() -> None:
    assert organization_names("Google, Olm") == organization_names("Google; Olm") == ("Google", "Olm")
    assert organization_names("University of California, Berkeley; Olm") == (
        "University of California, Berkeley",
        "Olm",
    )
    assert organization_names(["Olm, Inc.", "Olm, Inc.", None]) == ("Olm, Inc.",)
    assert organization_names([{"display_name": "Olm"}, {"name": "Google"}]) == ("Olm", "Google")
    assert organization_names("['Olm', 'Google']") == ("Olm", "Google")
    assert organization_names(None) == ()


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=())),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["name", "family", "given", "author", "role", ""]) | st.text(), inner, max_size=4
        )
    ),
    max_leaves=8,
)
words = st.sampled_from(
    "Ann Vass van de O'Neil A. AB Jr. III et al and & , ; : ( ) [ ] { } | * 1 0001 $^1$ Team of PhD 王 \\ \\'e \\& = family= \" ' ... 、 \n others None".split(
        " "
    )
)
like_names = st.lists(words, max_size=10).flatmap(
    lambda parts: st.sampled_from(["", " "]).map(lambda blank: blank.join(parts))
)


@given(anything | like_names | st.lists(like_names, max_size=3))
def test_anything_gives_names_or_none(value: object) -> None:
    for names in (
        author_names(value),
        organization_names(value),
        bibtex_author_names(value if isinstance(value, str) else ""),
    ):
        assert len(set(names)) == len(names)
        assert all(name == name.strip() and any(map(str.isalpha, name)) for name in names)


people = st.sampled_from(
    [
        "Ann Vass",
        "A. B. Shaw",
        "Anna van den Oost",
        "Jean de la Rue Jr.",
        "王伟",
        "Olm Team",
        "Vass",
        "Ann O'Neil-Vass III",
    ]
)


@given(st.lists(people, unique=True, max_size=5))
def test_names_that_are_clean_stay(names: list[str]) -> None:
    assert author_names(names) == author_names(tuple(names)) == tuple(names)
    assert bibtex_author_names(" and ".join(names)) == author_names("; ".join(names)) == tuple(names)


@given(like_names | st.lists(like_names, max_size=3))
def test_what_was_read_is_read_again_as_it_is(value: object) -> None:
    # TeX and the keys of biblatex may turn into either again.
    assume(not set("\\=") & set(str(value)) and "and" not in str(value))
    names = author_names(value)
    assert author_names(names) == names

"""Regular expressions mean here what they mean to Java: the tables say what Java 17 answered."""

import random
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import NotUnderstoodError, RefusedError
from kg.interpreter import character_sets
from kg.interpreter.java_regex import MAX_NESTING, compile_pattern
from kg.queries import cypher
from kg.syntax import guard

CASES = [
    ("", [""], ["a"]),
    ("abc", ["abc"], ["abcd", "ABC"]),
    ("a|b|", ["a", "b", ""], ["ab"]),
    ("a.c", ["abc", "a😀c", "a\x0bc"], ["a\nc", "a\rc", "a\x85c", "a\u2028c"]),
    ("(?s)a.c", ["a\nc", "a\u2029c"], []),
    ("(?d)a.c", ["a\rc"], ["a\nc"]),
    ("\\d", ["5"], ["٣", "²"]),
    ("(?U)\\d", ["5", "٣"], ["²"]),
    ("\\w+", ["a_1"], ["é", "日"]),
    ("(?U)\\w+", ["é_1", "日", "á"], ["²"]),
    ("\\s", [" ", "\x0b"], ["\xa0", "\x1c", "\u2003"]),
    ("(?U)\\s", ["\xa0", "\x85"], ["\x1c", "\u200b"]),
    ("\\W", ["é", "😀"], ["a"]),
    ("\\h", ["\t", "\xa0", "\u180e"], ["\n"]),
    ("\\H\\V", ["a\t", "ab"], ["\tb"]),
    ("\\v", ["\x0b", "\u2028"], ["\t"]),
    ("[\\v-\\x0c]", ["\x0b", "\x0c"], ["\n"]),
    ("\\R", ["\r\n", "\n", "\u2028"], ["\n\r"]),
    ("\\R\\R", ["\r\n", "\n\n"], []),
    ("\\R{2}", ["\n\n"], ["\r\n"]),
    ("a\\b.\\bb", ["a b", "a-b"], ["aéb", "áb"]),
    ("é\\b.", ["é "], ["éa", "é́"]),
    (".\\b́.*", ["_́", "_́a"], ["á"]),
    ("(?U)a\\b.*", ["a-"], ["á", "a\u200d"]),
    (".\\B.", ["ab", "a_", "--"], ["a-"]),
    (".*\\bBERT\\b.*", ["the BERT model", "BERT-large"], ["RoBERTa", "BERTé"]),
    ("a$\n?", ["a", "a\n"], []),
    ("a$.?", ["a"], ["ab"]),
    ("(?s)a$.*", ["a\r\n", "a\n", "a\x85", "a\r"], ["a\n\n"]),
    ("(?s)a\r$.*", ["a\r"], ["a\r\n"]),
    ("(?sd)a$.*", ["a\n"], ["a\r"]),
    ("(?sm)a$.b", ["a\nb", "a\rb", "a\u2028b"], []),
    ("(?sm)a.^b", ["a\nb", "a\rb"], ["a-b"]),
    ("(?sm)a..^b", ["a\r\nb", "a\n\nb"], []),
    ("(?sm)a.^", [], ["a\n"]),
    ("(?m)^", [], ["", "a"]),
    ("^*a", ["a"], []),
    ("$", [""], ["\n", "\r\n"]),
    ("(?s)\\Aa\\Z.*", ["a\n"], ["ab"]),
    ("(?s)a\\z.*", ["a"], ["a\n"]),
    ("(?i)é", ["é"], ["É"]),
    ("(?i)k[a-c]", ["KB", "kB"], ["Kb"]),
    ("(?iu)é", ["é", "É"], []),
    ("(?iu)k", ["K", "K"], []),
    ("(?iu)ß", ["ß"], ["ẞ"]),
    ("(?iu)ßa", ["ßA", "ẞA"], []),
    ("(?iu)[à-þ]+", ["ÀÞ", "÷"], ["ÿ"]),
    ("a(?i)b(?-i)c", ["aBc"], ["ABc", "aBC"]),
    ("(a(?i)b|c)d", ["aBd", "Cd"], ["aBD"]),
    ("(?i:a)b", ["Ab"], ["AB"]),
    ("(?u)é", [], ["É"]),
    ("(?x) a b # c\n d", ["abd"], ["a b d"]),
    ("(?x)a\\ b[c d]", ["a bc"], ["a b "]),
    ("(?x)a{2} +", ["aa"], ["aaa"]),
    ("(?x)\\x 4 1", ["A"], []),
    ("(?x)a#b\x85c", ["a\x85c"], ["ac"]),
    ("\\Qa.b\\E.", ["a.bc"], ["axbc"]),
    ("\\Qa.*", ["a.*"], ["ab"]),
    ("a\\Q+\\E+", ["a++"], ["aa"]),
    ("[\\Qa-c\\E]", ["a", "-"], ["b"]),
    ("\\Q\\\\E", ["\\"], []),
    ("\\p{Lu}", ["A", "É"], ["a"]),
    ("\\p{L}+", ["aé日"], ["a1"]),
    ("\\pL\\PL", ["a1"], ["ab"]),
    ("\\P{Lu}", ["a"], ["A"]),
    ("\\p{Upper}\\p{Lower}", ["Aa"], ["Éa"]),
    ("(?U)\\p{Upper}", ["É"], []),
    ("(?i)\\p{Lu}", ["a"], ["1"]),
    ("(?i)\\p{Lower}", ["A"], []),
    ("\\p{IsAlphabetic}+", ["aé日", "ⅷ"], ["1"]),
    ("\\p{IsLatin}+", ["aé"], ["я"]),
    ("\\p{IsHan}", ["日"], ["あ"]),
    ("\\p{script=Grek}", ["π"], ["p"]),
    ("\\p{InGreek}", ["π"], ["ἀ"]),
    ("\\p{block=Basic Latin}", ["a"], ["é"]),
    ("\\p{gc=Nd}", ["٣"], []),
    ("\\p{javaLowerCase}", ["ª"], ["A"]),
    ("\\p{javaWhitespace}", ["\x1c"], ["\xa0"]),
    ("\\p{Punct}+", ['!"~$+'], ["«"]),
    ("(?U)\\p{punct}", ["«"], ["$"]),
    ("\\p{IsPunctuation}", ["!"], ["$"]),
    ("\\p{IsUppercase}", ["É"], []),
    ("\\p{ASCII}", ["a"], ["é"]),
    ("\\p{all}", ["😀"], []),
    ("\\p{Sc}", ["€"], []),
    ("[abc]", ["a"], ["d"]),
    ("[^abc]", ["d", "😀", "\n"], ["a"]),
    ("[a-c[x-z]]", ["b", "y"], ["d"]),
    ("[a-z&&[^aeiou]]", ["b"], ["e"]),
    ("[a-z&&def]", ["d"], ["a"]),
    ("[^a-z&&def]", ["a"], ["d"]),
    ("[a-z&&b-y&&c]", ["c"], ["b"]),
    ("[a-z&&^a]", ["a"], ["^"]),
    ("[a&b]", ["&", "a"], []),
    ("[&&a]", ["a"], ["&"]),
    ("[]a]", ["]", "a"], []),
    ("[^]]", ["a"], ["]"]),
    ("[a-]", ["-", "a"], ["b"]),
    ("[-a]", ["-"], []),
    ("[a-[b]]", ["-", "a", "b"], []),
    ("[\\d-z]", ["-", "5", "z"], ["y"]),
    ("[\\]\\\\^-]+", ["]\\^-"], []),
    ("[\\x{1F600}-\\x{1F610}]", ["😀"], ["a"]),
    ("[^\\W_]", ["a"], ["_"]),
    ("a]b}", ["a]b}"], []),
    ("[.$|()*+?{}]+", [".$|()*+?{}"], []),
    ("a{2}", ["aa"], ["a"]),
    ("a{2,}", ["aaa"], ["a"]),
    ("a{0}b", ["b"], ["ab"]),
    ("a{2}{3}", ["aa"], ["aaaaaa"]),
    ("{2}", [""], ["a"]),
    ("a*?b", ["aab", "b"], []),
    ("a?+a", ["aa"], ["a"]),
    ("a*+a", [], ["aaa"]),
    ("(a|ab){2}+", ["aa"], ["aba"]),
    ("(?>a|ab)c", ["ac"], ["abc"]),
    ("(ab)*", ["abab", ""], ["aba"]),
    ("(a|b)*c", ["abac"], ["abca"]),
    ("(|a)+", ["", "aaa"], []),
    ("(?<n>a)b", ["ab"], []),
    ("()*a", ["a"], []),
    ("\\x41\\x{42}\\0103\\u0044", ["ABCD"], []),
    ("\\0477", ["'7"], []),
    ("\\cA\\ca", ["\x01!"], []),
    ("\\t\\n\\r\\f\\a\\e", ["\t\n\r\x0c\x07\x1b"], []),
    ("\\.\\-\\é", [".-é"], []),
    ("\\uD83D\\uDE00", ["😀"], []),
    (".", ["😀", "日"], []),
    ("..", [], ["😀"]),
]
"""An expression, texts that it matches, and texts that it does not."""

WRONG = [
    ("a**", 3, "nothing that this * could repeat"),
    ("+", 1, "nothing that this + could repeat"),
    ("a|?", 3, "nothing that this ? could repeat"),
    ("(?i)*", 5, "nothing that this * could repeat"),
    ("(a", 3, "a ( is not closed"),
    ("a)", 2, "closes nothing"),
    ("[a", 3, "a [ is not closed"),
    ("[a[b]", 6, "a [ is not closed"),
    ("[]", 3, "a [ is not closed"),
    ("[a-", 4, "a [ is not closed"),
    ("{", 1, "after { there is a number"),
    ("a{,2}", 2, "after { there is a number"),
    ("a{2", 4, "not closed"),
    ("a{2,1}", 7, "out of order"),
    ("a{2147483648}", 14, "too large"),
    ("a{99999999999}", 15, "too large"),
    ("a\\", 3, "nothing behind it"),
    ("a\\y", 4, "\\y means nothing"),
    ("\\Q.\\E\\y", 8, "\\y means nothing"),
    ("[\\b]", 4, "\\b means nothing in a class"),
    ("[\\1]", 4, "\\1 means nothing in a class"),
    ("\\x4", 4, "two hexadecimal digits"),
    ("\\x{110000}", 11, "two hexadecimal digits"),
    ("\\u12", 5, "four hexadecimal digits"),
    ("\\08", 3, "digits from 0 to 7"),
    ("\\c", 3, "\\c has a character"),
    ("\\p{Foo}", 8, "no characters have a property Foo"),
    ("\\p{foo=bar}", 12, "no characters have a property foo"),
    ("\\p{Lu", 4, "not closed"),
    ("\\k<n>", 6, "name of a group"),
    ("(?<1>a)", 6, "a letter first"),
    ("(?<n>a)(?<n>b)", 13, "another group named n"),
    ("(?y)", 4, "no kind of group"),
    ("[b-a]", 5, "ends before it begins"),
    ("[a-\\d]", 6, "ends with one character"),
    ("[&&]", 4, "nothing on either side"),
]
"""What Java takes for no expression, the place, and what the message says."""

REFUSED = [
    ("(?=a)", "looking ahead"),
    ("(?!a)", "looking ahead"),
    ("(?<=a)", "looking behind"),
    ("(?<!a)", "looking behind"),
    ("(a)\\1", "reference back to a group"),
    ("(?<n>a)\\k<n>", "reference back to a group"),
    ("\\Ga", "\\G"),
    ("\\X", "\\X"),
    ("\\b{g}", "\\b{g}"),
    ("\\N{DIGIT ONE}", "\\N"),
    ("(?c)a", "flag c"),
    ("(\\R){2}", "\\R in a repeated group"),
    ("(a|^){2}", "{2} behind a group that may be empty"),
    ("(a?){1001}", "{1001} behind a group that may be empty"),
    ("[a&&]", "&& with nothing behind it"),
    ("[a&&[b]&c]", "& behind && in a class"),
    ("\\p{IsCherokee}", "\\p{IsCherokee}"),
    ("\\p{InCherokee}", "\\p{InCherokee}"),
    ("\\p{javaJavaIdentifierStart}", "\\p{javaJavaIdentifierStart}"),
    ("(" * (MAX_NESTING + 1) + ")" * (MAX_NESTING + 1), f"more than {MAX_NESTING} groups"),
]
"""What Java can and Python cannot do, and how the message names it."""


@pytest.mark.parametrize(("pattern", "matched", "others"), CASES)
def test_an_expression_matches_what_java_matches(pattern, matched, others):
    matches = compile_pattern(pattern).fullmatch
    assert [text for text in matched + others if matches(text)] == matched


@pytest.mark.parametrize(("pattern", "place", "says"), WRONG)
def test_what_is_no_expression_is_an_error_that_says_where_and_why(pattern, place, says):
    with pytest.raises(NotUnderstoodError) as raised:
        compile_pattern(pattern)
    assert f"{pattern!r} is wrong near character {place}: " in str(raised.value)
    assert says in str(raised.value)


@pytest.mark.parametrize(("pattern", "names"), REFUSED)
def test_what_python_cannot_do_the_same_is_refused_by_name(pattern, names):
    with pytest.raises(RefusedError) as raised:
        compile_pattern(pattern)
    assert f"rule 'dialect': the embedded engine has no {names}" in str(raised.value)
    assert str(raised.value).count("\n") == 0


def test_groups_may_be_nested_as_deep_as_is_said():
    assert compile_pattern("(" * MAX_NESTING + "a" + ")" * MAX_NESTING).fullmatch("a")


@given(st.text("ab1é^[](){}*+?|\\$.-&,:<>=!#QEpPxukRbBsdZNvL0 \n", max_size=30) | st.text(max_size=30))
def test_any_text_is_an_expression_or_the_error_says_that_it_is_none(pattern):
    try:
        compiled = compile_pattern(pattern)
    except (NotUnderstoodError, RefusedError) as error:
        assert "regular expression" in str(error)
    else:
        assert isinstance(compiled, re.Pattern)


@given(st.text(st.characters(codec="utf-8")))
def test_a_quoted_text_matches_itself_and_nothing_else(text):
    quoted = compile_pattern("\\Q" + text.replace("\\E", "\\E\\\\E\\Q") + "\\E")
    assert quoted.fullmatch(text)
    assert not quoted.fullmatch(text + "a")
    assert not quoted.fullmatch(text[:-1] + "\x00\x01")


@given(st.sets(st.integers(0, 300)), st.sets(st.integers(0, 300)))
def test_sets_of_characters_are_sets(first, second):
    one, other = character_sets.single(*first), character_sets.single(*second)
    assert character_sets.union(one, other) == character_sets.single(*first | second)
    assert character_sets.intersection(one, other) == character_sets.single(*first & second)
    assert character_sets.complement(character_sets.complement(one)) == one


def test_every_character_has_its_category():
    found = {}
    for code_point in range(0x110000):
        found.setdefault(unicodedata.category(chr(code_point)), []).append(code_point)
    assert {name: character_sets.category(name) for name in found} == {
        name: character_sets.single(*code_points) for name, code_points in found.items()
    }


TEXTS = [
    *("", "a", "A", "b", "ab", "aB", "ba", "abb", "aab", "a b", "a-b", "a_1", "1", "12", "a1", "-", "_", " ", "a.b"),
    *(
        "\n",
        "\r\n",
        "a\n",
        "a\r\n",
        "\na",
        "a\nb",
        "a\r\nb",
        "a\u2028b",
        "a\x85",
        "\t",
        "\u00a0",
        "é",
        "É",
        "aé",
        "éa",
        "é b",
    ),
    *(
        "ß",
        "ẞ",
        "ſ",
        "\u212a",
        "a\u0301",
        "a\u0301b",
        "_\u0301",
        "²",
        "٣",
        "日",
        "日本",
        "я",
        "π",
        "😀",
        "a😀",
        "😀b",
        "𝐀",
        "Ⅷ",
    ),
]
ATOMS = [
    *("a", "b", "ab", "A", "é", "1", "_", "-", " ", "😀", "ß", "k", "\\.", "\\x61", "\\u00e9", "\\n", "\\Qa.\\E", "]"),
    *(".", "\\d", "\\D", "\\w", "\\W", "\\s", "\\S", "\\h", "\\v", "\\R", "\\b", "\\B", "^", "$", "\\Z", "\\z"),
    *("\\p{L}", "\\P{L}", "\\p{Lu}", "\\p{IsLatin}", "\\p{Punct}", "\\p{IsAlphabetic}", "\\p{javaLowerCase}"),
    *("[ab]", "[^a]", "[a-z]", "[A-Z1-9]", "[a-z&&[^b]]", "[é-ü_]", "[\\w-]", "[^\\s\\d]", "[日😀]"),
]


def expressions(seed: int, number: int) -> list[str]:
    """Expressions that the guard lets through."""
    generator = random.Random(seed)
    made = []
    while len(made) < number:
        pattern = generator.choice(["", "", "", "(?i)", "(?iu)", "(?s)", "(?m)", "(?ms)"])
        for _ in range(generator.randint(1, 4)):
            pattern += generator.choice(ATOMS) + generator.choice(
                ["", "", "", "*", "+", "?", "{2}", "*?", "?+", "{0,2}"]
            )
            if generator.random() < 0.15:
                pattern += generator.choice(["|", "(a|b)", "(?:é|.)?", "(ab)+"])
        try:
            guard.check("RETURN '' =~ $p", "neo4j", {"p": pattern})
        except RefusedError:
            continue
        made.append(pattern)
    return made


@pytest.mark.neo4j
def test_generated_expressions_have_neo4js_answers(neo4j):
    for pattern in expressions(seed=13, number=400):
        answer = cypher(neo4j, "UNWIND $texts AS text RETURN text =~ $p AS matches", {"texts": TEXTS, "p": pattern})
        matches = compile_pattern(pattern).fullmatch
        assert [row["matches"] for row in answer.rows] == [bool(matches(text)) for text in TEXTS], pattern


@pytest.mark.neo4j
@pytest.mark.parametrize(("pattern", "place", "says"), WRONG)
def test_what_is_no_expression_here_is_none_for_neo4j(neo4j, pattern, place, says):
    with pytest.raises((NotUnderstoodError, RefusedError)):
        cypher(neo4j, "RETURN '' =~ $p AS x", {"p": pattern})

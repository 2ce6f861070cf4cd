"""Markup of catalogues goes, text stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.markup import without_markup


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A Study of <i>E. coli</i> &amp; CO<sub>2</sub> in Forks", "A Study of E. coli & CO2 in Forks"),
        ("Forks &amp; <b>Spoons</b> in &lt;Drawers&gt;", "Forks & Spoons in <Drawers>"),
        ("Forks &amp;amp; Spoons", "Forks & Spoons"),
        ("Forks &amp;lt;i&amp;gt;and&amp;lt;/i&amp;gt; Spoons", "Forks and Spoons"),
        ("&lt;p&gt;We fold cranes.&lt;/p&gt;", "We fold cranes."),
        ("<jats:p>We fold <jats:italic>paper</jats:italic> cranes.</jats:p>", "We fold paper cranes."),
        ("<jats:title>Abstract</jats:title><jats:p>We fold cranes.</jats:p>", "We fold cranes."),
        ("<title>Abstract</title><p>We fold cranes.</p>", "We fold cranes."),
        (
            "<jats:sec><jats:title>Aim</jats:title><jats:p>Cranes.</jats:p></jats:sec><jats:p>Boats.</jats:p>",
            "Aim Cranes. Boats.",
        ),
        ("<p>One.</p><p>Two.</p>", "One. Two."),
        ("<p>One.</p>\n  <p>Two.</p>\n", "One. Two."),
        ("One<br>two<br/>three<br />four", "One two three four"),
        ("<ul><li>cranes</li><li>boats</li></ul>", "cranes boats"),
        ('The <span class="nocase">PyTorch</span> Crane', "The PyTorch Crane"),
        ("The <span style='font-variant: small-caps;'>Bert</span> Crane", "The Bert Crane"),
        ("<scp>LLM</scp>s that fold", "LLMs that fold"),
        ("x<sup>2</sup> and H<sub>2</sub>O", "x2 and H2O"),
        ('See <a href="https://example.org/?a=1">the page</a>.', "See the page."),
        ("<inline-formula><tex-math>$k$</tex-math></inline-formula> cranes", "$k$ cranes"),
        (
            '<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mi>k</mml:mi><mml:mo>=</mml:mo>'
            "<mml:mn>2</mml:mn></mml:math> cranes",
            "k=2 cranes",
        ),
        (
            '<math><semantics><mi>k</mi><annotation encoding="application/x-tex">k</annotation></semantics></math> cranes',
            "k cranes",
        ),
        ("<!-- page 3 -->We fold cranes.", "We fold cranes."),
        ("<![CDATA[Forks & Spoons]]>", "Forks & Spoons"),
        ("Se&ntilde;or &#233; &#xe9; &eacute;", "Señor é é é"),
        ("<B>Loud</B> cranes", "Loud cranes"),
    ],
)
def test_markup_goes(text: str, expected: str) -> None:
    assert without_markup(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Chairs in <Drawers>",
        "When a < b and c > d",
        "if p<q and r>s",
        "The token <s> begins, <mask> hides, </s> ends",
        "A <- B -> C",
        "AT&T; and R&D",
        "An & alone &",
        " two  blanks ",
        "<3",
        "",
    ],
)
def test_what_is_no_markup_stays_to_the_character(text: str) -> None:
    assert without_markup(text) == text


pieces = st.sampled_from(
    ["<p>", "</p>", "<br/>", "<i>", "</i>", "&amp;", "&lt;", "&gt;", "lt;", "<", ">", " ", "p", "/"]
)


@given(st.lists(pieces | st.text(max_size=3), max_size=12).map("".join))
def test_any_text_can_be_freed_of_markup(text: str) -> None:
    plain = without_markup(text)
    assert "<p>" not in plain or "<p>" not in text
    assert len(plain) <= len(text)


@given(st.text(st.characters(exclude_characters="<&")))
def test_a_text_without_markup_is_kept(text: str) -> None:
    assert without_markup(text) == text

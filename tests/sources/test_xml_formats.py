"""XML of catalogues and feeds, and what becomes of XML that is broken or not safe."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.schema import Paper
from kg.sources import Problem, read

Read = Callable[[str | bytes], tuple[list[Paper], list[str]]]


@pytest.fixture
def reading(tmp_path: Path) -> Read:
    """Reads a file of this content: papers, and problems without the file's name."""

    def reading(content: str | bytes) -> tuple[list[Paper], list[str]]:
        file = tmp_path / "input"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        problems: list[Problem] = []
        papers = list(read([file], problems.append))
        return papers, [str(problem).removeprefix(f"{file}:") for problem in problems]

    return reading


ARTICLE = '<article key="journals/x/Vass23"><author>{}</author><title>{}</title><year>2023</year>{}</article>'


def test_dblp(reading: Read) -> None:
    papers, problems = reading(
        '<?xml version="1.0" encoding="ISO-8859-1"?>\n<dblp>\n'
        + ARTICLE.format("Ann Vass", "A <i>Way</i> to Fold H<sub>2</sub>O.", "<journal>J. Folds</journal>")
        + '\n<inproceedings key="conf/fold/Shaw20"><title>Two Ways?</title><year>2020</year>'
        "<booktitle>FOLD</booktitle><crossref>conf/fold/2019</crossref></inproceedings>"
        '<www key="homepages/1/2"><author>Ann Vass</author><title>Home Page</title></www>'
        '<article key="journals/corr/abs-2306-11111"><title>Three Ways.</title><volume>abs/2306.11111</volume>'
        "<journal>CoRR</journal><year>2023</year></article></dblp>"
    )
    assert [paper.title for paper in papers] == ["A Way to Fold H2O", "Two Ways?", "Three Ways"]
    assert [(paper.venue, paper.venue_year) for paper in papers] == [("J. Folds", None), ("FOLD", 2019), ("CoRR", None)]
    assert (papers[0].id, papers[2].arxiv_id) == ("dblp:journals/x/Vass23", "2306.11111")
    assert not problems


def test_dblps_own_characters_are_read_and_others_told_of(reading: Read) -> None:
    papers, problems = reading(
        '<?xml version="1.0"?>\n<!DOCTYPE dblp SYSTEM "dblp.dtd">\n<dblp>\n'
        + ARTICLE.format("J&uuml;rgen Olm", "F&auml;lten with &crane;", "")
        + "</dblp>"
    )
    assert [paper.title for paper in papers] == ["Fälten with &crane;"]
    assert problems == ["4: nothing says what &crane; stands for; kept as it is written"]


def test_characters_that_a_document_declares_are_read(reading: Read) -> None:
    papers, problems = reading(
        '<!DOCTYPE dblp [<!ENTITY uuml "&#252;"> <!ENTITY % more SYSTEM "more.ent"> %more;]>\n<dblp>'
        + ARTICLE.format("J&uuml;rgen Olm", "F&uuml;nf Ways", "")
        + "</dblp>"
    )
    assert ([paper.title for paper in papers], problems) == (["Fünf Ways"], [])


@pytest.mark.parametrize(
    "declared", ['<!ENTITY x "One Title">', '<!ENTITY a "b"><!ENTITY x "&a;">', '<!ENTITY x SYSTEM "other.txt">']
)
def test_other_entities_are_refused(reading: Read, declared: str) -> None:
    papers, (problem,) = reading(f"<!DOCTYPE dblp [{declared}]>\n<dblp>{ARTICLE.format('A', '&x;', '')}</dblp>")
    assert not papers
    assert "XML that is not safe to read" in problem


def test_broken_xml_costs_the_rest_in_one_line(reading: Read) -> None:
    papers, problems = reading(
        f"<dblp>\n{ARTICLE.format('A', 'One Way', '')}\n{ARTICLE.format('A', 'Two & Three', '')}\n</dblp>"
    )
    assert [paper.title for paper in papers] == ["One Way"]
    assert len(problems) == 1
    assert problems[0].startswith("3: not XML from here on")


def test_xml_that_is_nested_without_end_is_refused(reading: Read) -> None:
    papers, (problem,) = reading("<dblp>" + "<a>" * 300 + ARTICLE.format("A", "One Way", ""))
    assert not papers
    assert "deep" in problem


@pytest.mark.parametrize(
    "document",
    [
        "<project><title>One Way</title></project>",
        '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><item><title>A</title></item></channel></rss>',
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>A Play</title></titleStmt></fileDesc></teiHeader></TEI>',
        "<article><title>A Page of DocBook</title></article>",
        "<records><record><name>A</name></record></records>",
        "<collection><movie><title>A</title></movie></collection>",
    ],
)
def test_other_xml_is_no_paper(reading: Read, document: str) -> None:
    with pytest.raises(InputError):
        reading(document)


def test_the_search_of_dblp(reading: Read) -> None:
    (paper,), _ = reading(
        '<result><query>cranes</query><hits total="1"><hit score="1"><info><authors><author pid="1/2">Ann Vass</author>'
        "</authors><title>One Way.</title><venue>J. Folds</venue><year>2023</year><type>Journal Articles</type>"
        "<key>journals/x/V</key><doi>10.5555/crane.1</doi><ee>https://doi.org/10.5555/crane.1</ee></info>"
        "<url>URL#1</url></hit></hits><!-- https://dblp.org --></result>"
    )
    assert (paper.title, paper.doi, paper.kind, paper.year) == ("One Way", "10.5555/crane.1", "article", 2023)


def test_the_acl_anthology(reading: Read) -> None:
    papers, problems = reading(
        '<collection id="2031.crane"><volume id="main"><meta><booktitle>Proceedings of <fixed-case>CRANE</fixed-case>'
        "</booktitle><month>June</month><year>2031</year></meta><frontmatter><url>2031.crane-main.0</url></frontmatter>"
        '<paper id="1"><title>One <fixed-case>W</fixed-case>ay</title><author><first>Ann</first><last>Vass</last></author>'
        '<abstract>We fold.</abstract><pwccode url="https://github.com/vass/cranefold">x</pwccode></paper></volume></collection>'
    )
    (paper,) = papers
    assert (paper.title, paper.venue, paper.published) == ("One Way", "Proceedings of CRANE", "2031-06")
    assert (paper.url, paper.ids) == ("https://aclanthology.org/2031.crane-main.1/", ("acl:2031.crane-main.1",))
    assert (paper.repositories, problems) == (("https://github.com/vass/cranefold",), [])


@pytest.mark.parametrize(
    ("collection", "volume", "paper", "own_id"),
    [("P19", "1", "2", "P19-1002"), ("W19", "50", "3", "W19-5003"), ("D19", "5", "3", "D19-0503")],
)
def test_ids_of_older_volumes(reading: Read, collection: str, volume: str, paper: str, own_id: str) -> None:
    (found,), _ = reading(
        f'<collection id="{collection}"><volume id="{volume}"><meta><booktitle>B</booktitle></meta>'
        f'<paper id="{paper}"><title>One Way</title></paper></volume></collection>'
    )
    assert found.ids == (f"acl:{own_id}",)


OAI = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>{}</ListRecords></OAI-PMH>'


def test_deleted_records_are_passed_over_and_errors_told_of(reading: Read) -> None:
    papers, problems = reading(
        OAI.format(
            '<record><header status="deleted"><identifier>oai:arXiv.org:2306.11111</identifier></header></record>'
            '<error code="badResumptionToken">it has expired</error>'
        )
    )
    assert not papers
    assert problems == ["1: the server answered with an error: badResumptionToken it has expired"]


RSS = (
    '<rss xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" version="2.0"><channel>'
    "<title>cs.CL updates on arXiv.org</title>{}</channel></rss>"
)


def test_a_replacement_is_of_the_year_of_its_id(reading: Read) -> None:
    (paper,), _ = reading(
        RSS.format(
            "<item><title>One Way</title><link>https://arxiv.org/abs/2306.11111</link><description>arXiv:2306.11111v4 "
            "Announce Type: replace \nAbstract: We fold.</description><pubDate>Mon, 02 Feb 2026 00:00:00 -0500</pubDate>"
            "<category>cs.CL</category><dc:creator>Ann Vass, Bo Shaw</dc:creator></item>"
        )
    )
    assert (paper.year, paper.published, paper.abstract) == (2023, "2023-06", "We fold.")
    assert (paper.arxiv_id, paper.categories) == ("2306.11111", ("cs.CL",))


def test_older_feeds_of_arxiv(reading: Read) -> None:
    (paper,), _ = reading(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="http://arxiv.org/"/>'
        '<item rdf:about="http://arxiv.org/abs/2306.11111"><title>One Way. (arXiv:2306.11111v2 [cs.CL] UPDATED)</title>'
        "<link>http://arxiv.org/abs/2306.11111</link><description>&lt;p&gt;We fold.&lt;/p&gt;</description>"
        '<dc:creator>&lt;a href="http://arxiv.org/a/1"&gt;Ann Vass&lt;/a&gt;, &lt;a href="x"&gt;Bo Shaw&lt;/a&gt;</dc:creator>'
        "</item></rdf:RDF>"
    )
    assert (paper.title, paper.authors, paper.categories) == ("One Way", ("Ann Vass", "Bo Shaw"), ("cs.CL",))
    assert (paper.arxiv_id, paper.year) == ("2306.11111", 2023)


def test_pubmed(reading: Read) -> None:
    (paper,), _ = reading(
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>37000001</PMID><Article><Journal><JournalIssue><PubDate>"
        "<MedlineDate>2019 Jan-Feb</MedlineDate></PubDate></JournalIssue><Title>J. Folds</Title></Journal><ArticleTitle>One "
        "<i>Way</i>.</ArticleTitle><ELocationID EIdType='doi'>10.5555/crane.1</ELocationID><Abstract><AbstractText "
        "Label='AIM'>To fold.</AbstractText><AbstractText Label='RESULT'>It folds.</AbstractText></Abstract></Article>"
        "<CommentsCorrectionsList><CommentsCorrections><PMID>1</PMID></CommentsCorrections></CommentsCorrectionsList>"
        "</MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType='pubmed'>37000001</ArticleId></ArticleIdList>"
        "<ReferenceList><Reference><ArticleIdList><ArticleId IdType='pubmed'>2</ArticleId></ArticleIdList></Reference>"
        "</ReferenceList></PubmedData></PubmedArticle></PubmedArticleSet>"
    )
    assert (paper.title, paper.abstract, paper.year) == ("One Way", "AIM: To fold. RESULT: It folds.", 2019)
    assert (paper.ids, paper.doi, paper.references) == (("pmid:37000001",), "10.5555/crane.1", ("pmid:2",))


def test_the_abstract_of_jats_is_the_one_without_a_type_and_its_year_the_earliest(reading: Read) -> None:
    (paper,), _ = reading(
        "<article><front><article-meta><article-id pub-id-type='pmid'>37000001</article-id><title-group><article-title>One "
        "Way</article-title></title-group><pub-date><year>2021</year></pub-date><pub-date><season>Spring</season>"
        "<year>2020</year></pub-date><pub-date><day>3</day><month>2</month><year>2020</year></pub-date>"
        "<abstract abstract-type='teaser'><p>Read this!</p></abstract><abstract><sec><title>Aim</title><p>To fold.</p></sec>"
        "</abstract></article-meta></front></article>"
    )
    assert (paper.abstract, paper.published, paper.ids) == ("Aim: To fold.", "2020-02-03", ("pmid:37000001",))


def test_tei_gives_the_paper_and_not_what_it_cites(reading: Read) -> None:
    (paper,), _ = reading(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title level="a" type="main">One Way</title>'
        "</titleStmt><sourceDesc><biblStruct><analytic><author><persName><forename type='first'>Ann</forename><forename "
        "type='middle'>B</forename><surname>Vass</surname></persName></author></analytic><idno type='DOI'>10.5555/crane.1"
        "</idno></biblStruct></sourceDesc></fileDesc><profileDesc><abstract><div><p><s>We fold.</s><s>It holds.</s></p></div>"
        "</abstract></profileDesc></teiHeader><text><back><listBibl><biblStruct><analytic><title>Another</title></analytic>"
        "</biblStruct></listBibl></back></text></TEI>"
    )
    assert (paper.title, paper.abstract, paper.doi) == ("One Way", "We fold. It holds.", "10.5555/crane.1")
    assert len(paper.authors) == 1


def test_feeds_write_a_colon_between_a_group_and_its_members(reading: Read) -> None:
    (paper,), _ = reading(
        '<feed xmlns="http://www.w3.org/2005/Atom"><id>http://arxiv.org/api/x</id><entry><id>http://arxiv.org/abs/2306.11111'
        "</id><title>One Way</title><summary>We fold.</summary><author><name>Crane Collaboration</name></author><author>"
        "<name>:</name></author><author><name>Ann Vass</name></author></entry></feed>"
    )
    assert paper.authors == ("Crane Collaboration", "Ann Vass")

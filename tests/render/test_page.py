import json
import re
from html.parser import HTMLParser

import pytest
from browser import chromium, complaints, requests

from kg.queries import Neighbourhood
from kg.render import render_html
from kg.render.style import EDGE_STYLES, NODE_STYLES

MARKUP = '</script><b-canary>bold</b-canary><!-- \u2028 {{ name }} " &lt;'
"""Text that would show as an element of its own wherever it is not escaped."""


def node(label, key, **properties):
    return {"label": label, "id": key, **properties}


def edge(source, kind, target, **properties):
    return {"source": source, "type": kind, "target": target, **properties}


@pytest.fixture
def neighbourhood():
    return Neighbourhood(
        nodes=[
            node("Benchmark", "benchmark/mteb", name="MTEB", papers=2),
            node("Paper", "2210.07316", title="MTEB: Massive Text Embedding Benchmark", year=2022),
            node("Paper", "p2", title="A Title That Is Far Too Long To Be Written Below A Node In One Line", year=2024),
            node("Model", "model/bert", name="BERT", url="https://example.org/bert"),
        ],
        edges=[
            edge("2210.07316", "INTRODUCES", "benchmark/mteb", evidence="We present MTEB.", confidence=0.9, by="rule"),
            edge("p2", "EVALUATES_ON", "benchmark/mteb", evidence="It is tested on MTEB.", confidence=0.8, by="rule"),
            edge("p2", "USES", "model/bert", evidence="It is built on BERT.", confidence=0.8, by="rule"),
        ],
        truncated=False,
    )


@pytest.fixture
def marked_up(neighbourhood):
    nodes = [
        {**each, "title": MARKUP, "url": "mailto:ada@example.org"} if each["label"] == "Paper" else each
        for each in neighbourhood.nodes
    ]
    edges = [{**each, "evidence": MARKUP, "by": MARKUP} for each in neighbourhood.edges]
    return Neighbourhood(nodes=[*nodes, node("Model", MARKUP, name=MARKUP)], edges=edges, truncated=True)


class Elements(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def data_of(page):
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)[1])


def test_the_page_holds_all_it_needs(neighbourhood):
    loaded = [
        value
        for tag, attributes in Elements(render_html(neighbourhood, "MTEB")).found
        for name, value in attributes.items()
        if name in ("src", "srcset", "href", "data") and not value.startswith("data:")
    ]
    assert loaded == []


def test_the_same_graph_gives_the_same_page(neighbourhood):
    assert render_html(neighbourhood, "MTEB") == render_html(neighbourhood, "MTEB")


def test_no_text_of_a_record_becomes_markup(neighbourhood, marked_up):
    plain = [tag for tag, _ in Elements(render_html(neighbourhood, "MTEB")).found]
    with_markup = [tag for tag, _ in Elements(render_html(marked_up, MARKUP)).found]
    assert with_markup == plain
    assert data_of(render_html(marked_up, MARKUP))["nodes"][1]["info"]["name"] == MARKUP


def test_only_web_addresses_become_links(marked_up):
    addresses = {node["id"]: node["info"]["url"] for node in data_of(render_html(marked_up, "x"))["nodes"]}
    assert addresses["model/bert"] == "https://example.org/bert"
    assert addresses["p2"] is None


def test_an_edge_into_nowhere_and_an_empty_graph_are_drawn_as_well(neighbourhood):
    around = neighbourhood.model_copy(update={"edges": [*neighbourhood.edges, edge("p2", "CITES", "gone")]})
    assert len(data_of(render_html(around, "MTEB"))["edges"]) == 3
    assert data_of(render_html(Neighbourhood(nodes=[], edges=[], truncated=False), "nothing"))["nodes"] == []


def test_every_type_can_be_drawn():
    papers = [node("Paper", "a", title="A"), node("Paper", "b", title="B")]
    others = [node(label, f"x/{label}", name=label) for label in NODE_STYLES if label != "Paper"]
    edges = [edge("a", kind, "b") for kind in EDGE_STYLES]
    drawn = data_of(render_html(Neighbourhood(nodes=papers + others, edges=edges, truncated=False), "all"))
    assert len(drawn["nodes"]) == len(NODE_STYLES) + 1
    assert {each["info"]["type"] for each in drawn["edges"]} == set(EDGE_STYLES)


@pytest.fixture(scope="module")
def driver(tmp_path_factory):
    with chromium(tmp_path_factory.mktemp("profile")) as started:
        yield started


def opened(driver, page, folder):
    from selenium.webdriver.support.ui import WebDriverWait

    file = folder / "graph.html"
    file.write_text(page, encoding="utf-8")
    requests(driver), complaints(driver)
    driver.get(file.as_uri())
    WebDriverWait(driver, 20).until(lambda each: each.execute_script("return document.body.dataset.drawn"))
    return file.as_uri()


@pytest.mark.browser
def test_a_browser_draws_it_without_network_or_complaint(driver, neighbourhood, tmp_path):
    address = opened(driver, render_html(neighbourhood, "MTEB"), tmp_path)
    painted = """
        const canvas = document.querySelector("#graph canvas");
        const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
        const colours = new Set();
        for (let at = 0; at < pixels.length; at += 4) colours.add(pixels.slice(at, at + 3).join());
        return [...colours];
    """
    colours = driver.execute_script(painted)
    for label in ("Benchmark", "Paper", "Model"):
        assert ",".join(str(part) for part in bytes.fromhex(NODE_STYLES[label].color[1:])) in colours, label
    assert requests(driver) == [address]
    assert complaints(driver) == []


@pytest.mark.browser
def test_a_click_shows_the_sentence_and_the_legend_hides_a_type(driver, neighbourhood, tmp_path):
    from selenium.webdriver import ActionChains
    from selenium.webdriver.common.by import By

    opened(driver, render_html(neighbourhood, "MTEB"), tmp_path)
    search = driver.find_element(By.ID, "search")
    # Enter centres the node that was found, so that it can be clicked.
    search.send_keys("BERT\n")
    driver.execute_async_script("setTimeout(arguments[0], 600)")
    ActionChains(driver).move_to_element(driver.find_element(By.ID, "graph")).click().perform()
    panel = driver.find_element(By.ID, "panel").text
    assert "BERT" in panel and "It is built on BERT." in panel and "https://example.org/bert" in panel
    button = driver.find_element(By.CSS_SELECTOR, "#legend button[data-label=Model]")
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    assert complaints(driver) == []


@pytest.mark.browser
def test_markup_in_a_record_is_shown_as_text(driver, marked_up, tmp_path):
    from selenium.webdriver import ActionChains
    from selenium.webdriver.common.by import By

    address = opened(driver, render_html(marked_up, MARKUP), tmp_path)
    graph = driver.find_element(By.ID, "graph")
    driver.find_element(By.ID, "search").send_keys("bold\n")
    driver.execute_async_script("setTimeout(arguments[0], 600)")
    for x in range(-400, 401, 100):
        ActionChains(driver).move_to_element_with_offset(graph, x, 0).click().perform()
    assert driver.execute_script("return document.querySelector('b-canary')") is None
    assert driver.title.startswith("</script>")
    assert requests(driver) == [address]

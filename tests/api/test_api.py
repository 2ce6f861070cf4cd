import json
import os
import re
import socket
import subprocess
import sys
import urllib.parse
from contextlib import contextmanager

import httpx
import pytest
from browser import chromium, complaints, requests
from sample_store import kg

pytestmark = pytest.mark.slow

MARKUP = "<b>canary</b>"


@contextmanager
def serving(store):
    command = [sys.executable, "-m", "kg.cli", "serve", "--port", "0", "--store", str(store)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        message = process.stdout.readline()
        with httpx.Client(base_url=re.search(r"http://\S+", message)[0], timeout=60) as client:
            yield client
    finally:
        process.terminate()
        process.communicate(timeout=30)


@pytest.fixture(scope="module")
def service(sample_store):
    """A client of a real server process."""
    with serving(sample_store) as client:
        yield client


def problem(response):
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == response.status_code and body["title"] and body["type"]
    return body


def test_it_listens_on_this_machine_alone(service):
    assert service.base_url.host == "127.0.0.1"


def test_health_and_statistics(service):
    assert service.get("/api/health").json()["engine"] == "ladybug"
    assert service.get("/api/statistics").json()["nodes_by_label"]["Paper"] >= 60


def test_a_question_is_answered_as_on_the_command_line(service, sample_store):
    question = "which papers evaluate on MTEB"
    answer = service.get("/api/ask", params={"question": question}).raise_for_status().json()
    assert answer == json.loads(kg("ask", question, "--json", "--store", sample_store).stdout)


@pytest.mark.parametrize("key", ["2210.07316", "arXiv:2210.07316v3", "MTEB: Massive Text Embedding Benchmark"])
def test_a_paper_by_any_of_its_names(service, key):
    paper = service.get(f"/api/papers/{urllib.parse.quote(key)}").raise_for_status().json()
    assert (paper["id"], paper["label"]) == ("2210.07316", "Paper")
    assert any(each["id"] == "benchmark/mteb" and each["relation"] == "INTRODUCES" for each in paper["entities"])


def test_an_entity_by_id_and_by_name(service):
    entity = service.get("/api/entities/benchmark/mteb").raise_for_status().json()
    assert (entity["id"], entity["name"]) == ("benchmark/mteb", "MTEB")
    assert entity["relations"]["EVALUATES_ON"] >= 3
    found = service.get("/api/entities", params={"name": "massive text embedding benchmark"}).json()
    assert found[0]["id"] == "benchmark/mteb"


def test_the_neighbourhood_is_bounded(service):
    around = service.get("/api/neighbourhood", params={"name": "MTEB", "depth": 2, "limit": 10}).json()
    assert len(around["edges"]) == 10 and around["truncated"]
    assert around["nodes"][0]["id"] == "benchmark/mteb"


@pytest.mark.parametrize(
    ("path", "status", "message"),
    [
        ("/api/nothing", 404, ""),
        ("/api/papers/0000.00000", 404, "0000.00000"),
        ("/api/entities/benchmark/no-such-benchmark", 404, "no-such-benchmark"),
        ("/api/entities/author/x", 422, "kind"),
        ("/api/neighbourhood?name=nothing-of-that-name", 404, "nothing-of-that-name"),
        ("/api/neighbourhood?name=MTEB&depth=9", 422, "depth"),
        ("/api/neighbourhood?name=MTEB&limit=100000", 422, "limit"),
        ("/api/neighbourhood", 422, "name"),
        ("/api/ask?question=" + "x" * 401, 422, "question"),
        ("/api/ask?question=colourless+green+ideas", 422, ""),
        ("/graph?name=MTEB&limit=1000", 422, "limit"),
        ("/graph?name=nothing-of-that-name", 404, "nothing-of-that-name"),
        ("/static/../app.py", 404, ""),
    ],
)
def test_errors_are_problems_that_say_what_is_wrong(service, path, status, message):
    response = service.get(path)
    assert response.status_code == status
    assert message in problem(response).get("detail", "")


def test_what_is_not_understood_comes_with_questions_that_are(service):
    body = problem(service.get("/api/ask", params={"question": "which papers evalute on MTEB quickly"}))
    assert body["suggestions"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_it_only_reads(service, method):
    for path in ("/api/ask", "/api/papers/2210.07316", "/"):
        assert problem(service.request(method, path))["status"] == 405


@pytest.mark.parametrize(
    "path", ["/", "/api/health", "/api/nothing", "/graph?name=MTEB", "/static/style.css", "/api/ask"]
)
def test_every_answer_has_its_security_headers(service, path):
    headers = service.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert not re.search(r"https?:|\*|script-src[^;]*'unsafe-inline'", policy)
    assert headers["x-content-type-options"] == "nosniff"


def test_what_is_asked_is_escaped_on_the_page(service):
    for path in ("/", "/graph"):
        page = service.get(path, params={"question": MARKUP, "name": MARKUP}, headers={"accept": "text/html"})
        assert page.headers["content-type"].startswith("text/html") and page.status_code in (404, 422)
        assert MARKUP not in page.text and "&lt;b&gt;canary&lt;/b&gt;" in page.text


def test_the_description_names_every_path_and_loads_nothing(service):
    described = service.get("/api/openapi.json").json()
    assert {"/api/health", "/api/ask", "/api/neighbourhood", "/api/entities", "/api/statistics"} <= described[
        "paths"
    ].keys()
    assert service.get("/docs").status_code == service.get("/redoc").status_code == 404


def test_a_new_build_is_seen_without_a_restart(tmp_path):
    def build(number):
        file = tmp_path / f"{number}.jsonl"
        file.write_text(json.dumps({"id": str(number), "title": f"Paper {number}", "abstract": "We evaluate on MTEB."}))
        assert kg("build", file, "--store", tmp_path / "graph").returncode == 0

    build(1)
    with serving(tmp_path / "graph") as client:
        assert client.get("/api/statistics").json()["nodes_by_label"]["Paper"] == 1
        build(2)
        assert client.get("/api/statistics").json()["nodes_by_label"]["Paper"] == 2


def test_a_graph_that_is_gone_is_a_problem_without_traceback(tmp_path):
    file = tmp_path / "1.jsonl"
    file.write_text(json.dumps({"id": "1", "title": "Paper", "abstract": "We evaluate on MTEB."}))
    assert kg("build", file, "--store", tmp_path / "graph").returncode == 0
    with serving(tmp_path / "graph") as client:
        (tmp_path / "graph" / "CURRENT").unlink()
        body = problem(client.get("/api/statistics"))
        assert body["status"] == 503 and "Traceback" not in str(body)


def test_a_taken_port_and_a_missing_graph_are_said_in_one_line(sample_store, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = kg("serve", "--port", str(taken.getsockname()[1]), "--store", sample_store)
    assert done.returncode == 1 and "--port" in done.stderr and done.stderr.count("\n") == 1
    done = kg("serve", "--store", tmp_path)
    assert done.returncode == 1 and "kg build" in done.stderr and done.stderr.count("\n") == 1


@pytest.mark.neo4j
def test_it_serves_a_neo4j_server_alike(neo4j_uri, sample_store, tmp_path, service):
    from kg import sample

    built = kg("build", sample.papers(), "--store", neo4j_uri, "--data", tmp_path / "archive")
    assert built.returncode == 0, built.stderr
    with serving(neo4j_uri) as client:
        assert client.get("/api/health").json()["engine"] == "neo4j"
        for path in (
            "/api/statistics",
            "/api/papers/2210.07316",
            "/api/entities/benchmark/mteb",
            "/api/neighbourhood?name=MTEB",
        ):
            there, here = (without_first_seen(each.get(path).raise_for_status().json()) for each in (client, service))
            assert there == here, path


def without_first_seen(answer):
    """Two archives read the same paper at two times."""
    if isinstance(answer, dict):
        return {name: without_first_seen(value) for name, value in answer.items() if name != "first_seen"}
    return [without_first_seen(value) for value in answer] if isinstance(answer, list) else answer


def test_names_are_searched(service):
    hits = service.get("/api/search", params={"q": "masive text embeding"}).raise_for_status().json()
    assert hits[0]["id"] == "benchmark/mteb"
    assert hits[0].keys() == {"id", "label", "name", "matched", "papers", "score"}
    papers = service.get("/api/search", params={"q": "mteb", "type": ["paper", "Model"], "limit": 3}).json()
    assert {hit["label"] for hit in papers} <= {"Paper", "Model"} and 0 < len(papers) <= 3
    assert service.get("/api/search", params={"q": "id:* OR +"}).status_code == 200
    assert "banana" in problem(service.get("/api/search", params={"q": "mteb", "type": "banana"}))["detail"]
    assert problem(service.get("/api/search", params={"q": "x" * 401}))["status"] == 422


@pytest.mark.browser
def test_a_browser_offers_names_while_one_types(service, tmp_path):
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.ui import WebDriverWait

    with chromium(tmp_path / "profile") as driver:
        requests(driver)
        driver.get(str(service.base_url))
        name = driver.find_element(By.ID, "name")
        name.send_keys("masive text em")
        WebDriverWait(driver, 20).until(lambda each: each.find_elements(By.CSS_SELECTOR, ".suggestions li"))
        assert "MTEB" in driver.find_element(By.CSS_SELECTOR, ".suggestions li").text
        name.send_keys(Keys.ARROW_DOWN, Keys.ENTER)
        WebDriverWait(driver, 20).until(lambda each: each.execute_script("return document.body.dataset.drawn"))
        assert "name=benchmark" in driver.current_url
        assert all(url.startswith(str(service.base_url)) for url in requests(driver))
        assert complaints(driver) == []


@pytest.mark.browser
def test_a_browser_asks_and_draws_without_network_or_complaint(service, tmp_path):
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.ui import WebDriverWait

    with chromium(tmp_path / "profile") as driver:
        requests(driver)
        driver.get(str(service.base_url))
        driver.find_element(By.ID, "question").send_keys("which papers evaluate on MTEB\n")
        WebDriverWait(driver, 20).until(lambda each: each.find_elements(By.CSS_SELECTOR, "td.evidence"))
        assert "MTEB" in driver.find_element(By.CSS_SELECTOR, "td.evidence").text
        driver.find_element(By.CSS_SELECTOR, "td.id a").click()
        WebDriverWait(driver, 20).until(lambda each: each.execute_script("return document.body.dataset.drawn"))
        assert all(url.startswith(str(service.base_url)) for url in requests(driver))
        assert complaints(driver) == []


def test_the_named_queries_are_listed_and_run(service):
    known = {query["name"]: query for query in service.get("/api/queries").raise_for_status().json()}
    assert {"leaderboard", "path", "rising"} <= known.keys()
    assert [each["name"] for each in known["leaderboard"]["parameters"]] == ["benchmark", "limit"]
    given = {
        "relations": ["EVALUATES_ON", "USES"],
        "types": "Benchmark,Model",
        "since": 2000,
        "until": 2030,
        "limit": 3,
    }
    answer = service.get("/api/queries/top_entities", params=given).raise_for_status().json()
    assert answer["parameters"] == {**given, "types": ["Benchmark", "Model"]}
    assert len(answer["rows"]) == 3 and answer["truncated"]


@pytest.mark.parametrize(
    ("name", "given", "status"),
    [
        ("no_such_query", {}, 404),
        ("citing", {}, 422),
        ("citing", {"paper": "x", "other": "y"}, 422),
        ("top_authors", {"since": "soon", "until": 2030}, 422),
        ("citing", {"paper": "x", "limit": 100000}, 422),
    ],
)
def test_a_wrong_call_of_a_named_query_is_a_problem(service, name, given, status):
    assert problem(service.get(f"/api/queries/{name}", params=given))["status"] == status


@pytest.mark.parametrize("statement", ["CALL db.labels()", "SHOW INDEXES", "PROFILE MATCH (p:Paper) RETURN p.id"])
def test_what_a_console_answers_is_answered(service, statement):
    answer = service.post("/api/cypher", json={"statement": statement}).raise_for_status().json()
    assert answer["cypher"] == statement and answer["rows"]
    assert answer.keys() == {"cypher", "parameters", "columns", "rows", "truncated"}


def test_cypher_is_answered_as_on_the_command_line(service, sample_store):
    statement = "MATCH (p:Paper)-[:EVALUATES_ON]->(b {name: $name}) RETURN p.title AS title ORDER BY title"
    asked = {"statement": statement, "parameters": {"name": "MTEB"}}
    answer = service.post("/api/cypher", json=asked).raise_for_status().json()
    command = kg("cypher", statement, "--param", "name=MTEB", "--json", "--store", sample_store)
    assert answer["rows"] and answer["rows"] == json.loads(command.stdout)["rows"]


@pytest.mark.parametrize(
    ("statement", "status"),
    [
        ("MATCH (n) DETACH DELETE n", 403),
        ("LOAD FROM 'canary.csv' (headers=false) RETURN *", 403),
        ("MATCH (n) RETURN missing", 422),
        ("", 422),
        ("RETURN 1 AS one" + " " * 10_000, 403),
    ],
)
def test_cypher_that_may_not_run_is_a_problem(service, statement, status):
    response = service.post("/api/cypher", json={"statement": statement})
    assert response.status_code == status
    problem(response)
    assert service.get("/api/statistics").json()["nodes_by_label"]["Paper"] >= 60


def test_a_statement_that_takes_too_long_is_stopped_and_the_service_goes_on(service):
    some_seconds = "UNWIND range(1, 20000) AS a UNWIND range(1, 10000) AS b RETURN sum(a * b % 7) AS n"
    response = service.post("/api/cypher", json={"statement": some_seconds, "timeout": 0.5})
    assert response.status_code in {408, 503, 504}
    problem(response)
    assert service.get("/api/health").json()["status"] == "ok"

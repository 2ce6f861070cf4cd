import pytest

from kg.extract import Extractor
from kg import sample as sample_papers
from kg.schema import Extraction, Paper
from kg.sources import read as read_records


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return Extractor.load()


@pytest.fixture(scope="session")
def read(extractor: Extractor):
    """Extracts from a title and an abstract."""

    def extract(title: str, abstract: str = "") -> Extraction:
        return extractor.one(Paper(id="p", title=title, abstract=abstract))

    return extract


@pytest.fixture(scope="session")
def sample() -> list[Paper]:
    """The papers that ship with citegraph."""
    return list(read_records([sample_papers.papers()], pytest.fail))

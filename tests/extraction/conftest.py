import pytest

from kg.extraction import Extractor
from kg.schema import Extraction, Paper


@pytest.fixture(scope="session")
def read(extractor: Extractor):
    """Extracts from a title and an abstract."""

    def extract(title: str, abstract: str = "") -> Extraction:
        return extractor.one(Paper(id="p", title=title, abstract=abstract))

    return extract

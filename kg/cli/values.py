"""Values as people type them."""

import json
from typing import Any


def json_or_text(text: str) -> Any:
    """What a text says as JSON, or else the text itself."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        # Besides what is no JSON: numbers of thousands of digits, and brackets nested too deeply.
        return text

"""Values as people type them."""

import json
from typing import Any


def json_or_text(text: str) -> Any:
    """The value of a text that is JSON, else the text itself."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        # Not only text that is no JSON: also numbers of thousands of digits, and brackets nested too deeply.
        return text

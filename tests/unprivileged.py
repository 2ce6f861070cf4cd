"""A command that obeys permissions, also where the tests run as root."""

import os
import shutil

import pytest


def unprivileged() -> list[str]:
    """What comes before a command so that it may write only what permissions let its user write."""
    if os.geteuid() != 0:
        return []
    program = shutil.which("setpriv")
    if program is None:
        pytest.skip("root may write everywhere, and there is no setpriv to give that up")
    return [program, "--bounding-set", "-dac_override,-dac_read_search"]

"""How long a test that repeats itself goes on: by the profile that hypothesis has as well."""

from __future__ import annotations

import os

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "suite")


def repeats(*, suite: int, portion: int, soak: int) -> int:
    """The number for the profile at work."""
    return {"suite": suite, "portion": portion, "soak": soak}[PROFILE]

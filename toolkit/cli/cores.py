"""How many processes pay."""

import os

BATCH = 8
"""Integrations that a process is given at once: their icons are drawn while it looks at the first of them."""
ENOUGH = 24
"""Integrations for which a second process pays, and each further one."""


def jobs_for(wanted: int | None, integrations: int) -> int:
    """How many processes are used: as many as are ``wanted``, else as pay, at most one for each core and batch."""
    if wanted is None:
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        wanted = min(cores, integrations // ENOUGH)
    return max(1, min(wanted, -(-integrations // BATCH)))

"""`python -m mainstay.jobs [N]`: the supervisor as a process, with N jobs at the same time. `mainstay serve` starts it."""

import os
import sys

import django

from mainstay.jobs import limits

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mainstay.project.settings")
    parent = os.getppid()
    limits.bind_to_parent(parent)
    django.setup()
    from mainstay.jobs.supervisor import Supervisor  # its models need the line above

    Supervisor(int(sys.argv[1]) if len(sys.argv) > 1 else 2).run()

"""`python -m pyhost VERB JSON`, started in /host: the verbs of `codeaug.builds.pytest`.

fetch    make the virtual environment             build    look at the unchanged project
test     the whole suite                          measure  the suite with per-test lines
rerun    tests named on standard input            check    compile one file
resident stays, and reruns and checks many texts
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any


def main() -> None:
    verb, job = sys.argv[1], json.loads(sys.argv[2])
    if verb == "fetch":
        from . import environment

        sys.exit(environment.fetch(job))
    if verb == "build":
        from . import prepare

        sys.exit(prepare.build(job))
    if verb == "resident":
        from .channel import open_requests
        from .resident import serve

        serve(*open_requests(), job)
        return
    from .channel import open_channel

    send, rest = open_channel()
    if verb == "check":
        from . import check

        check.check(send, job["path"])
        return
    _run(verb, job, send, rest)
    sys.stderr.flush()
    os._exit(0)  # threads that tests left behind do not hold us up


def _run(verb: str, job: dict[str, Any], send: Any, rest: str) -> None:
    from . import lines
    from .leaving import leave_host

    if job["runner"] == "unittest":
        from .unittest_host import run
    else:
        from .pytest_host import run
    whole = lines.of_project(job["root"]) if verb == "measure" else None
    single = lines.of_one(job["path"]) if verb == "rerun" else None
    leave_host(job["root"])
    tests = json.loads(rest) if verb == "rerun" else None
    run(send, job["root"], tests, whole or single, job["arguments"])
    problem = ""
    if whole:
        problem = whole.stop()
        for file, groups in whole.of_tests():
            send(file=file, groups=groups)
    if single:
        problem = single.stop()
        executed, executable = single.of_file(job["path"])
        send(executed=executed, executable=executable)
    send(measured=True, problem=problem)


if __name__ == "__main__":
    main()

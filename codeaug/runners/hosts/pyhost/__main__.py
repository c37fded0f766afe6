"""`python -m pyhost VERB JSON`, started in /host: the verbs of `codeaug.builds.pytest`.

fetch    make the virtual environment             build    look at the unchanged project
test     the whole suite                          measure  the suite with per-test lines
rerun    tests named on standard input            check    compile one file
"""

from __future__ import annotations

import json
import os
import sys
import types
from typing import Any


def main() -> None:
    verb, job = sys.argv[1], json.loads(sys.argv[2])
    if verb == "fetch":
        from . import environment

        sys.exit(environment.fetch(job))
    if verb == "build":
        from . import prepare

        sys.exit(prepare.build(job))
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

    if job["runner"] == "unittest":
        from .unittest_host import run
    else:
        from .pytest_host import run
    whole = lines.of_project(job["root"]) if verb == "measure" else None
    single = lines.of_one(job["path"]) if verb == "rerun" else None
    _leave_host(job["root"])
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


def _leave_host(root: str) -> None:
    """As `python -m pytest` in the project's root: nothing of ours can be imported."""
    os.chdir(root)
    sys.path[0] = root
    for name in [name for name in sys.modules if name.split(".")[0] == "pyhost"]:
        del sys.modules[name]
    sys.modules["__main__"] = types.ModuleType("__main__")


_ourselves = sys.modules["__main__"]  # kept: a module nobody holds loses its globals
if __name__ == "__main__":
    main()

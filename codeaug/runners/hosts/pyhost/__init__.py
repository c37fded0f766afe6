"""Environment, build, tests and coverage of Python projects, from inside the sandbox.

Run as `python -m pyhost VERB [ARGUMENT]` in /host, with the standard library alone plus pytest and
coverage where the project's own tests run. See `__main__` for the verbs.
"""

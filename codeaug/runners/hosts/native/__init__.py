"""Builds, tests and coverage of compiled projects, from inside the sandbox.

Run as `python3 -m native '<json>'` in /host with the standard library alone. One line of JSON
describes the job; see `__main__`.
"""

"""The CI job: which commit a CI compares with, its cache, its gate, and reports for its readers.

What is found out is `codeaug.pipeline.changes`' matter; `docs/ci.md` is the page.
"""

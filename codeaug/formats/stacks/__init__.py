"""One file per training stack: a configuration, ready to run in the dataset's folder, that loses no
row of it. What each stack loses by default, and where that was read, is told in
docs/datasets-formats.md.
"""

"""Writes a module that only the built package has, as version tools do."""

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class WithVersion(build_py):
    def run(self):
        super().run()
        target = Path(self.build_lib, "greet", "_generated.py")
        target.write_text("VERSION = '1.2.3'\n")


setup(cmdclass={"build_py": WithVersion})

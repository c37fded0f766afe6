from setuptools import setup

setup(name="three")

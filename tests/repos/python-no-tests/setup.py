from setuptools import setup

setup(name="lonely", version="1", py_modules=["lonely"])

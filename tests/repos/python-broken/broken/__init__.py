from broken.core import run

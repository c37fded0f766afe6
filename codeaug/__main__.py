"""`python -m codeaug`."""

from codeaug.cli import main

main()

"""``python -m argmine`` is the command ``argmine``."""

from argmine.cli.app import main

main()

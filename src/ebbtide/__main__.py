"""`python -m ebbtide` is `ebbtide`."""

from ebbtide.cli import main

main()

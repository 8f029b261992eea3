"""Let `python -m cmsite` stand for `cmsite`."""

from cmsite.cli import main

if __name__ == "__main__":
    main()

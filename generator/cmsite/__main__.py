"""Let `python -m cmsite` stand for `cmsite`: a way in that hears an interruption from the first moment."""

import sys


def main() -> None:
    """Run the command line; an interruption while it is being loaded ends it as any later one does."""
    try:
        from cmsite.cli import main as run
    except KeyboardInterrupt:
        sys.stderr.write("interrupted: the site is unchanged\n")
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()

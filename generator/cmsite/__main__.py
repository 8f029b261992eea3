"""Let `python -m cmsite` stand for `cmsite`: a way in that hears an interruption from the first moment."""

import sys


def main() -> None:
    """Run the command line; an interruption while it is being loaded ends it as any later one does."""
    try:
        from cmsite.cli import main as run
        from cmsite.cli.ending import leave
    except KeyboardInterrupt:
        sys.stderr.write("interrupted: the site is unchanged\n")
        sys.exit(130)
    try:
        run()
    except SystemExit as ending:
        leave(ending.code if isinstance(ending.code, int) else 0)


if __name__ == "__main__":
    main()

"""``python -m stillwater``: the command line."""

import os
import sys


def main() -> None:
    """Run the command line; exits with a code of core.errors.ExitCode."""
    os.umask(0o077)  # whatever is written from here on is for its owner alone
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stillwater.config.settings")
    from stillwater.cli.main import run

    sys.exit(run())


if __name__ == "__main__":
    main()

"""``python stillwater-verify.pyz BUNDLE``"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the zipapp runs wherever somebody tries it
    raise SystemExit(
        "This needs Python 3.11 or newer. Without it: README.txt says how to check by hand."
    )

from stillwater.evidence.verifier.command import main

if __name__ == "__main__":
    sys.exit(main())

"""`python -m publish` is the command `publish`."""

import sys

from publish.cli import main

if __name__ == "__main__":
    sys.exit(main())

"""`python -m api.cli` is `chungthuc`."""

import sys

from api.cli.main import main

sys.exit(main())

"""`python -m depeche`."""

import sys

from depeche.cli import main

sys.exit(main())

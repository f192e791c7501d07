"""``python -m claimbook.site`` builds the book."""

import os
import sys

if os.environ.get("PYTHONHASHSEED") != "0":
    # The order of sets must not show in the book. The seed is read when Python starts, so it starts again.
    os.environ["PYTHONHASHSEED"] = "0"
    os.execv(sys.executable, [sys.executable, "-m", "claimbook.site", *sys.argv[1:]])

from claimbook.site.build import main

sys.exit(main())

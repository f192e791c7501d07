"""``python -m claimbook.site`` builds the book."""

import os
import sys

if os.environ.get("PYTHONHASHSEED") != "0":
    # The order of sets must not show in the book. The seed is read when Python starts, so it starts again.
    os.environ["PYTHONHASHSEED"] = "0"
    os.execv(sys.executable, [sys.executable, "-m", "claimbook.site", *sys.argv[1:]])

# For formats of addresses that no notebook has, jsonschema would import a grammar that takes a second to compile.
sys.modules["rfc3987_syntax"] = None

try:
    from claimbook.site.build import main

    status = main()
except KeyboardInterrupt:
    print("error: interrupted", file=sys.stderr)
    status = 130
if status == 130:  # kernels see that this process has gone; how their clients end is nothing to read
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)
sys.exit(status)

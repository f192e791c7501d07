"""``python -m claimbook.site`` builds the book."""

import os
import signal
import sys

if os.environ.get("PYTHONHASHSEED") != "0":
    # The order of sets must not show in the book. The seed is read when Python starts, so it starts again.
    os.environ["PYTHONHASHSEED"] = "0"
    os.execv(sys.executable, [sys.executable, "-m", "claimbook.site", *sys.argv[1:]])

try:
    from claimbook.site.build import main

    status = main()
except KeyboardInterrupt:
    print("error: interrupted", file=sys.stderr)
    status = 130
if status == 130:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever presses Ctrl-C again need not see how kernels end
sys.exit(status)

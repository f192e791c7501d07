"""Kernels for a build: each is forked from one process that has imported the stack and read the ledger already.

An ordinary kernel takes some seconds to start, to import pandas and Plotly and to resolve the ledger, which is most of
the time of a notebook. A forked one has all that at once, and nothing that a notebook does reaches another: each is a
process of its own, with memory of its own. Where a system cannot fork safely, kernels are ordinary.
"""

import multiprocessing
import os
import sys
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from importlib.metadata import entry_points
from multiprocessing import forkserver
from multiprocessing.context import BaseContext

from jupyter_client.provisioning import LocalProvisioner

NAME = "claimbook-fork"
"""The provisioner's name among the entry points ``jupyter_client.kernel_provisioners``."""

CHOICE = "JUPYTER_DEFAULT_PROVISIONER_NAME"
"""What Jupyter reads the choice of a provisioner from."""

LAUNCHER = "ipykernel_launcher"

MOST = 4
"""So many processes at a time at most, on however many cores: each holds a copy of what it changes."""


def can_fork() -> bool:
    """Tell whether processes can be forked safely: on Linux; elsewhere system libraries may not survive it."""
    return sys.platform == "linux" and "forkserver" in multiprocessing.get_all_start_methods()


def at_once() -> int:
    """Return how many notebooks run, or pages are finished, at a time."""
    return min(MOST, len(os.sched_getaffinity(0))) if can_fork() else 1


def forking() -> BaseContext:
    """Return the context in which :mod:`multiprocessing` forks from the process that has imported the stack."""
    return multiprocessing.get_context("forkserver")


def workers() -> Executor:
    """Return workers: processes that are forked from the one that has imported the stack, or else a thread."""
    return ProcessPoolExecutor(at_once(), mp_context=forking()) if can_fork() else ThreadPoolExecutor(1)


def prepare(*modules: str) -> None:
    """Start the process that others are forked from, and let kernels that this process starts be forked.

    Parameters
    ----------
    *modules : str
        What it imports once. It reads the environment now: what a kernel shall see of the book must be set before.
    """
    if not can_fork():
        return
    multiprocessing.set_forkserver_preload([*modules])
    forkserver.ensure_running()
    if entry_points(group="jupyter_client.kernel_provisioners", name=NAME):  # an older installation has none
        os.environ[CHOICE] = NAME


class Forked:
    """A forked process with the part of the interface of :class:`subprocess.Popen` that Jupyter uses."""

    stdin = stdout = stderr = None

    def __init__(self, argv: list[str], environment: dict[str, str], folder: str):
        self._process = forking().Process(target=run, args=(argv, environment, folder), daemon=True)
        self._process.start()
        self.pid = self._process.pid

    def poll(self) -> int | None:
        """Return the exit code; None while it runs."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait till it has ended and return the exit code."""
        self._process.join(timeout)
        return self.poll()

    def send_signal(self, number: int) -> None:
        """Send a signal."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()

    def terminate(self) -> None:
        """Ask it to end."""
        self._process.terminate()


class ForkProvisioner(LocalProvisioner):
    """Starts Python kernels of this environment by forking, and others as Jupyter does."""

    async def launch_kernel(self, cmd, **options):
        """Launch a kernel; return how to connect to it."""
        if LAUNCHER not in cmd or cmd[0] != sys.executable:
            return await super().launch_kernel(cmd, **options)
        argv = cmd[cmd.index(LAUNCHER) + 1 :]
        self.cwd = str(options.get("cwd") or os.getcwd())
        self.process = Forked(argv, dict(options["env"]), self.cwd)
        self.pid = self.pgid = self.process.pid
        return self.connection_info


def run(argv: list[str], environment: dict[str, str], folder: str) -> None:
    """Be a kernel, in a process group of its own, till it is told to end."""
    from ipykernel.kernelapp import IPKernelApp

    os.setsid()
    # What is inherited holds the pipe by which the process that forks sees that the build has gone.
    os.closerange(3, max(map(int, os.listdir("/proc/self/fd"))) + 1)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    # The kernel ends when the process that it was forked from has ended, and that ends with the build.
    IPKernelApp.launch_instance([*argv, f"--IPKernelApp.parent_handle={os.getppid()}"])

"""The book while it is written: open pages show what has changed, by themselves."""

import re
import signal
import socket
import subprocess
import time
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from signals import heeding
from small_book import begin, command, write_notebook


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    """A small book that is watched, its folder and its address."""
    book = begin(tmp_path_factory.mktemp("watched") / "book", "a")
    write_notebook(book, "a", "# Page a\n\nThe lead of a.", b="1 + 1")
    call = command(book)
    call["args"] = heeding(*call["args"], "--watch", "--port", "0")
    with subprocess.Popen(**call, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        said = process.stdout.readline()
        wait_for((book / "_build" / "built").is_file)
        yield book, re.search(r"http://127\.0\.0\.1:\d+/", said)[0]
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    assert process.returncode == 0


def wait_for(true, seconds=120):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_an_open_page_shows_a_change_by_itself(watched, browser):
    book, address = watched
    page = browser.new_page()
    page.goto(f"{address}chapters/a.html")
    assert page.get_by_text("The lead of a.").is_visible()
    write_notebook(book, "a", "# Page a\n\nOther words.", b="1 + 1")
    page.get_by_text("Other words.").wait_for(timeout=120_000)
    # What cannot be built leaves the page as it is, and what mends it shows.
    write_notebook(book, "a", "# Page a\n\nTo [nowhere](#nowhere).", b="1 + 1")
    time.sleep(1)
    write_notebook(book, "a", "# Page a\n\nMended words.", b="1 + 1")
    page.get_by_text("Mended words.").wait_for(timeout=120_000)
    page.close()


def test_the_policy_is_left_out_where_the_book_is_watched_and_nowhere_else(watched):
    book, address = watched
    page = (book / "_build" / "html" / "index.html").read_text(encoding="utf-8")
    assert "Content-Security-Policy" in page
    with urlopen(address) as answer:
        text = answer.read().decode()
        assert answer.headers["Cache-Control"] == "no-store"
        assert len(text.encode()) == int(answer.headers["Content-Length"])
    assert "Content-Security-Policy" not in text
    assert text.count("EventSource") == 1
    style = "_static/book.css"
    with urlopen(address + style) as answer:
        assert answer.read() == (book / "_build" / "html" / style).read_bytes()
    with pytest.raises(HTTPError, match="404"):
        urlopen(f"{address}no.html")
    with pytest.raises(HTTPError, match=r"40[34]"):
        urlopen(f"{address}..%2f..%2f_toc.yml")


def test_a_port_that_is_taken_is_named(tmp_path):
    book = begin(tmp_path / "book")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        call = command(book)
        call["args"] += ["--watch", "--port", str(port)]
        result = subprocess.run(**call, capture_output=True, check=False, timeout=60)
    assert result.returncode == 1
    assert result.stderr == f"error: --port {port}: Address already in use; choose another one\n"

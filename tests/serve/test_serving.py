"""Serve a preview and ask it what browsers, and others, may ask."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack, closing
from http.client import HTTPConnection

import pytest

from cmsite.errors import MachineError
from cmsite.serve.server import listen
from serve.browser import PATIENCE, Browser, browsing
from site_folder import SiteFolder


def test_a_page_is_served_under_the_sites_base_path(browser: Browser) -> None:
    got = browser.get("/carnet/")
    assert got.status == 200
    assert got.headers["Content-Type"] == "text/html; charset=utf-8"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert "Titre de patients" in got.text
    assert 'id="cmsite-preview"' in got.text


def test_the_root_leads_to_the_base_path_and_a_folder_to_its_slash(browser: Browser) -> None:
    assert (browser.get("/").status, browser.get("/").headers["Location"]) == (303, "/carnet/")
    assert browser.get("/carnet/blog").headers["Location"] == "/carnet/blog/"


def test_pages_are_built_for_the_address_of_the_preview(browser: Browser) -> None:
    assert f"http://localhost:{browser.port}/carnet/" in browser.get("/carnet/feed.xml").text
    assert "example.org" not in browser.get("/carnet/sitemap.xml").text


def test_files_have_their_types(browser: Browser) -> None:
    assert browser.get("/carnet/feed.xml").headers["Content-Type"] == "application/atom+xml"
    assert browser.get("/carnet/robots.txt").headers["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    "path",
    [
        "/carnet/../cmsite.yml",
        "/carnet/%2e%2e/%2e%2e/etc/passwd",
        "/carnet/..%2f..%2fcmsite.yml",
        "/carnet//../../cmsite.yml",
        "/carnet/.%2e/cmsite.yml",
        "/carnet/..;/cmsite.yml",
        "/carnet/%252e%252e/cmsite.yml",
        "/carnet/%252e%252e%252fcmsite.yml",
        "/carnet/.cmsite-generation",
        "/carnet/.nojekyll",
        "/cmsite.yml",
        "//etc/passwd",
        "/__cmsite__/../preview.py",
        "/__cmsite__/%2e%2e/http.py",
    ],
)
def test_nothing_but_the_site_is_served(browser: Browser, path: str) -> None:
    got = browser.get(path)
    assert got.status == 404
    assert "title: Carnet" not in got.text
    assert "root:" not in got.text


@pytest.mark.parametrize("path", ["/carnet/%00", "/carnet/%ff", "/carnet/%5c..%5c", "/carnet/%0d%0aX: y"])
def test_addresses_that_no_browser_asks_for_are_refused_and_the_server_goes_on(
    browser: Browser, path: str
) -> None:
    assert browser.get(path.replace(" ", "")).status == 400
    assert browser.get("/carnet/").status == 200


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"nonsense\r\n\r\n", b"400"),
        (b"GET http://localhost/carnet/ HTTP/1.1\r\n\r\n", b"400"),
        (b"GET file:///etc/passwd HTTP/1.1\r\n\r\n", b"400"),
        (b"GET cmsite.yml HTTP/1.1\r\n\r\n", b"400"),
        (b"GET /carnet/..\\..\\cmsite.yml HTTP/1.1\r\n\r\n", b"400"),
        (b"GET /carnet/%c0%ae%c0%ae/cmsite.yml HTTP/1.1\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: other\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\n\r\n", b"403"),
        (b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\n\r\n", b"431"),
    ],
)
def test_what_is_no_request_is_refused(browser: Browser, sent: bytes, status: bytes) -> None:
    assert browser.raw(sent).split(b" ")[1] == status
    assert browser.get("/carnet/").status == 200


def test_another_name_for_this_machine_is_refused(browser: Browser) -> None:
    for name in ("evil.example", f"evil.example:{browser.port}", "localhost", "localhost:1"):
        assert browser.get("/carnet/", host=name).status == 403
    for name in (f"localhost:{browser.port}", f"127.0.0.1:{browser.port}", f"[::1]:{browser.port}"):
        assert browser.get("/carnet/", host=name).status == 200


def test_other_sites_are_refused(browser: Browser) -> None:
    assert browser.get("/carnet/", origin="http://evil.example").status == 403
    assert browser.get("/carnet/", origin="null").status == 403
    assert browser.get("/carnet/", origin=f"http://localhost:{browser.port}").status == 200
    embedded = browser.get("/carnet/feed.xml", sec_fetch_site="cross-site", sec_fetch_mode="no-cors")
    assert embedded.status == 403
    assert browser.get("/carnet/", sec_fetch_site="cross-site", sec_fetch_mode="navigate").status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT"])
def test_the_preview_can_only_be_read(browser: Browser, method: str) -> None:
    got = browser.get("/carnet/", method=method)
    assert (got.status, got.headers["Allow"]) == (405, "GET, HEAD")


def test_head_is_answered_without_a_body(browser: Browser) -> None:
    got = browser.get("/carnet/", method="HEAD")
    assert (got.status, got.text) == (200, "")
    assert int(got.headers["Content-Length"]) > 100


def test_connections_that_say_nothing_keep_nobody_waiting(browser: Browser) -> None:
    with ExitStack() as stack:
        for _ in range(500):
            stack.enter_context(socket.create_connection(("127.0.0.1", browser.port), timeout=PATIENCE))
        assert browser.get("/carnet/").status == 200


def test_a_crowd_where_files_are_few_is_neither_a_traceback_nor_the_end(two: SiteFolder) -> None:
    words = f"ulimit -n 128; exec '{sys.executable}' -m cmsite --site '{two.root}' serve --port 0"
    with subprocess.Popen(["/bin/sh", "-c", words], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        told = ""
        while "preview: " not in told:
            told = process.stderr.readline()
            assert told, "it ended too early"
        port = int(told.partition("localhost:")[2].partition("/")[0])
        with ExitStack() as stack:
            for _ in range(300):
                stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE))
            with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
                connection.request("GET", "/carnet/__cmsite__")
                assert connection.getresponse().status == 404
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
        assert process.wait(PATIENCE) == 0
    assert rest == "\nthe preview has ended\n"


def test_many_pages_that_listen_leave_room_for_one_more(browser: Browser) -> None:
    with ExitStack() as stack:
        for _ in range(150):
            next(stack.enter_context(browser.listening("sante")))
        assert browser.get("/carnet/").status == 200


def test_a_port_that_is_taken_is_told_with_one_that_is_free(browser: Browser) -> None:
    with pytest.raises(MachineError) as raised:
        listen(browser.port, exposed=False)
    assert raised.value.code == 4
    assert f"port {browser.port} is taken" in raised.value.message
    assert "--port " in raised.value.hint


def test_private_targets_are_kept_from_other_machines(two: SiteFolder) -> None:
    with browsing(two, exposed=True) as browser:
        assert browser.get("/__cmsite__/show?edition=sante/clinique&at=/carnet/").status == 404
        assert browser.get("/__cmsite__/show?edition=sante/mutuelle&at=/carnet/").status == 303
        assert "clinique" not in browser.get("/carnet/").text


def test_an_interrupted_preview_has_done_what_it_should(two: SiteFolder) -> None:
    words = [sys.executable, "-m", "cmsite", "--site", str(two.root), "serve", "--port", "0"]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True, env={**os.environ}) as process:
        assert process.stderr is not None
        told = ""
        while "preview: http://localhost:" not in told:
            told = process.stderr.readline()
            assert told, "it ended too early"
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
        assert process.wait(PATIENCE) == 0
    assert "Traceback" not in rest
    assert "the preview has ended" in rest

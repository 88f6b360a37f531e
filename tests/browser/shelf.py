"""Files on a loopback address, for a browser of this machine: bytes in, addresses out."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit


class Shelf:
    """Files by path. Each lies in a folder of its own, so that no browser mistakes two for one."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.files: dict[str, bytes] = {}

    def lay(self, name: str, pdf: bytes) -> str:
        """Lay a file of this name on the shelf and return its address."""
        path = f"/{len(self.files)}/{name}"
        self.files[path] = pdf
        return self.address + path


@contextmanager
def open_shelf() -> Iterator[Shelf]:
    """Serve a shelf on a free port of 127.0.0.1 until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            pdf = shelf.files.get(urlsplit(self.path).path)
            if pdf is None:  # the browser asks for an icon, too
                self.send_error(HTTPStatus.NOT_FOUND)
                return
            self.send_response(HTTPStatus.OK)
            media = "text/html" if urlsplit(self.path).path.endswith(".html") else "application/pdf"
            self.send_header("Content-Type", media)
            self.send_header("Content-Length", str(len(pdf)))
            self.end_headers()
            self.wfile.write(pdf)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        shelf = Shelf(f"http://127.0.0.1:{server.server_port}")
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield shelf
        finally:
            server.shutdown()
            thread.join()

"""Services to measure against: the program's sandbox, a line before it that changes answers, and servers that
do what no service should."""

import gzip
import http.server
import json
import socket
import socketserver
import subprocess
import threading
import urllib.error
import urllib.parse
import urllib.request


class Sandbox:
    """The program's own sandbox, as a process."""

    def __init__(self, program, *options):
        self.process = subprocess.Popen([program, "sandbox", *options], stdout=subprocess.PIPE, text=True)
        self.faces = json.loads(self.process.stdout.readline())

    def close(self):
        self.process.kill()
        self.process.wait()


class Quiet(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads, request_queue_size = True, 256

    def handle_error(self, request, address):
        pass  # Whoever gave up does not take its answer.


class Line:
    """Passes requests on; `change` makes something else of an answer, `silent` holds all that come back."""

    def __init__(self, face, change=lambda path, body: body):
        line = self
        self.silent = threading.Event()
        self.over = threading.Event()

        class Ear(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def forward(self):
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                if line.silent.is_set():
                    line.over.wait()
                    return
                own = {name: value for name, value in self.headers.items() if name.lower() not in ("host", "content-length", "accept-encoding")}
                request = urllib.request.Request(face["url"] + self.path, data=body or None, method=self.command, headers=own)
                try:
                    answer = urllib.request.urlopen(request)
                except urllib.error.HTTPError as refusal:
                    answer = refusal
                body = change(self.path, answer.read())
                self.send_response(answer.status)
                self.send_header("content-type", answer.headers.get("content-type", ""))
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = forward

            def log_message(self, *_):
                pass

        self.server = Quiet(("127.0.0.1", 0), Ear)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.face = {"url": f"http://127.0.0.1:{self.server.server_port}", "token": face["token"]}

    def close(self):
        self.over.set()
        self.server.shutdown()
        self.server.server_close()


def multiplied(total):
    """Makes `total` of the memberships that a Clerk face answers with: the sandbox looks at all for each page."""
    def change(path, body):
        address, _, query = path.partition("?")
        if not address.endswith("/memberships"):
            return body
        wanted = {name: int(values[0]) for name, values in urllib.parse.parse_qs(query).items() if name in ("limit", "offset")}
        begin = wanted.get("offset", 0)
        numbers = range(begin, min(total, begin + wanted.get("limit", 10)))
        if begin == 0:
            one = json.loads(body)["data"][0]
            user = one["public_user_data"]
            one["id"], user["user_id"], user["identifier"] = "orgmem_NUMBER", "user_NUMBER", "memberNUMBER@acme.example"
            change.one = json.dumps(one)
        rows = ",".join(change.one.replace("NUMBER", str(number)) for number in numbers)
        return f'{{"data": [{rows}], "total_count": {total}}}'.encode()
    return change


class Talker:
    """Answers every request with the same bytes, piece by piece as `pieces()` makes them; none at all hangs."""

    def __init__(self, pieces, token="nobody"):
        talker = self
        self.over = threading.Event()

        class Ear(socketserver.BaseRequestHandler):
            def handle(self):
                try:
                    self.request.recv(65536)
                    for piece in pieces():
                        self.request.sendall(piece)
                    talker.over.wait()
                except OSError:
                    pass

        class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
            daemon_threads = allow_reuse_address = True

        self.server = Server(("127.0.0.1", 0), Ear)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.face = {"url": f"http://127.0.0.1:{self.server.server_address[1]}", "token": token}

    def close(self):
        self.over.set()
        self.server.shutdown()
        self.server.server_close()


def head(length, *more):
    lines = ["HTTP/1.1 200 OK", "content-type: application/json", f"content-length: {length}", *more]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def bomb():
    """A GiB of blanks in a MiB."""
    packed = gzip.compress(b" " * (1 << 30), 9)
    return lambda: [head(len(packed), "content-encoding: gzip"), packed]


def endless():
    """An answer that never ends."""
    def pieces():
        yield b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n"
        while True:
            yield b"[" + b" " * 65535
    return pieces


def deep():
    """A list in a list in a list."""
    body = b"[" * 2_000_000
    return lambda: [head(len(body)), body]


def nowhere():
    """An address at which nobody listens."""
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return {"url": f"http://127.0.0.1:{place.getsockname()[1]}", "token": "nobody"}

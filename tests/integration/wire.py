"""A connection byte for byte, for what no HTTP library would send."""

import json
import select
import socket
import struct
from urllib.parse import urlsplit

TIMEOUT = 20


class Answer:
    """One response as it came: its status line, headers (names in lower case) and body."""

    def __init__(self, version, status, headers, body):
        self.version = version
        self.status = status
        self.headers = headers
        self.body = body

    def json(self):
        """The body, which says that it is JSON and is it."""
        assert self.headers.get("content-type") == "application/json", self.headers
        return json.loads(self.body.decode("utf-8"))


class Connection:
    """A TCP connection to the emulator, open for the length of a `with` block."""

    def __init__(self, url):
        address = urlsplit(url)
        self.socket = socket.create_connection((address.hostname, address.port), timeout=TIMEOUT)
        self.received = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data)

    def send_slowly(self, data):
        """A byte a packet, until the other side has had enough."""
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for index in range(len(data)):
            if self.has_data():
                return
            self.send(data[index : index + 1])

    def reset(self):
        """Ends the connection with an RST in place of a FIN."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def has_data(self):
        """Whether there is anything to read at this moment, be it the end."""
        return bool(self.received or select.select([self.socket], [], [], 0)[0])

    def read_until(self, end):
        """Everything up to and with `end`."""
        while end not in self.received:
            self._receive()
        text, _, self.received = self.received.partition(end)
        return text + end

    def read_answer(self, method="GET"):
        """The next answer. HEAD's and 204's have no body, every other one says its length."""
        lines = self.read_until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        version, status, _ = lines[0].split(" ", 2)
        headers = {}
        for line in lines[1:-2]:
            name, value = line.split(": ", 1)
            headers[name.lower()] = value
        body = b""
        if method != "HEAD" and status not in ("100", "204"):
            body = self._read(int(headers["content-length"]))
        return Answer(version, int(status), headers, body)

    def read_to_end(self):
        """Everything until the other side closes. A reset raises."""
        while True:
            try:
                self._receive()
            except EOFError:
                rest, self.received = self.received, b""
                return rest

    def _read(self, size):
        while len(self.received) < size:
            self._receive()
        data, self.received = self.received[:size], self.received[size:]
        return data

    def _receive(self):
        piece = self.socket.recv(1 << 16)
        if not piece:
            raise EOFError(f"the connection ended after {self.received!r}")
        self.received += piece


class TlsConnection(Connection):
    """A connection whose bytes are encrypted, once it is made: as an `ssl.SSLContext` has it."""

    def __init__(self, url, context, name="localhost"):
        super().__init__(url)
        try:
            self.socket = context.wrap_socket(self.socket, server_hostname=name)
        except BaseException:
            self.socket.close()
            raise


def request(method, path, body=b"", version="HTTP/1.1", **headers):
    """A request's bytes. `content_length=5` becomes a header; a body brings its own length."""
    given = {"Host": "localhost"}
    if body:
        given |= {"Content-Type": "application/json", "Content-Length": str(len(body))}
    given |= {name.replace("_", "-").title(): str(value) for name, value in headers.items()}
    head = f"{method} {path} {version}\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in given.items())
    return head.encode() + b"\r\n" + body


def chunk(data):
    """A piece of a chunked body; the empty one is the last."""
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def assert_all_are_answered(test, connections):
    """Each of the connections asks for a thing of its own, all before the first answer is read."""
    for number, connection in enumerate(connections):
        connection.send(request("GET", f"/canary/number-{number}"))
    for number, connection in enumerate(connections):
        message = connection.read_answer().json()["Message"]
        test.assertEqual(message, f"Canary not found: number-{number}")

"""The program under measurement: started fresh, asked over connections that stay open."""

import http.client
import json
import pathlib
import re
import subprocess
import tempfile
import threading
import time

# At its defaults, but for what would make two measurements differ.
OPTIONS = ["--port", "0", "--clock", "2026-01-01T00:00:00Z", "--seed", "1"]
OPTIONS += ["--transitions", "instant"]

STORAGES = ("memory", "file")
HEALTH = "/_emulator/health"


class Process:
    """A server that prints its address and then `Ready.`, for the length of a `with` block."""

    health = HEALTH  # says 200 when the server is there

    def __init__(self, command, **how):
        self.command = command
        self.how = {"stderr": subprocess.DEVNULL, **how}

    def __enter__(self):
        self.process = subprocess.Popen(
            self.command, stdout=subprocess.PIPE, text=True, **self.how
        )
        for line in self.process.stdout:
            if line == "Ready.\n":
                return self
            self.address = re.search(r"http://(\S+)", line)[1]
        raise RuntimeError(f"{self.command} ended with {self.process.wait()}")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()

    def connect(self, headers=None):
        return Connection(self.address, headers)

    def cpu_seconds(self):
        """Processor time that it has used, in nanosecond steps: those of /proc/PID/stat are 10 ms.

        The clock's number is what clock_getcpuclockid(3) makes of a process id.
        """
        return time.clock_gettime((~self.process.pid << 3) | 2)

    def resident_bytes(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return 1024 * int(re.search(r"VmRSS:\s+(\d+) kB", status)[1])


class Program(Process):
    """The program, its state in memory or in a file; `options` are added to those above."""

    def __init__(self, binary, storage, *options):
        command = [binary, *OPTIONS, *options]
        self.data = tempfile.TemporaryDirectory() if storage == "file" else None
        if self.data:
            command += ["--data", self.data.name]
        super().__init__(command, env={})

    def __exit__(self, *_):
        super().__exit__()
        if self.data:
            self.data.cleanup()


class Connection:
    """One connection to the program. http.client sets TCP_NODELAY."""

    def __init__(self, address, headers=None):
        self.connection = http.client.HTTPConnection(address)
        self.headers = {"Content-Type": "application/json", **(headers or {})}

    def ask(self, method, path, body=None):
        """The answer, parsed where there is one. A refusal is an exception."""
        text = None if body is None else json.dumps(body)
        self.connection.request(method, path, text, self.headers)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {text.decode()}")
        return json.loads(text) if text else None

    def close(self):
        self.connection.close()


def answers(address, path):
    """Whether a server is there and says 200."""
    connection = http.client.HTTPConnection(address)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status == 200
    except OSError:
        return False
    finally:
        connection.close()


def time_life(start):
    """Milliseconds from exec to the first 200, and from SIGTERM to the end, of what `start` makes."""
    began = time.perf_counter()
    with start() as server:
        if not answers(server.address, server.health):
            raise RuntimeError(f"{server.command} does not answer {server.health} with 200")
        answered = time.perf_counter()
    return 1000 * (answered - began), 1000 * (time.perf_counter() - answered)


class Poller:
    """Asks for one path again and again, on its own connection, while a `with` block lasts.

    `milliseconds` is how long each answer took.
    """

    def __init__(self, program, path):
        self.connection = program.connect()
        self.path = path
        self.milliseconds = []
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self.run)

    def run(self):
        while True:
            before = time.perf_counter()
            self.connection.ask("GET", self.path)
            self.milliseconds.append(1000 * (time.perf_counter() - before))
            if self.stopping.is_set():
                return

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopping.set()
        self.thread.join()
        self.connection.close()

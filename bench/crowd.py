"""How long somebody waits beside many connections, idle and slow, and beside a long pipeline."""

import resource
import socket
import statistics
import time

from figures import milliseconds

IDLE, SLOW = 2_000, 200
ASKED = 400
BETWEEN = 0.005  # seconds: one byte meanwhile is one a second of each slow connection
PIPELINED = 1_000

PATH = "/canary/canary-0"
REQUEST = f"GET {PATH} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()


def waits(connection, asked, meanwhile=lambda: None, after=lambda: None):
    """The 99th percentile of GetCanary's milliseconds."""
    took = []
    for _ in range(asked):
        time.sleep(BETWEEN)
        meanwhile()
        took.append(milliseconds(lambda: connection.ask("GET", PATH)))
        after()
    return statistics.quantiles(took, n=100)[98]


def dial(program):
    host, port = program.address.split(":")
    return socket.create_connection((host, int(port)))


class Crowd:
    """Connections that say nothing, and those that begin a request and say a byte of it a second."""

    def __init__(self, program, idle, slow):
        # Of this process, as the other side of all of them: as many as it may have.
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        self.idle = [dial(program) for _ in range(idle)]
        self.slow = [dial(program) for _ in range(slow)]
        for connection in self.slow:
            connection.sendall(b"GET / HTTP/1.1\r\nX-Slow: ")
        self.turn = 0

    def say_a_byte(self):
        self.slow[self.turn % len(self.slow)].sendall(b"x")
        self.turn += 1

    def close(self):
        for connection in self.idle + self.slow:
            connection.close()


class Pipeline:
    """A connection that sends many requests at once, and reads the answers when they are all there."""

    def __init__(self, program):
        self.connection = dial(program)
        self.connection.sendall(REQUEST)
        self.size = len(self.connection.recv(1 << 16))  # they are all as long

    def send(self):
        self.connection.sendall(REQUEST * PIPELINED)

    def receive(self):
        left = PIPELINED * self.size
        while left > 0:
            left -= len(self.connection.recv(min(left, 1 << 20)))

    def close(self):
        self.connection.close()


def measure(program, connection, idle, slow, asked):
    """The waits beside a crowd, and beside a pipeline, each by those of somebody alone."""
    alone = waits(connection, asked)
    crowd = Crowd(program, idle, slow)
    beside_crowd = waits(connection, asked, meanwhile=crowd.say_a_byte)
    crowd.close()
    pipeline = Pipeline(program)
    beside_pipeline = waits(connection, asked, meanwhile=pipeline.send, after=pipeline.receive)
    pipeline.close()
    return beside_crowd / alone, beside_pipeline / alone

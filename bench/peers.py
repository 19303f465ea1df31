"""The servers that are measured: the program, and what it is measured beside."""

import pathlib
import shutil
import socket
import subprocess
import tempfile
import time

from program import Process, Program, answers

NGINX = """
daemon off; master_process off; pid {directory}/pid;
events {{ worker_connections 64; }}
http {{
  access_log off; keepalive_requests 1000000000; {temporary}
  server {{
    listen 127.0.0.1:{port};
    location / {{ default_type application/json; return 200 '{body}'; }}
  }}
}}
"""
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")

BENCH = pathlib.Path(__file__).resolve().parent
CONSTANT_SERVER = BENCH.parent / "build/bench/constant_server"
# Debian has it where only root looks; `./dev bench` unpacks it in the build tree.
NGINX_PATHS = ("/usr/sbin/nginx", str(BENCH.parent / "build/bench/nginx/usr/sbin/nginx"))


class Silent(Process):
    """A server that has to be told its port, and does not tell when it is ready."""

    health = "/"

    def __init__(self, command, port):
        super().__init__(command, stdout=subprocess.DEVNULL)
        self.address = f"127.0.0.1:{port}"

    def __enter__(self):
        self.process = subprocess.Popen(self.command, **self.how)
        while not answers(self.address, self.health):
            if self.process.poll() is not None:
                raise RuntimeError(f"{self.command} ended with {self.process.returncode}")
            time.sleep(0.01)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


class ConstantServer(Process):
    def __init__(self, binary, body):
        self.body = tempfile.TemporaryFile("w+")
        self.body.write(body)
        self.body.seek(0)
        super().__init__([binary, "0"], stdin=self.body)

    def __exit__(self, *_):
        super().__exit__()
        self.body.close()


class Nginx(Silent):
    """One process with one thread, as the others are."""

    def __init__(self, binary, body):
        self.directory = tempfile.TemporaryDirectory()
        port = free_port()
        configuration = pathlib.Path(self.directory.name, "nginx.conf")
        temporary = [f"{name}_temp_path {self.directory.name}/{name};" for name in TEMPORARY]
        configuration.write_text(
            NGINX.format(
                directory=self.directory.name,
                temporary=" ".join(temporary),
                port=port,
                body=body,
            )
        )
        command = [binary, "-e", "stderr", "-p", self.directory.name, "-c", str(configuration)]
        super().__init__(command, port)

    def __exit__(self, *_):
        super().__exit__()
        self.directory.cleanup()


class Moto(Silent):
    # To others it answers with a service, and loads that first.
    health = "/moto-api/"

    def __init__(self, binary):
        port = free_port()
        super().__init__([binary, "-H", "127.0.0.1", "-p", str(port)], port)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def find_servers(binary, body):
    """By name, how each server that is there is started.

    `body` is what the constant ones answer: JSON, without ' and $.
    """
    servers = {
        # Its log at level info has a line a request, which moto_server cannot help but write.
        "memory": lambda: Program(binary, "memory", "--log-level", "warning"),
        "file": lambda: Program(binary, "file", "--log-level", "warning"),
        "full": lambda: Program(
            binary, "file", "--durability", "full", "--log-level", "warning"
        ),
    }
    if CONSTANT_SERVER.exists():
        servers["constant"] = lambda: ConstantServer(str(CONSTANT_SERVER), body)
    if nginx := next(filter(shutil.which, NGINX_PATHS), None):
        servers["nginx"] = lambda: Nginx(nginx, body)
    if moto := shutil.which("moto_server"):
        servers["moto"] = lambda: Moto(moto)
    return servers

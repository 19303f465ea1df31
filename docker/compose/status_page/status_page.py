"""The application under test: a page that says which canaries failed when they ran last."""

import http.server
import json
import os
import signal
import sys

import boto3

SYNTHETICS = boto3.client("synthetics", endpoint_url=os.environ["SYNTHETICS_URL"])


def failing():
    """The names of the canaries whose last run did not pass."""
    request, names = {}, []
    while True:
        page = SYNTHETICS.describe_canaries_last_run(**request)
        for canary in page["CanariesLastRun"]:
            if canary["LastRun"]["Status"]["State"] == "FAILED":
                names.append(canary["CanaryName"])
        if "NextToken" not in page:
            return sorted(names)
        request["NextToken"] = page["NextToken"]


class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        names = failing()
        body = json.dumps({"failing": names}).encode()
        self.send_response(503 if names else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    # The first answer is what the application begins with: there is an emulator to ask.
    print("failing at the start:", failing(), flush=True)
    http.server.ThreadingHTTPServer(("", 8080), Page).serve_forever()

#!/usr/bin/env python3
"""Who may do what: signatures by botocore and the SDK for JavaScript, good and altered, and the admin token."""

import datetime
import http.client
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import unittest
from urllib.parse import urlsplit

import figures
from emulator import BINARY, Emulator, assert_mistake, clean_environment
from isolation import isolate, require_boto3

SECRET = "a/good+secret"
OTHER_SECRET = "an/other+secret"
TOKEN = "the/session+token=="
ADMIN = "open-sesame"
PRINCIPALS = [
    {"accessKeyId": "AKIAEXAMPLE", "secretAccessKey": SECRET, "account": "111122223333"},
    {"accessKeyId": "ASIAEXAMPLE", "secretAccessKey": OTHER_SECRET, "sessionToken": TOKEN},
]
REGION = "eu-west-1"
NAME = "Grüße an/alle"
TARGET = "/group/Gr%C3%BC%C3%9Fe%20an%2Falle"
SESSION = pathlib.Path(__file__).parent / "auth_session.mjs"

tried = 0  # signatures, good and bad


def credentials(key="AKIAEXAMPLE", secret=SECRET, token=None):
    import botocore.credentials

    return botocore.credentials.Credentials(key, secret, token)


def sign(url, method, target, body=b"", who=None, service="synthetics", at=None, expires=None):
    """The headers and the target of a request as botocore signs it; presigned where it expires."""
    import botocore.auth
    import botocore.awsrequest

    request = botocore.awsrequest.AWSRequest(method, url + target, data=body)
    if body:
        request.headers["Content-Type"] = "application/json"
    arguments = (who or credentials(), service, REGION)
    clock = botocore.auth.get_current_datetime
    if at:
        botocore.auth.get_current_datetime = lambda: at
    try:
        if expires is None:
            botocore.auth.SigV4Auth(*arguments).add_auth(request)
        else:
            botocore.auth.SigV4QueryAuth(*arguments, expires=expires).add_auth(request)
    finally:
        botocore.auth.get_current_datetime = clock
    return dict(request.headers.items()), request.url[len(url) :]


def send(url, method, target, body=b"", headers=None):
    """Status, name of the error and message."""
    global tried
    tried += 1
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
    try:
        connection.request(method, target, body, headers or {})
        answer = connection.getresponse()
        text = answer.read()
        message = json.loads(text).get("Message") if text else None
        return answer.status, answer.headers.get("x-amzn-ErrorType"), message
    finally:
        connection.close()


def ago(**time):
    return datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(**time)


class Case(unittest.TestCase):
    def setUp(self):
        folder = self.enterContext(tempfile.TemporaryDirectory())
        self.file = pathlib.Path(folder, "credentials.json")
        self.file.write_text(json.dumps({"principals": PRINCIPALS}))

    def start(self, *options):
        options = ["--auth", "signature", "--credentials", str(self.file), *options]
        return self.enterContext(Emulator(*options))


class Signatures(Case):
    def setUp(self):
        super().setUp()
        # Clients sign in real time, wherever the emulator's clock stands.
        self.emulator = self.start("--clock", "2040-01-01T00:00:00Z", "--log-level", "debug")

    def client(self, key="AKIAEXAMPLE", secret=SECRET, token=None):
        import boto3
        from botocore.config import Config

        client = boto3.session.Session().client(
            "synthetics",
            endpoint_url=self.emulator.url,
            region_name=REGION,
            aws_access_key_id=key,
            aws_secret_access_key=secret,
            aws_session_token=token,
            config=Config(retries={"total_max_attempts": 1}),
        )
        client.meta.events.register("before-send.synthetics.*", self.count)
        return client

    @staticmethod
    def count(**_):
        global tried
        tried += 1

    def refused(self, *request, **altered):
        """What becomes of a request, method, target and body, that is signed and then altered."""
        signing = {
            name: altered.pop(name) for name in ("who", "service", "at", "expires") if name in altered
        }
        headers, target = sign(self.emulator.url, *request, **signing)
        headers |= altered.pop("headers", {})
        sent = {"method": request[0], "target": target, "body": b"".join(request[2:]), **altered}
        sent["headers"] = {name: value for name, value in headers.items() if value is not None}
        status, name, message = send(self.emulator.url, **sent)
        self.assertEqual(status, 403, (name, message))
        return name, message

    def test_boto3_may_do_everything(self):
        for who in (("AKIAEXAMPLE", SECRET, None), ("ASIAEXAMPLE", OTHER_SECRET, TOKEN)):
            client = self.client(*who)
            group = client.create_group(Name=NAME, Tags={"a b": "ü", "c:d": "+", "e/f": ""})["Group"]
            client.get_group(GroupIdentifier=NAME)
            client.untag_resource(ResourceArn=group["Arn"], TagKeys=["a b", "c:d"])
            tags = client.list_tags_for_resource(ResourceArn=group["Arn"])["Tags"]
            self.assertEqual(tags, {"e/f": ""})
            client.list_group_resources(GroupIdentifier=NAME)
            client.describe_canaries()
            with self.assertRaises(client.exceptions.ResourceNotFoundException):
                client.get_canary(Name="nope")
            client.delete_group(GroupIdentifier=NAME)

    def test_the_account_is_the_principals(self):
        group = self.client().create_group(Name="web")["Group"]
        self.assertIn(":eu-west-1:111122223333:", group["Arn"])

    def test_boto3_hears_who_is_not_let_in(self):
        for name, who in (
            ("InvalidSignatureException", ("AKIAEXAMPLE", "bad", None)),
            ("UnrecognizedClientException", ("AKIANOBODY", SECRET, None)),
            ("UnrecognizedClientException", ("ASIAEXAMPLE", OTHER_SECRET, None)),
            ("UnrecognizedClientException", ("ASIAEXAMPLE", OTHER_SECRET, "stale")),
            ("UnrecognizedClientException", ("AKIAEXAMPLE", SECRET, TOKEN)),
        ):
            client = self.client(*who)
            with self.subTest(who), self.assertRaises(client.exceptions.ClientError) as caught:
                client.describe_canaries()
            self.assertEqual(caught.exception.response["Error"]["Code"], name)
            self.assertEqual(caught.exception.response["ResponseMetadata"]["HTTPStatusCode"], 403)

    def test_what_is_altered_is_refused_and_explained(self):
        body = json.dumps({"Name": NAME}, ensure_ascii=False).encode()
        other = json.dumps({"Name": "other"}).encode()
        for request, altered in (
            (("POST", "/group", body), {"body": other}),
            (("POST", "/group", body), {"body": b""}),
            (("POST", "/group", body), {"method": "PUT"}),
            (("POST", "/group", body), {"target": "/groups"}),
            (("POST", "/group", body), {"target": "/group?x=y"}),
            (("POST", "/group", body), {"headers": {"Content-Type": "text/plain"}}),
            (("POST", "/group", body), {"headers": {"Content-Type": None}}),
            (("POST", "/group", body), {"headers": {"Host": "127.0.0.1:1"}}),
            (("POST", "/group", body), {"headers": {"X-Amz-Date": f"{ago(seconds=9):%Y%m%dT%H%M%SZ}"}}),
            (("POST", "/group", body), {"headers": {"X-Amz-Content-SHA256": "UNSIGNED-PAYLOAD"}}),
            (("GET", TARGET), {"target": TARGET.replace("%2F", "/")}),
            (("GET", TARGET), {"target": TARGET.replace("an", "%61n")}),
            (("DELETE", "/tags/arn%3Aaws?tagKeys=a&tagKeys=b"), {"target": "/tags/arn%3Aaws?tagKeys=a"}),
            (("DELETE", "/tags/arn%3Aaws?tagKeys=a"), {"target": "/tags/arn:aws?tagKeys=a"}),
            (("GET", "/canary/x"), {"who": credentials(secret="bad")}),
        ):
            with self.subTest(request=request, altered=altered):
                name, message = self.refused(*request, **altered)
                self.assertEqual(name, "InvalidSignatureException")
                self.assertIn("The Canonical String for this request should have been\n'", message)
        self.assertEqual(self.client().list_groups()["Groups"], [])

    def test_the_explained_string_is_the_one_that_botocore_signs(self):
        import botocore.auth
        import botocore.awsrequest

        request = botocore.awsrequest.AWSRequest("GET", f"{self.emulator.url}{TARGET}?b=c%3Ad&a=e%20f")
        signer = botocore.auth.SigV4Auth(credentials(secret="bad"), "synthetics", REGION)
        signer.add_auth(request)
        headers = dict(request.headers.items())
        del request.headers["Authorization"]
        canonical = signer.canonical_request(request)
        target = request.url[len(self.emulator.url) :]
        _, _, message = send(self.emulator.url, "GET", target, b"", headers)
        self.assertIn(f"'{canonical}'", message)
        self.assertIn(f"'{signer.string_to_sign(request, canonical)}'", message)

    def test_scope_and_time(self):
        late, early = ago(minutes=6), ago(minutes=-6)
        for pattern, options in (
            (r"scoped to correct service: 'synthetics'", {"service": "s3"}),
            (r"Signature expired: \w+Z is now earlier than \w+Z \(\w+Z - 5 min\.\)", {"at": late}),
            (r"Signature not yet current: \w+Z is still later than \w+Z \(\w+Z \+ 5 min\.\)", {"at": early}),
        ):
            name, message = self.refused("GET", "/canary/x", **options)
            self.assertEqual(name, "InvalidSignatureException")
            self.assertRegex(message, pattern)
        headers, target = sign(self.emulator.url, "GET", "/canary/x")
        headers["Authorization"] = headers["Authorization"].replace(REGION, "eu-west-2")
        status, name, _ = send(self.emulator.url, "GET", target, b"", headers)
        self.assertEqual((status, name), (403, "InvalidSignatureException"))

    def test_what_is_missing(self):
        name, message = self.refused("GET", "/canary/x", headers={"Authorization": None})
        self.assertEqual((name, message), ("MissingAuthenticationTokenException", "Missing Authentication Token"))
        name, message = self.refused("GET", "/canary/x", headers={"X-Amz-Date": None})
        self.assertEqual(name, "IncompleteSignatureException")
        self.assertIn("'X-Amz-Date' or a 'Date' header", message)
        name, _ = self.refused("GET", "/nowhere", headers={"Authorization": None})
        self.assertEqual(name, "MissingAuthenticationTokenException")

    def test_presigned(self):
        url = self.emulator.url
        client = self.client(*("ASIAEXAMPLE", OTHER_SECRET, TOKEN))
        arn = client.create_group(Name="web")["Group"]["Arn"]
        for operation, parameters in (
            ("get_group", {"GroupIdentifier": "web"}),
            ("list_tags_for_resource", {"ResourceArn": arn}),
        ):
            signed = client.generate_presigned_url(operation, parameters, ExpiresIn=60)
            self.assertEqual(send(url, "GET", signed[len(url) :])[0], 200)
        for name, target, options in (
            ("InvalidSignatureException", "/group/app", {}),
            ("UnrecognizedClientException", "/group/web", {"who": credentials("AKIANOBODY")}),
            ("RequestExpired", "/group/web", {"at": ago(seconds=61)}),
            ("InvalidSignatureException", "/group/web", {"at": ago(minutes=-6)}),
            ("IncompleteSignatureException", "/group/web", {"expires": 604_801}),
        ):
            _, signed = sign(url, "GET", "/group/web", **{"expires": 60, **options})
            with self.subTest(name=name, target=target):
                self.assertEqual(send(url, "GET", target + signed[len("/group/web") :])[:2], (403, name))
        _, signed = sign(url, "GET", "/group/web", expires=60)
        self.assertEqual(send(url, "GET", signed + "0")[1], "InvalidSignatureException")
        self.assertEqual(send(url, "DELETE", signed)[1], "InvalidSignatureException")

    def test_no_secret_is_told(self):
        self.client("ASIAEXAMPLE", OTHER_SECRET, TOKEN).describe_canaries()
        self.refused("GET", "/canary/x", who=credentials("ASIAEXAMPLE", "bad", TOKEN))
        self.refused("GET", "/canary/x?y=z", who=credentials("ASIAEXAMPLE", "bad", TOKEN), expires=60)
        # Where a token does not count, it is one all the same.
        query = "?X-Amz-Security-Token=the%2Fsession%2Btoken%3D%3D"
        self.refused("GET", "/canary/x" + query, who=credentials("AKIAEXAMPLE", "bad"))
        self.assertEqual(send(self.emulator.url, "GET", "/canary/100%" + query)[0], 400)
        told = [
            json.dumps(self.emulator.request("GET", f"/_emulator/{page}")[2])
            for page in ("requests", "settings")
        ]
        self.assertIn('"accessKeyId": "ASIAEXAMPLE"', told[0])
        self.emulator.log.seek(0)
        log = self.emulator.log.read()
        self.assertIn("accessKeyId=ASIAEXAMPLE", log)
        for text in [*told, log]:
            for secret in (SECRET, OTHER_SECRET, TOKEN, "the%2Fsession%2Btoken%3D%3D"):
                self.assertNotIn(secret, text)

    def test_javascript(self):
        global tried
        folder = pathlib.Path(os.environ.get("SYNTHETICS_LOCAL_CLIENTS", "build/clients")).resolve()
        package = folder / "node_modules/@aws-sdk/client-synthetics"
        if shutil.which("node") is None or not package.exists():
            self.skipTest("no node with @aws-sdk/client-synthetics is installed (./dev clients)")
        ended = subprocess.run(
            ["node", str(SESSION)],
            env={
                **os.environ,
                "SYNTHETICS_LOCAL_URL": self.emulator.url,
                "SYNTHETICS_LOCAL_CLIENTS": str(folder),
            },
            capture_output=True,
            text=True,
        )
        self.assertEqual(ended.returncode, 0, ended.stderr)
        tried += int(ended.stdout)


class Start(Case):
    def test_a_mistake_is_one_line_that_says_where(self):
        self.assertIn("--credentials", assert_mistake("--auth", "signature"))
        self.assertIn("'perhaps'", assert_mistake("--auth", "perhaps"))
        options = ("--auth", "signature", "--credentials", str(self.file))
        self.file.write_text(json.dumps({"principals": [PRINCIPALS[0], {"accessKeyId": "AKIA2"}]}))
        line = assert_mistake(*options)
        self.assertIn(str(self.file), line)
        self.assertIn("principals.2.member.secretAccessKey", line)
        self.assertNotIn(SECRET, line)
        self.file.unlink()
        self.assertIn(f"cannot read the credentials file '{self.file}'", assert_mistake(*options))

    def test_a_control_plane_that_others_may_use_is_a_warning(self):
        for host, token, warnings in (
            ("0.0.0.0", None, 1),
            ("0.0.0.0", ADMIN, 0),
            ("127.0.0.1", None, 0),
        ):
            with self.subTest(host=host, token=token):
                emulator = self.start("--host", host, *(["--admin-token", token] if token else []))
                emulator.log.seek(0)
                self.assertEqual(emulator.log.read().count("there is no --admin-token"), warnings)


def own_address():
    """An address of this machine that is not of its loopback interface, if it has one."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("192.0.2.1", 9))  # sends nothing
            return probe.getsockname()[0]
    except OSError:
        return None


class AdminToken(Case):
    def start(self, *options):
        emulator = self.enterContext(Emulator("--admin-token", ADMIN, "--host", "0.0.0.0", *options))
        emulator.port = urlsplit(emulator.url).port
        emulator.url = f"http://127.0.0.1:{emulator.port}"
        return emulator

    def test_it_is_hidden_and_this_machine_needs_none(self):
        emulator = self.start("--log-level", "debug")
        _, _, settings = emulator.request("GET", "/_emulator/settings")
        self.assertIn({"name": "admin-token", "value": "<hidden>", "source": "flag"}, settings["settings"])
        emulator.log.seek(0)
        self.assertNotIn(ADMIN, emulator.log.read())
        health = [BINARY, "health", "--port", str(emulator.port)]
        self.assertEqual(subprocess.run(health, env=clean_environment(), capture_output=True).returncode, 0)

    def test_other_machines_need_it(self):
        emulator, address = self.start(), own_address()
        if address is None:
            self.skipTest("this machine has no address but its loopback interface's")
        emulator.url = f"http://{address}:{emulator.port}"
        for token, status in ((None, 401), ("Bearer no", 401), (f"Bearer {ADMIN}", 200)):
            headers = {"Authorization": token} if token else {}
            self.assertEqual(emulator.request("GET", "/_emulator/clock", headers=headers)[0], status)
        self.assertEqual(emulator.request("GET", "/_emulator/health")[0], 200)
        self.assertEqual(emulator.request("POST", "/canaries", {})[0], 200)
        # A body that is announced, and never read.
        connection = http.client.HTTPConnection(f"{address}:{emulator.port}", timeout=20)
        connection.putrequest("PUT", "/_emulator/snapshot")
        connection.putheader("Content-Length", str(1 << 29))
        connection.endheaders()
        answer = connection.getresponse()
        self.assertEqual((answer.status, answer.headers["WWW-Authenticate"]), (401, "Bearer"))
        connection.close()


if __name__ == "__main__":
    require_boto3()
    isolate()
    ended = unittest.main(exit=False)
    figures.record("signatures-tried", tried)
    raise SystemExit(not ended.result.wasSuccessful())

#!/usr/bin/env python3
"""The control plane's OpenAPI document against what the server really answers.

Every operation of the document is used, and every status that it declares is met, except `default`, which
stands for broken connections and internal errors.
"""

import functools
import json
import ssl
import unittest
from urllib.parse import quote, urlencode

import canaries
import openapi
import prometheus
from emulator import Emulator
from wire import Connection, TlsConnection, request

# The page of the contract, row by row.
PAGE = """
get /health
get /_localstack/health
get /_localstack/init/ready
post /moto-api/reset
get /_emulator/health
get /_emulator/settings
get /_emulator/metrics
get /_emulator/openapi.json
post /_emulator/reset
get /_emulator/clock
put /_emulator/clock
post /_emulator/clock/advance
get /_emulator/clock/pending
get /_emulator/transitions
put /_emulator/transitions
post /_emulator/canaries/{name}/release
put /_emulator/canaries/{name}/state
get /_emulator/canaries/{name}/wait
put /_emulator/canaries/{name}/outcomes
get /_emulator/canaries/{name}/outcomes
delete /_emulator/canaries/{name}/outcomes
get /_emulator/outcomes
put /_emulator/outcomes
post /_emulator/canaries/{name}/runs
post /_emulator/faults
get /_emulator/faults
get /_emulator/faults/{id}
delete /_emulator/faults/{id}
delete /_emulator/faults
get /_emulator/requests
delete /_emulator/requests
get /_emulator/events
get /_emulator/schedule
get /_emulator/snapshot
put /_emulator/snapshot
put /_emulator/snapshots/{name}
post /_emulator/snapshots/{name}/restore
get /_emulator/snapshots
delete /_emulator/snapshots/{name}
post /_emulator/seed
""".split("\n")[1:-1]

# Those that take whatever other emulators' tools add to a query.
LENIENT = {"GetHealthAlias", "GetLocalstackHealth", "GetLocalstackReady"}

CHECKOUT = {"name": "checkout", "account": "123456789012", "region": "us-east-1"}
NONE = {"name": "none"}
FAULT = {
    "match": {"operation": "GetCanary", "resource": "checkout"},
    "fault": {"status": 429, "code": "TooManyRequestsException", "message": "Rate exceeded", "latencyMs": 1},
    "times": 1,
    "probability": 0.5,
    "afterRequests": 2,
}
OUTCOMES = {
    "script": [
        {"state": "PASSED", "testResult": "PASSED", "durationMs": 1200, "count": 3},
        {"state": "FAILED", "stateReason": "Error: boom", "stateReasonCode": "CANARY_FAILURE"},
    ],
    "then": "repeat",
    "rule": {"failureRate": 0.05, "durationMs": {"min": 800, "max": 2500}, "stateReason": "Error: 503"},
}
RULES = {
    "profile": "realistic",
    "states": {
        "CREATING": {"seconds": 0.5},
        "STARTING": {"polls": 2},
        "UPDATING": {"hold": True},
        "DELETING": {
            "then": {"state": "ERROR", "stateReason": "In use", "stateReasonCode": "DELETE_FAILED"},
            "times": 2,
        },
    },
}
SEED = {
    "canaries": [
        {
            **canaries.creation("seeded"),
            "start": True,
            "outcomes": OUTCOMES,
            "history": {
                "days": 0.5,
                "failureRate": 0.1,
                "outages": [
                    {
                        "from": "2025-12-31T22:00:00Z",
                        "to": "2025-12-31T23:00:00Z",
                        "stateReason": "Error: 503",
                    }
                ],
            },
        }
    ],
    "groups": [{"Name": "web", "Tags": {"team": "shop"}, "members": ["seeded"]}],
}

# In this order: operation, status, its parameters, its body. The first one of each operation is right in
# all that it says, and what is made wrong of it is refused.
STEPS = [
    ("GetHealth", 200, {}),
    ("GetHealthAlias", 200, {}),
    ("GetHealthAlias", 200, {"reload": ""}),
    ("GetLocalstackHealth", 200, {}),
    ("GetLocalstackReady", 200, {}),
    ("GetSettings", 200, {}),
    ("GetTlsAuthority", 404, {}),
    ("GetUsedActions", 200, {}),
    ("GetMetrics", 200, {}),
    ("GetOpenApi", 200, {}),
    ("PutClock", 200, {}, {"mode": "frozen", "now": "2026-01-01T02:00:00+01:00", "speed": 2.5}),
    ("PutClock", 409, {}, {"now": "2025-01-01T00:00:00Z"}),
    ("PutClock", 400, {}, {"speed": 0}),
    ("GetClock", 200, {}),
    ("PostAdvance", 200, {}, {"until": "settled"}),
    ("PostAdvance", 200, {}, {"seconds": 1.5}),
    ("PostAdvance", 200, {}, {"to": "2026-01-01T03:00:00.250Z"}),
    ("PostAdvance", 409, {}, {"to": "2026-01-01T00:00:00Z"}),
    ("PostAdvance", 400, {}, {"until": "settled", "seconds": 1}),
    ("PutState", 204, CHECKOUT, {"state": "RUNNING"}),
    (
        "PutState",
        204,
        CHECKOUT,
        {"state": "ERROR", "stateReason": "Broken", "stateReasonCode": "CREATE_FAILED"},
    ),
    ("PutState", 404, NONE, {"state": "RUNNING"}),
    ("GetWait", 200, {**CHECKOUT, "state": "ERROR", "timeoutSeconds": 0.5}),
    ("GetWait", 200, {**NONE, "state": "DELETED"}),
    ("GetWait", 408, {**CHECKOUT, "state": "READY", "timeoutSeconds": 0}),
    ("PutState", 204, CHECKOUT, {"state": "RUNNING"}),
    ("PutTransitions", 200, {}, RULES),
    ("PutTransitions", 400, {}, {"states": {"CREATING": {"seconds": 1, "hold": True}}}),
    ("GetTransitions", 200, {}),
    ("PutState", 204, CHECKOUT, {"state": "UPDATING"}),
    ("PostRelease", 204, CHECKOUT),
    ("PostRelease", 409, CHECKOUT),
    ("PostRelease", 404, NONE),
    ("PutState", 204, CHECKOUT, {"state": "RUNNING"}),
    ("GetPending", 200, {"limit": 5}),
    ("GetSchedule", 200, {"expression": "cron(0/5 8 ? * MON *)", "from": "2026-01-01T00:00:00Z", "count": 3}),
    ("GetSchedule", 200, {"canary": "checkout", "account": "123456789012", "region": "us-east-1"}),
    ("GetSchedule", 404, {"canary": "none"}),
    ("GetSchedule", 400, {"expression": "rate(0 weeks)"}),
    ("PutOutcomes", 200, CHECKOUT, OUTCOMES),
    ("GetOutcomes", 200, CHECKOUT),
    ("DeleteOutcomes", 204, CHECKOUT),
    ("GetOutcomes", 200, NONE),
    ("PutDefaultRule", 200, {}, {"rule": {"failEvery": 10}}),
    ("GetDefaultRule", 200, {}),
    ("PostRun", 201, CHECKOUT, {"outcome": {"state": "FAILED", "stateReason": "Error: boom", "durationMs": 0}}),
    ("PostRun", 201, {"name": "checkout"}),
    ("PostRun", 404, NONE),
    ("PutState", 204, CHECKOUT, {"state": "CREATING"}),
    ("PostRun", 409, CHECKOUT),
    ("PostFault", 201, {}, FAULT),
    ("PostFault", 201, {}, {"fault": {"connection": "hang"}, "times": 0}),
    ("PostFault", 201, {}, {"fault": {"body": "not json", "status": 502}, "times": 0}),
    ("PostFault", 400, {}, {"fault": {}}),
    ("GetFaults", 200, {}),
    ("GetFault", 200, {"id": 1}),
    ("GetFault", 404, {"id": 9}),
    ("DeleteFault", 204, {"id": 1}),
    ("DeleteFault", 404, {"id": 1}),
    ("DeleteFaults", 204, {}),
    (
        "GetRequests",
        200,
        {"operation": "GetCanary", "resource": "checkout", "status": 200, "since": "0", "limit": 10},
    ),
    ("GetRequests", 200, {"since": "2026-01-01T00:00:00Z"}),
    ("GetRequests", 400, {"since": "yesterday"}),
    ("DeleteRequests", 204, {}),
    (
        "GetEvents",
        200,
        {
            "type": "Synthetics Canary Status Change",
            "canary": "checkout",
            "since": "0",
            "limit": 10,
            "account": "123456789012",
            "region": "us-east-1",
        },
    ),
    ("GetEvents", 200, {}),
    ("GetEvents", 400, {"since": "yesterday"}),
    ("PostSeed", 201, {}, SEED),
    ("PostSeed", 400, {}, SEED),
    ("PutNamedSnapshot", 201, {"name": "clean"}),
    ("PutNamedSnapshot", 200, {"name": "clean"}),
    ("GetSnapshots", 200, {}),
    ("PostRestore", 204, {"name": "clean"}),
    ("PostRestore", 404, NONE),
    ("DeleteNamedSnapshot", 204, {"name": "clean"}),
    ("DeleteNamedSnapshot", 404, NONE),
    ("GetSnapshot", 200, {}),
    ("PutSnapshot", 204, {}, lambda plane: plane.last.body),
    ("PutSnapshot", 400, {}, b"no database"),
    ("PostReset", 204, {"account": "999999999999", "region": "eu-west-1"}),
    ("PostMotoReset", 200, {"account": "999999999999", "region": "eu-west-1"}),
]


class Plane:
    """The control plane by its document: no answer is taken that the document does not have."""

    def __init__(self, emulator, connect=Connection):
        self.emulator = emulator
        self.connect = connect
        with connect(emulator.url) as connection:
            connection.send(request("GET", "/_emulator/openapi.json"))
            self.document = connection.read_answer().json()
        self.operations = {
            operation["operationId"]: (method.upper(), path, operation)
            for method, path, operation in openapi.operations(self.document)
        }
        self.last = None
        self.met = set()

    def ask(self, name, values=None, body=None, **headers):
        """The answer, which has to be as the document says. `values` are those of labels and query."""
        method, path, operation = self.operations[name]
        values = dict(values or {})
        for parameter in operation["parameters"]:
            if parameter["in"] == "path":
                label = quote(str(values.pop(parameter["name"])), safe="")
                path = path.replace("{" + parameter["name"] + "}", label)
        if values:
            path += "?" + urlencode(values)
        if not isinstance(body, (bytes, type(None))):
            body = json.dumps(body).encode()
        [media_type] = operation.get("requestBody", {}).get("content", ["application/json"])
        headers = {"content_type": media_type, **headers}
        with self.connect(self.emulator.url) as connection:
            connection.send(request(method, path, body or b"", **headers))
            self.last = connection.read_answer(method)
        self.check(name, self.last)
        self.met.add((name, self.last.status))
        return self.last

    def check(self, name, answer):
        """AssertionError where the document has no such answer."""
        responses = self.operations[name][2]["responses"]
        assert str(answer.status) in responses, (name, answer.status, answer.body)
        response = openapi.resolve(self.document, responses[str(answer.status)])
        given = {answer.headers["content-type"]} if "content-type" in answer.headers else set()
        assert given == set(response.get("content", ())), (name, answer.status, given)
        for media_type, content in response.get("content", {}).items():
            is_json = media_type == "application/json"
            value = json.loads(answer.body) if is_json else answer.body.decode("latin-1")
            faults = list(openapi.faults_of_value(self.document, content["schema"], value))
            assert not faults, (name, answer.status, faults)
        assert response.get("content") or not answer.body, (name, answer.body)

    def declared(self):
        """Every operation with every status that it can have."""
        return {
            (name, int(status))
            for name, (_, _, operation) in self.operations.items()
            for status in operation["responses"]
            if status != "default"
        }


class OpenApiTest(unittest.TestCase):
    def setUp(self):
        emulator = self.enterContext(Emulator("--clock", "2026-01-01T00:00:00Z", "--seed", "1"))
        canaries.create(emulator, "checkout")
        canaries.get(emulator, "checkout")
        self.plane = Plane(emulator)

    def walk(self):
        for name, status, values, *body in STEPS:
            body = body[0] if body else None
            body = body(self.plane) if callable(body) else body
            with self.subTest(name, status=status):
                answer = self.plane.ask(name, values, body)
                self.assertEqual(answer.status, status, answer.body)

    def seed_during_an_advance(self):
        with Connection(self.plane.emulator.url) as connection:
            century = b'{"seconds":300000000}'
            connection.send(request("POST", "/_emulator/clock/advance", century))
            for _ in range(1000):
                if self.plane.ask("PostAdvance", {}, {"seconds": 0}).status == 409:
                    break
            else:
                self.fail("the advance was over before another one was refused")
            self.assertEqual(self.plane.ask("PostSeed", {}, SEED).status, 409)
            self.plane.ask("PostReset", {})
            self.assertEqual(connection.read_answer().status, 409)

    def ask_by_tls(self):
        with Emulator("--tls", "self-signed") as emulator:
            context = ssl.create_default_context(cadata=emulator.authority)
            plane = Plane(emulator, functools.partial(TlsConnection, context=context))
            plane.ask("GetTlsAuthority")
            self.plane.met |= plane.met

    def right(self, name):
        """Parameters and body with which the operation succeeds."""
        values, *body = next(step[2:] for step in STEPS if step[0] == name)
        return dict(values), None if not body or callable(body[0]) else body[0]

    def assert_refused(self, name, values, body, culprit):
        answer = self.plane.ask(name, values, body)
        self.assertEqual(answer.status, 400, (name, values, body, answer.body))
        message = answer.json()["error"]["message"]
        self.assertIn(culprit.lower(), message.lower(), (name, values, body))

    def refuse_what_every_operation_refuses(self, name):
        values, body = self.right(name)
        for status, unwanted in (
            (403, {"origin": "http://evil.example"}),
            (403, {"host": "evil.example"}),
            (413, {"content_length": (1 << 30) + 1}),
            (415, {"body": b"x", "content_type": "text/plain"}),
            (400, {"body": b"{"}),
        ):
            with self.subTest(name, status=status):
                answer = self.plane.ask(name, values, **{"body": body, **unwanted})
                self.assertEqual(answer.status, status, answer.body)

    def operation(self, name):
        return self.plane.operations[name][2]

    def test_the_document_is_well_formed(self):
        self.assertEqual(list(openapi.faults_of_document(self.plane.document)), [])

    def test_it_has_every_row_of_the_page(self):
        documented = {f"{method} {path}" for method, path, _ in openapi.operations(self.plane.document)}
        self.assertEqual(set(PAGE) - documented, set())

    def test_every_answer_that_it_declares_is_met_and_fits(self):
        self.walk()
        for name in self.plane.operations:
            self.refuse_what_every_operation_refuses(name)
        self.seed_during_an_advance()
        self.ask_by_tls()
        self.assertEqual(self.plane.met ^ self.plane.declared(), set())

    def test_unknown_and_wrong_parameters_are_refused(self):
        for name in self.plane.operations.keys() - LENIENT:
            values, body = self.right(name)
            with self.subTest(name):
                self.assert_refused(name, {**values, "nope": 1}, body, "'nope'")
            for parameter in self.operation(name)["parameters"]:
                self.refuse_wrong_parameters(name, parameter)

    def refuse_wrong_parameters(self, name, parameter):
        values, body = self.right(name)
        schema = parameter["schema"]
        types = (str,) if schema["type"] == "string" else (str, int, float)
        for wrong, _ in openapi.wrong_values(schema):
            if not isinstance(wrong, types) or (wrong == "" and parameter["in"] == "path"):
                continue
            with self.subTest(name, parameter=parameter["name"], wrong=wrong):
                self.assert_refused(name, {**values, parameter["name"]: wrong}, body, f"'{parameter['name']}'")
        if parameter["in"] == "query" and parameter["required"]:
            values.pop(parameter["name"])
            self.assert_refused(name, values, body, f"'{parameter['name']}'")

    def test_unknown_and_wrong_members_are_refused(self):
        for name in self.plane.operations:
            content = self.operation(name).get("requestBody", {}).get("content", {})
            if "application/json" not in content:
                continue
            values, _ = self.right(name)
            before = self.plane.ask("GetSnapshot").body
            for wrong, culprit in openapi.wrong_values(content["application/json"]["schema"]):
                with self.subTest(name, wrong=str(wrong)[:200]):
                    self.assert_refused(name, values, wrong, f"{culprit}'" if culprit else "")
            is_unchanged = self.plane.ask("GetSnapshot").body == before
            self.assertTrue(is_unchanged, name)

    def test_what_no_operation_is_refused_in_the_same_form(self):
        for method, path, status in (
            ("GET", "/_emulator/nope", 404),
            ("DELETE", "/_emulator/clock", 405),
            ("GET", "/_emulator/reset", 405),
        ):
            with Connection(self.plane.emulator.url) as connection:
                connection.send(request(method, path))
                answer = connection.read_answer()
            self.assertEqual(answer.status, status)
            refusal = {"$ref": "#/components/schemas/Refusal"}
            faults = openapi.faults_of_value(self.plane.document, refusal, answer.json())
            self.assertEqual(list(faults), [])


class MetricsTest(unittest.TestCase):
    def test_the_metrics_are_in_the_format_of_prometheus(self):
        with Emulator() as emulator:
            canaries.run(emulator, "checkout")
            emulator.advance(seconds=60)
            emulator.request("GET", "/canary/none")
            plane = Plane(emulator)
            text = plane.ask("GetMetrics").body.decode()
            metrics = prometheus.parse(text)
            self.assertEqual({name.partition("_local_")[0] for name in metrics}, {"synthetics"})
            asked = metrics["synthetics_local_requests_total"][1]
            self.assertEqual(asked["", ("operation", "GetCanary"), ("status", "404")], 1)
            durations = metrics["synthetics_local_request_duration_seconds"][1]
            self.assertEqual(durations["_count", ("operation", "GetCanary")], 1)
            self.assertGreater(durations["_sum", ("operation", "GetCanary")], 0)


class CheckersTest(unittest.TestCase):
    """What the other tests rely on sees what is wrong."""

    def test_documents(self):
        schema = {"type": "object", "properties": {"a": {"type": "string"}}}
        operation = {
            "operationId": "Get",
            "summary": "Gets it.",
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
            "responses": {"200": {"description": "Done.", "content": {"x/y": {"schema": schema}}}},
        }

        def faults(path="/x/{id}", wrong_schema=None, **wrong):
            content = {"x/y": {"schema": wrong_schema or schema}}
            responses = {"200": {"description": "Done.", "content": content}}
            document = {"openapi": "3.0.3", "info": {"title": "x", "version": "1"}}
            document["paths"] = {path: {"get": {**operation, "responses": responses, **wrong}}}
            return list(openapi.faults_of_document(document))

        self.assertEqual(faults(), [])
        self.assertTrue(faults(path="/x"))
        self.assertTrue(faults(parameters=[]))
        self.assertTrue(faults(parameters=operation["parameters"] * 2))
        self.assertTrue(faults(responses={}))
        self.assertTrue(faults(summary=""))
        self.assertTrue(faults(wrong_schema={"type": "text"}))
        self.assertTrue(faults(wrong_schema={"type": "string", "minimum": 1}))
        self.assertTrue(faults(wrong_schema={"type": "object", "properties": {}, "required": ["a"]}))
        self.assertTrue(faults(wrong_schema={"type": "array", "items": {"type": "text"}}))
        with self.assertRaises(KeyError):
            faults(wrong_schema={"$ref": "#/components/schemas/X"})

    def test_values(self):
        for schema, right, wrong in (
            ({"type": "string", "maxLength": 2}, "ab", "abc"),
            ({"type": "string", "pattern": "^a$"}, "a", "b"),
            ({"type": "string", "enum": ["a"]}, "a", "b"),
            ({"type": "string", "format": "date-time"}, "2026-01-01T00:00:00Z", "2026-01-01"),
            ({"type": "integer", "minimum": 1}, 1, 0),
            ({"type": "integer"}, 1, True),
            ({"type": "number", "maximum": 1}, 0.5, 1.5),
            ({"type": "boolean"}, True, 1),
            ({"type": "array", "items": {"type": "integer"}}, [1], ["a"]),
            ({"type": "object", "properties": {"a": {}}, "required": ["a"]}, {"a": None}, {}),
            ({"type": "object", "properties": {"a": {}}}, {}, {"b": 1}),
            ({"type": "object"}, {"b": 1}, []),
        ):
            with self.subTest(schema):
                self.assertEqual(list(openapi.faults_of_value({}, schema, right)), [])
                self.assertTrue(list(openapi.faults_of_value({}, schema, wrong)))

    def test_metrics(self):
        head = "# HELP x_total Of x.\n# TYPE x_total counter\n"
        self.assertEqual(prometheus.parse(head + 'x_total{a="b"} 1\n')["x_total"][0], "counter")
        histogram = '# HELP h Of h.\n# TYPE h histogram\nh_bucket{le="1"} 1\nh_bucket{le="+Inf"} 2\n'
        prometheus.parse(histogram + "h_sum 1.5\nh_count 2\n")
        for wrong in (
            "x_total 1\n",
            head + "x_total 1",
            head + "x_total one\n",
            head + "y_total 1\n",
            head + "x_total 1\nx_total 2\n",
            head + head,
            "# TYPE x_total counter\nx_total 1\n",
            head.replace("x_total", "x") + "x 1\n",
            histogram + "h_sum 1.5\nh_count 3\n",
            histogram + "h_count 2\n",
            histogram.replace('le="1"} 1', 'le="1"} 3') + "h_sum 1.5\nh_count 2\n",
            histogram.replace("+Inf", "2") + "h_sum 1.5\nh_count 2\n",
        ):
            with self.subTest(wrong), self.assertRaises((ValueError, KeyError)):
                prometheus.parse(wrong)


if __name__ == "__main__":
    unittest.main()

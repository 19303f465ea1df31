"""Holds every answer that boto3 gets against botocore's own model of the service, to the letter.

botocore itself is lenient: it drops members that it does not know, takes null for absent and reads
a time from nearly anything. Here each of these is a failure, of the call that got the answer.
"""

import collections
import decimal
import json
import re

import botocore.session

# An older model does not know newer members, so that it cannot tell them from wrong ones. The newest
# member of the model that the emulator follows (botocore 1.43) tells which it is; counting versions
# would leave those in between to chance.
MODEL = botocore.session.get_session().get_service_model("synthetics")
MODEL_IS_CURRENT = "BlueprintTypes" in MODEL.shape_for("CanaryCodeOutput").members

# Which errors an operation has, and which status belongs to each: the model's own, but for faults
# of the server, of which none is right; that of an unknown canary, which the model forgets with
# GetCanary (1.4); and one of AWS's front end.
ERRORS_OF = {
    operation: {
        shape.name: shape.metadata["error"]["httpStatusCode"]
        for shape in MODEL.operation_model(operation).error_shapes
        if shape.metadata["error"]["httpStatusCode"] < 500
    }
    | {"IncompleteSignatureException": 403}
    for operation in MODEL.operation_names
}
ERRORS_OF["GetCanary"]["ResourceNotFoundException"] = 404
STATUS_OF = {code: status for errors in ERRORS_OF.values() for code, status in errors.items()}

UUID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


class Strict:
    """Checks all answers of the clients that it watches."""

    def __init__(self, unknown):
        self.unknown = unknown  # a set to collect what an older model does not know in
        self.checked = collections.Counter()  # good answers by operation
        self.answers = []  # operation, request id and body of all of them

    def watch(self, client):
        client.meta.events.register("after-call.synthetics", self._check)
        return client

    def _check(self, http_response, parsed, model, **_):
        if parsed["ResponseMetadata"]["RetryAttempts"] != 0:
            raise AssertionError(f"{model.name} was asked again: {parsed}")
        headers = http_response.headers
        if headers["Content-Type"] != "application/json":
            raise AssertionError(f"{model.name} has the type {headers['Content-Type']}")
        if not UUID.fullmatch(headers["x-amzn-RequestId"]):
            raise AssertionError(f"{model.name} has the request id {headers['x-amzn-RequestId']}")
        body = http_response.content
        self.answers.append((model.name, headers["x-amzn-RequestId"], body))
        document = parse(body)
        if http_response.status_code != 200:
            check_error(model.name, http_response.status_code, headers, document)
            return
        if "x-amzn-ErrorType" in headers:
            raise AssertionError(f"{model.name} answers 200 with an error's header")
        self._check_value(model.name, model.output_shape, document)
        self.checked[model.name] += 1

    def _check_value(self, path, shape, value):
        kinds = {
            "structure": self._check_structure,
            "list": self._check_list,
            "map": self._check_map,
            "string": check_string,
            "timestamp": check_timestamp,
            "boolean": check_boolean,
            "integer": check_integer,
            "long": check_integer,
        }
        if shape.type_name not in kinds:
            raise AssertionError(f"{path}: nothing here knows a {shape.type_name}")
        kinds[shape.type_name](path, shape, value)

    def _check_structure(self, path, shape, value):
        expect_type(path, value, dict, "an object")
        missing = set(shape.required_members) - set(value)
        if missing:
            raise AssertionError(f"{path}: {missing} missing")
        # A run that passed has an empty reason and an empty code, which the model forbids and the
        # service sends all the same (3.6).
        passed = shape.name == "CanaryRunStatus" and value.get("State") == "PASSED"
        may_be_empty = {"StateReason", "StateReasonCode"} if passed else set()
        for name, member in value.items():
            if name in may_be_empty and member == "":
                continue
            if name in shape.members:
                self._check_value(f"{path}.{name}", shape.members[name], member)
            elif MODEL_IS_CURRENT:
                raise AssertionError(f"{path}: unknown member {name}")
            else:
                self.unknown.add(f"{shape.name}.{name}")
                refuse_nulls(f"{path}.{name}", member)

    def _check_list(self, path, shape, value):
        expect_type(path, value, list, "a list")
        check_size(path, shape, len(value))
        for index, element in enumerate(value):
            self._check_value(f"{path}[{index}]", shape.member, element)

    def _check_map(self, path, shape, value):
        expect_type(path, value, dict, "an object")
        # No tags are {}, although the model wants one at least (3.3).
        if not (shape.name == "TagMap" and not value):
            check_size(path, shape, len(value))
        for key, element in value.items():
            self._check_value(f"{path} key", shape.key, key)
            self._check_value(f"{path}[{key}]", shape.value, element)


def parse(body):
    """JSON as its text stands there: numbers keep their digits, no name comes twice."""

    def unique(pairs):
        if len(dict(pairs)) != len(pairs):
            raise AssertionError(f"a name comes twice: {pairs}")
        return dict(pairs)

    def refuse(constant):
        raise AssertionError(f"{constant} is not JSON")

    return json.loads(
        body, parse_float=decimal.Decimal, parse_constant=refuse, object_pairs_hook=unique
    )


def check_error(operation, status, headers, document):
    code = headers["x-amzn-ErrorType"]
    if code not in ERRORS_OF[operation]:
        raise AssertionError(f"{operation} does not have {code}: {document}")
    if status != ERRORS_OF[operation][code]:
        raise AssertionError(f"{operation}: {code} with {status}")
    expect_type(operation, document, dict, "an object")
    message = document.get("Message")
    if set(document) != {"Message"} or not isinstance(message, str) or not message:
        raise AssertionError(f"{operation}: an error is its Message alone, not {document}")


def expect_type(path, value, kind, name):
    # A boolean is an integer in Python.
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise AssertionError(f"{path}: {value!r} is not {name}")


def check_boolean(path, _, value):
    expect_type(path, value, bool, "true or false")


def check_string(path, shape, value):
    expect_type(path, value, str, "a string")
    check_size(path, shape, len(value))
    if shape.enum and value not in shape.enum:
        raise AssertionError(f"{path}: {value!r} is none of {shape.enum}")
    pattern = shape.metadata.get("pattern")
    if pattern and not re.fullmatch(pattern, value):
        raise AssertionError(f"{path}: {value!r} does not match {pattern}")


def check_integer(path, shape, value):
    expect_type(path, value, int, "an integer")
    check_size(path, shape, value)


def check_timestamp(path, _, value):
    """Seconds since 1970 as a number, with milliseconds at most."""
    expect_type(path, value, (int, decimal.Decimal), "a number")
    if value <= 0 or value * 1000 % 1:
        raise AssertionError(f"{path}: {value} is no time in milliseconds")


def check_size(path, shape, size):
    low, high = shape.metadata.get("min"), shape.metadata.get("max")
    if (low is not None and size < low) or (high is not None and size > high):
        raise AssertionError(f"{path}: {size} is not within {low} and {high}")


def refuse_nulls(path, value):
    if value is None:
        raise AssertionError(f"{path}: null")
    if isinstance(value, dict):
        value = list(value.values())
    for element in value if isinstance(value, list) else []:
        refuse_nulls(path, element)

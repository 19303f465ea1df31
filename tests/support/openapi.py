"""The part of OpenAPI 3.0 and its schemas that the control plane's document is written in.

Whatever is not of that part is a fault, so that nothing in a document goes unchecked.
"""

import re

METHODS = {"get", "put", "post", "delete"}
KEYWORDS = {
    None: set(),
    "string": {"format", "minLength", "maxLength", "pattern", "enum"},
    "integer": {"format", "minimum", "maximum"},
    "number": {"minimum", "maximum"},
    "boolean": set(),
    "array": {"items", "minItems", "maxItems"},
    "object": {"properties", "required", "additionalProperties", "minProperties", "maxProperties"},
}
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def resolve(document, node):
    """What a node stands for; KeyError where that is nothing."""
    while "$ref" in node:
        start, *names = node["$ref"].split("/")
        if start != "#" or len(node) != 1:
            raise KeyError(node["$ref"])
        node = document
        for name in names:
            node = node[name]
    return node


def operations(document):
    """Each operation with its method and its path."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def faults_of_document(document):
    """What keeps a document from being well-formed, in sentences."""
    if not document.get("openapi", "").startswith("3.0."):
        yield "it is no OpenAPI 3.0"
    if not {"title", "version"} <= document.get("info", {}).keys():
        yield "it has no title or no version"
    ids = [operation["operationId"] for _, _, operation in operations(document)]
    yield from (f"{name} is there twice" for name in set(ids) if ids.count(name) > 1)
    for method, path, operation in operations(document):
        for fault in _faults_of_operation(document, method, path, operation):
            yield f"{method} {path}: {fault}"


def _faults_of_operation(document, method, path, operation):
    if method not in METHODS:
        yield "no such method"
    if not path.startswith("/"):
        yield "no such path"
    if not operation.get("summary", "").endswith("."):
        yield "it has no sentence for a summary"
    parameters = operation["parameters"]
    names = [(row["in"], row["name"]) for row in parameters]
    if len(set(names)) != len(names):
        yield "it has a parameter twice"
    labels = sorted(name for place, name in names if place == "path")
    if labels != sorted(re.findall(r"\{(\w+)\}", path)):
        yield f"its labels are not {labels}"
    for row in parameters:
        if row["in"] not in ("path", "query") or row["required"] < (row["in"] == "path"):
            yield f"{row['name']} cannot be such a parameter"
        yield from _faults_of_schema(document, row["schema"], row["name"])
    if "requestBody" in operation:
        yield from _faults_of_content(document, operation["requestBody"], "the body")
    if not any(status[0] == "2" for status in operation["responses"]):
        yield "it cannot succeed"
    for status, response in operation["responses"].items():
        response = resolve(document, response)
        if not re.fullmatch(r"[1-5]\d\d|default", status) or not response["description"]:
            yield f"no such answer: {status}"
        if "content" in response:
            yield from _faults_of_content(document, response, status)


def _faults_of_content(document, node, where):
    if len(node["content"]) != 1:
        yield f"{where} is not of one media type"
    for media_type in node["content"].values():
        yield from _faults_of_schema(document, media_type["schema"], where)


def _faults_of_schema(document, schema, where):
    schema = resolve(document, schema)
    kind = schema.get("type")
    if kind not in KEYWORDS:
        yield f"{where} is of no known type: {kind}"
        return
    unknown = schema.keys() - KEYWORDS[kind] - {"type"}
    if unknown:
        yield f"{where} cannot have {unknown}"
    for least, most in (("minLength", "maxLength"), ("minimum", "maximum"), ("minItems", "maxItems")):
        if schema.get(least, 0) > schema.get(most, float("inf")):
            yield f"{where} is of no length or value"
    re.compile(schema.get("pattern", ""))
    if kind == "array":
        yield from _faults_of_schema(document, schema["items"], where + "[]")
    if schema.get("additionalProperties"):
        yield from _faults_of_schema(document, schema["additionalProperties"], where + ".*")
    properties = schema.get("properties", {})
    if not schema.get("required", properties.keys() or ["any"]) or (
        set(schema.get("required", ())) - properties.keys()
    ):
        yield f"{where} requires what it does not have"
    for name, member in properties.items():
        yield from _faults_of_schema(document, member, f"{where}.{name}")


def faults_of_value(document, schema, value, where="it"):
    """What keeps a value from fitting a schema. Members that the schema does not name are a fault."""
    schema = resolve(document, schema)
    kind = schema.get("type")
    fits = {
        None: lambda: True,
        "string": lambda: isinstance(value, str) and _fits_text(schema, value),
        "integer": lambda: type(value) is int and _is_between(schema, "imum", value),
        "number": lambda: type(value) in (int, float) and _is_between(schema, "imum", value),
        "boolean": lambda: type(value) is bool,
        "array": lambda: isinstance(value, list) and _is_between(schema, "Items", len(value)),
        "object": lambda: isinstance(value, dict),
    }[kind]
    if not fits():
        yield f"{where} is {value!r}, which is not {schema}"
    elif kind == "array":
        for index, entry in enumerate(value):
            yield from faults_of_value(document, schema["items"], entry, f"{where}[{index}]")
    elif kind == "object" and "properties" in schema:
        for name in set(schema.get("required", ())) - value.keys():
            yield f"{where} has no {name}"
        for name, member in value.items():
            if name in schema["properties"]:
                of_member = schema["properties"][name]
                yield from faults_of_value(document, of_member, member, f"{where}.{name}")
            else:
                yield f"{where} has an undocumented {name}"


def _is_between(schema, what, size):
    return schema.get("min" + what, size) <= size <= schema.get("max" + what, size)


def _fits_text(schema, text):
    return (
        _is_between(schema, "Length", len(text))
        and re.search(schema.get("pattern", ""), text) is not None
        and text in schema.get("enum", [text])
        and (schema.get("format") != "date-time" or INSTANT.fullmatch(text) is not None)
    )


def least(schema):
    """The smallest value that fits a schema without a pattern."""
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "object":
        return {name: least(schema["properties"][name]) for name in schema.get("required", ())}
    smallest = {None: "x", "string": "x", "array": [], "boolean": False}
    return smallest.get(schema.get("type"), schema.get("minimum", 1))


WRONG_TYPES = {
    None: [],
    "string": [5, {}],
    "integer": ["x", 1.5],
    "number": ["x", []],
    "boolean": ["x"],
    "array": [{}],
    "object": [[], "x"],
}
STRANGE_TEXTS = ["!", " ", "x y", "tomorrow"]


def wrong_values(schema):
    """Values that a request's schema refuses, each with the name of what is wrong in it: of a member, or `member`
    for a list's entry."""
    kind = schema.get("type")
    yield from ((value, None) for value in WRONG_TYPES[kind])
    for bound, step in (("minimum", -1), ("maximum", 1)):
        if bound in schema:
            yield schema[bound] + step, None
    if schema.get("minLength", 0) > 0:
        yield "x" * (schema["minLength"] - 1), None
    if "maxLength" in schema:
        yield "x" * (schema["maxLength"] + 1), None
    if "pattern" in schema or "enum" in schema or schema.get("format") == "date-time":
        yield next(text for text in STRANGE_TEXTS if not _fits_text(schema, text)), None
    if kind == "array":
        for value, name in wrong_values(schema["items"]):
            yield [value], name or "member"
        if "maxItems" in schema:
            yield [least(schema["items"])] * (schema["maxItems"] + 1), None
    if kind == "object" and "properties" in schema:
        yield from _wrong_objects(schema, least(schema))


def _wrong_objects(schema, right):
    yield {**right, "nope": 1}, "nope"
    for name in schema.get("required", ()):
        yield {key: value for key, value in right.items() if key != name}, name
    for name, member in schema["properties"].items():
        for value, inner in wrong_values(member):
            yield {**right, name: value}, inner or name

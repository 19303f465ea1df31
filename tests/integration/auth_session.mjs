// The AWS SDK for JavaScript v3 against an emulator that verifies signatures.
//
// SYNTHETICS_LOCAL_URL says where that is, SYNTHETICS_LOCAL_CLIENTS in which folder the SDK is
// installed. Prints how many signatures were tried.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(path.join(process.env.SYNTHETICS_LOCAL_CLIENTS, "package.json"));
const sdk = require("@aws-sdk/client-synthetics");

let tried = 0;
const clientOf = (credentials) => {
  const client = new sdk.SyntheticsClient({
    endpoint: process.env.SYNTHETICS_LOCAL_URL,
    region: "eu-west-1",
    credentials,
  });
  return (operation, input) => {
    tried += 1;
    return client.send(new sdk[`${operation}Command`](input));
  };
};
const good = [
  { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "a/good+secret" },
  { accessKeyId: "ASIAEXAMPLE", secretAccessKey: "an/other+secret", sessionToken: "the/session+token==" },
];
for (const credentials of good) {
  const call = clientOf(credentials);
  const name = "Grüße an/alle";
  const { Group } = await call("CreateGroup", { Name: name });
  await call("GetGroup", { GroupIdentifier: name });
  await call("TagResource", { ResourceArn: Group.Arn, Tags: { "a b": "ü", "c:d": "+", "e/f": "" } });
  await call("UntagResource", { ResourceArn: Group.Arn, TagKeys: ["a b", "c:d"] });
  const { Tags } = await call("ListTagsForResource", { ResourceArn: Group.Arn });
  assert.deepEqual(Tags, { "e/f": "" });
  await call("DescribeCanaries", {});
  await assert.rejects(call("GetCanary", { Name: "nope", DryRunId: "00000000-0000-0000-0000-000000000000" }), {
    name: "ResourceNotFoundException",
  });
  await call("DeleteGroup", { GroupIdentifier: name });
}
const bad = [
  ["InvalidSignatureException", { ...good[0], secretAccessKey: "bad" }],
  ["UnrecognizedClientException", { ...good[0], accessKeyId: "AKIANOBODY" }],
  ["UnrecognizedClientException", { ...good[1], sessionToken: undefined }],
  ["UnrecognizedClientException", { ...good[1], sessionToken: "stale" }],
];
for (const [name, credentials] of bad) {
  await assert.rejects(clientOf(credentials)("DescribeCanaries", {}), (error) => {
    assert.equal(error.name, name);
    assert.equal(error.$metadata.httpStatusCode, 403);
    return true;
  });
}
console.log(tried);

// A canary's whole life through the AWS SDK for JavaScript v3.
//
// SYNTHETICS_LOCAL_URL says where the emulator is, whose clock must stand still at
// 2026-01-01T00:00:00Z, and SYNTHETICS_LOCAL_CLIENTS in which folder the SDK is installed.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(path.join(process.env.SYNTHETICS_LOCAL_CLIENTS, "package.json"));
const sdk = require("@aws-sdk/client-synthetics");

const url = process.env.SYNTHETICS_LOCAL_URL;
const start = Date.UTC(2026, 0, 1);
const minute = 60_000;
const arn = "arn:aws:synthetics:us-east-1:111122223333:canary:checkout";

const client = new sdk.SyntheticsClient({
  endpoint: url,
  region: "us-east-1",
  credentials: { accessKeyId: "111122223333", secretAccessKey: "secret" },
});

const call = (operation, input) => client.send(new sdk[`${operation}Command`](input));
const getCanary = async (name = "checkout") => (await call("GetCanary", { Name: name })).Canary;

const creation = (name) => ({
  Name: name,
  Code: { Handler: "checkout.handler", ZipFile: new Uint8Array([0x50, 0x4b, 5, 6, 0, 0, 0xff]) },
  ArtifactS3Location: "s3://artifacts/checkout",
  ExecutionRoleArn: "arn:aws:iam::111122223333:role/canary",
  Schedule: { Expression: "rate(1 minute)" },
  RuntimeVersion: "syn-nodejs-puppeteer-9.1",
});

async function advance(how) {
  const answer = await fetch(`${url}/_emulator/clock/advance`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(how),
  });
  assert.equal(answer.status, 200);
  return answer.json();
}

async function assertRefused(promise, name, status, message) {
  await assert.rejects(promise, (error) => {
    assert.equal(error.name, name);
    assert.equal(error.$metadata.httpStatusCode, status);
    assert.equal(error.$metadata.attempts, 1);
    assert.match(error.$metadata.requestId, /^[0-9a-f-]{36}$/);
    assert.equal(error.$fault, "client");
    assert.match(error.message, message);
    assert.ok(error instanceof sdk[name], `${name} is not of its class`);
    return true;
  });
}

function assertDate(value, milliseconds) {
  assert.ok(value instanceof Date, `${value} is no Date`);
  assert.equal(value.toISOString(), new Date(milliseconds).toISOString());
}

async function collect(pages, member) {
  const sizes = [];
  const items = [];
  for await (const page of pages) {
    sizes.push(page[member].length);
    items.push(...page[member]);
  }
  return { sizes, items };
}

const session = {
  async "a canary is created and its dates are dates"() {
    const { Canary: created, $metadata } = await call("CreateCanary", {
      ...creation("checkout"),
      Tags: { team: "shop" },
    });
    assert.equal($metadata.httpStatusCode, 200);
    assert.match(created.Id, /^[0-9a-f-]{36}$/);
    assert.deepEqual(created.Status, { State: "CREATING", StateReasonCode: "CREATE_PENDING" });
    assert.equal(created.ArtifactS3Location, "artifacts/checkout");
    assert.deepEqual(created.Tags, { team: "shop" });
    assertDate(created.Timeline.Created, start);
    assertDate(created.Timeline.LastModified, start);
    assert.equal(created.Timeline.LastStarted, undefined);
    for (const absent of ["VpcConfig", "ArtifactConfig", "EngineArn", "DryRunConfig"]) {
      assert.ok(!(absent in created), `${absent} is there`);
    }
  },

  async "a name is taken once"() {
    const again = call("CreateCanary", creation("checkout"));
    await assertRefused(again, "ValidationException", 400, /Canary name already exists/);
  },

  async "it starts, and its runs are at their instants"() {
    await advance({ until: "settled" });
    assert.deepEqual((await getCanary()).Status, { State: "READY" });
    await advance({ to: "2026-01-01T01:00:00Z" });
    await call("StartCanary", { Name: "checkout" });
    await assertRefused(
      call("StartCanary", { Name: "checkout" }),
      "ConflictException",
      409,
      /^Canary is not in a startable state$/,
    );
    const running = Date.parse((await advance({ until: "settled" })).now);
    const canary = await getCanary();
    assert.deepEqual(canary.Status, { State: "RUNNING" });
    assertDate(canary.Timeline.LastStarted, running);
    assertDate(canary.Timeline.LastModified, running);

    await advance({ seconds: 600 });
    const pages = sdk.paginateGetCanaryRuns({ client, pageSize: 4 }, { Name: "checkout" });
    const { sizes, items } = await collect(pages, "CanaryRuns");
    assert.deepEqual(sizes, [4, 4, 3]);
    items.forEach((run, index) => {
      assertDate(run.Timeline.Started, running + (10 - index) * minute);
    });
    assert.equal(new Set(items.map((run) => run.Id)).size, 11);
    assert.deepEqual(items[0].Status, { State: "RUNNING" });
    const { State, StateReason, StateReasonCode } = items[1].Status;
    assert.deepEqual([State, StateReason, StateReasonCode], ["PASSED", "", ""]);
    const took = items[1].Timeline.Completed - items[1].Timeline.Started;
    assert.ok(took >= 2000 && took <= 5000, `it took ${took} ms`);

    const last = await call("DescribeCanariesLastRun", { Names: ["checkout"] });
    assert.deepEqual(last.CanariesLastRun, [{ CanaryName: "checkout", LastRun: items[0] }]);
  },

  async "tags"() {
    await call("TagResource", { ResourceArn: arn, Tags: { "a b/c:d": "ü", env: "test" } });
    await call("UntagResource", { ResourceArn: arn, TagKeys: ["team", "a b/c:d"] });
    const { Tags } = await call("ListTagsForResource", { ResourceArn: arn });
    assert.deepEqual(Tags, { env: "test" });
    await assertRefused(
      call("ListTagsForResource", { ResourceArn: `${arn}-2` }),
      "NotFoundException",
      404,
      /./,
    );
    await assertRefused(
      call("TagResource", { ResourceArn: "checkout", Tags: { a: "b" } }),
      "BadRequestException",
      400,
      /./,
    );
  },

  async "it is changed while it runs"() {
    await call("UpdateCanary", { Name: "checkout", Schedule: { Expression: "rate(0 minute)" } });
    assert.equal((await getCanary()).Status.State, "UPDATING");
    await advance({ until: "settled" });
    const canary = await getCanary();
    assert.equal(canary.Schedule.Expression, "rate(0 hour)");
    assert.equal(canary.Status.State, "RUNNING");
    await call("UpdateCanary", { Name: "checkout", Schedule: { Expression: "rate(1 hour)" } });
    await advance({ until: "settled" });
  },

  async "it is stopped and deleted"() {
    await assertRefused(
      call("DeleteCanary", { Name: "checkout" }),
      "ConflictException",
      409,
      /^Canary is in a state that can't be deleted: RUNNING$/,
    );
    await call("StopCanary", { Name: "checkout" });
    const stopped = Date.parse((await advance({ until: "settled" })).now);
    const canary = await getCanary();
    assert.deepEqual(canary.Status, { State: "STOPPED" });
    assertDate(canary.Timeline.LastStopped, stopped);
    await call("DeleteCanary", { Name: "checkout", DeleteLambda: false });
    assert.equal((await getCanary()).Status.State, "DELETING");
    await advance({ until: "settled" });
    await assertRefused(getCanary(), "ResourceNotFoundException", 404, /Canary not found/);
  },

  async "canaries are listed page by page"() {
    for (const number of [1, 2, 3, 4, 5]) await call("CreateCanary", creation(`canary-${number}`));
    const pages = sdk.paginateDescribeCanaries({ client, pageSize: 2 }, {});
    const { sizes, items } = await collect(pages, "Canaries");
    assert.deepEqual(sizes, [2, 2, 1]);
    const ids = items.map((canary) => canary.Id);
    assert.deepEqual(ids, [...ids].sort());
    assert.equal(new Set(items.map((canary) => canary.Name)).size, 5);
  },

  async "last runs are listed page by page"() {
    await advance({ until: "settled" });
    for (const number of [1, 2, 3]) await call("StartCanary", { Name: `canary-${number}` });
    await advance({ until: "settled" });
    const pages = sdk.paginateDescribeCanariesLastRun({ client, pageSize: 2 }, {});
    const { sizes, items } = await collect(pages, "CanariesLastRun");
    assert.deepEqual(sizes, [2, 1]);
    const names = items.map((row) => row.CanaryName).sort();
    assert.deepEqual(names, ["canary-1", "canary-2", "canary-3"]);
  },

  async "runtime versions are listed page by page, with their days"() {
    const all = (await call("DescribeRuntimeVersions", {})).RuntimeVersions;
    const pages = sdk.paginateDescribeRuntimeVersions({ client, pageSize: 10 }, {});
    const { sizes, items } = await collect(pages, "RuntimeVersions");
    assert.deepEqual(items, all);
    assert.equal(sizes.length, Math.ceil(all.length / 10));
    const named = Object.fromEntries(items.map((version) => [version.VersionName, version]));
    const current = named["syn-nodejs-puppeteer-9.1"];
    assertDate(current.ReleaseDate, Date.UTC(2024, 9, 2));
    assert.equal(current.DeprecationDate, undefined);
    assertDate(named["syn-nodejs-puppeteer-6.1"].DeprecationDate, Date.UTC(2024, 2, 8, 8));
  },

  async "the remaining refusals are of their classes"() {
    const deprecated = { ...creation("late"), RuntimeVersion: "syn-nodejs-puppeteer-6.1" };
    await assertRefused(
      call("CreateCanary", deprecated),
      "ValidationException",
      400,
      /^Deprecated runtime version specified\.$/,
    );
    const code = { Handler: "checkout.handler", ZipFile: new Uint8Array(10_000_001) };
    await assertRefused(
      call("CreateCanary", { ...creation("large"), Code: code }),
      "RequestEntityTooLargeException",
      413,
      /./,
    );
    await assertRefused(
      call("DescribeCanaries", { NextToken: "nonsense" }),
      "ValidationException",
      400,
      /NextToken/,
    );
    for (const operation of ["StartCanary", "StopCanary", "DeleteCanary", "GetCanaryRuns"]) {
      const missing = call(operation, { Name: "none" });
      await assertRefused(missing, "ResourceNotFoundException", 404, /Canary not found/);
    }
  },

  async "an operation that this version does not have says so"() {
    await assert.rejects(call("CreateGroup", { Name: "shop" }), (error) => {
      assert.equal(error.$metadata.httpStatusCode, 501);
      assert.match(error.message, /CreateGroup/);
      return true;
    });
  },
};

// One after the other: each goes on where the one before it ended.
for (const [sentence, step] of Object.entries(session)) {
  try {
    await step();
    console.log(`ok   ${sentence}`);
  } catch (error) {
    console.log(`FAIL ${sentence}`);
    throw error;
  }
}
client.destroy();

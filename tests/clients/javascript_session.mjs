// All operations through the AWS SDK for JavaScript v3.
//
// SYNTHETICS_LOCAL_URL says where the emulator is, whose clock must stand still at
// 2026-01-01T00:00:00Z, SYNTHETICS_LOCAL_CLIENTS in which folder the SDK is installed, and
// SYNTHETICS_LOCAL_ZIP which file is the canaries' code.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(path.join(process.env.SYNTHETICS_LOCAL_CLIENTS, "package.json"));
const sdk = require("@aws-sdk/client-synthetics");

const zip = readFileSync(process.env.SYNTHETICS_LOCAL_ZIP);
const url = process.env.SYNTHETICS_LOCAL_URL;
const start = Date.UTC(2026, 0, 1);
const minute = 60_000;
const arn = "arn:aws:synthetics:us-east-1:111122223333:canary:checkout";

const client = new sdk.SyntheticsClient({
  endpoint: url,
  region: "us-east-1",
  credentials: { accessKeyId: "111122223333", secretAccessKey: "secret" },
});

// Whichever way a command is sent, by a paginator too.
const answered = new Set();
const note = (next, context) => async (input) => {
  const output = await next(input);
  answered.add(context.commandName);
  return output;
};
client.middlewareStack.add(note, { step: "initialize", name: "note" });

const call = (operation, input) => client.send(new sdk[`${operation}Command`](input));
const getCanary = async (name = "checkout") => (await call("GetCanary", { Name: name })).Canary;

const getGroup = async (identifier) =>
  (await call("GetGroup", { GroupIdentifier: identifier })).Group;
const canaryArn = (name) => arn.replace("checkout", name);

const creation = (name) => ({
  Name: name,
  Code: { Handler: "checkout.handler", ZipFile: zip },
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

async function clock() {
  return (await fetch(`${url}/_emulator/clock`)).json();
}

const member = (group, canary) => ({ GroupIdentifier: group, ResourceArn: canaryArn(canary) });
const associate = (group, canary) => call("AssociateResource", member(group, canary));
const disassociate = (group, canary) => call("DisassociateResource", member(group, canary));

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

const operations = {
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

  async "a group is created and its dates are dates"() {
    const { Group: created } = await call("CreateGroup", { Name: "Shop ü/x", Tags: { a: "b" } });
    assert.match(created.Id, /^[0-9a-z]+$/);
    assert.equal(created.Name, "Shop ü/x");
    assert.equal(created.Arn, `arn:aws:synthetics:us-east-1:111122223333:group:${created.Id}`);
    assert.deepEqual(created.Tags, { a: "b" });
    const { now } = await advance({ seconds: 60 });
    assertDate(created.CreatedTime, Date.parse(now) - minute);
    assertDate(created.LastModifiedTime, Date.parse(now) - minute);

    await call("TagResource", { ResourceArn: created.Arn, Tags: { c: "d" } });
    await call("UntagResource", { ResourceArn: created.Arn, TagKeys: ["a"] });
    const { Tags } = await call("ListTagsForResource", { ResourceArn: created.Arn });
    assert.deepEqual(Tags, { c: "d" });
    for (const identifier of [created.Name, created.Id, created.Arn]) {
      const group = await getGroup(identifier);
      assert.deepEqual([group.Id, group.Tags], [created.Id, { c: "d" }]);
    }
  },

  async "groups are listed page by page"() {
    for (const number of [1, 2, 3, 4]) await call("CreateGroup", { Name: `group-${number}` });
    const pages = sdk.paginateListGroups({ client, pageSize: 2 }, {});
    const { sizes, items } = await collect(pages, "Groups");
    assert.deepEqual(sizes, [2, 2, 1]);
    const names = items.map((group) => group.Name).sort();
    assert.deepEqual(names, ["Shop ü/x", "group-1", "group-2", "group-3", "group-4"]);
    for (const { Id, Name, Arn } of items) {
      const group = await getGroup(Name);
      assert.deepEqual([group.Id, group.Arn], [Id, Arn]);
    }
  },

  async "what is in a group is listed page by page"() {
    const names = [1, 2, 3, 4, 5].map((number) => `canary-${number}`);
    for (const name of names) await associate("Shop ü/x", name);
    const input = { GroupIdentifier: "Shop ü/x" };
    const pages = sdk.paginateListGroupResources({ client, pageSize: 2 }, input);
    const { sizes, items } = await collect(pages, "Resources");
    assert.deepEqual(sizes, [2, 2, 1]);
    assert.deepEqual([...items].sort(), names.map(canaryArn));
    assertDate((await getGroup("Shop ü/x")).LastModifiedTime, Date.parse((await clock()).now));
  },

  async "the groups that a canary is in are listed page by page"() {
    for (const number of [1, 2, 3, 4]) await associate(`group-${number}`, "canary-1");
    const input = { ResourceArn: canaryArn("canary-1") };
    const pages = sdk.paginateListAssociatedGroups({ client, pageSize: 2 }, input);
    const { sizes, items } = await collect(pages, "Groups");
    assert.deepEqual(sizes, [2, 2, 1]);
    const all = await call("ListGroups", {});
    assert.deepEqual(items, all.Groups);
  },

  async "a canary leaves its group, and a group goes"() {
    await disassociate("group-1", "canary-1");
    await assertRefused(
      disassociate("group-1", "canary-1"),
      "ValidationException",
      400,
      /does not exist in group/,
    );
    const { Arn } = await getGroup("group-1");
    await call("DeleteGroup", { GroupIdentifier: Arn });
    await assertRefused(getGroup("group-1"), "ResourceNotFoundException", 404, /Group not found/);
    await assertRefused(
      call("ListTagsForResource", { ResourceArn: Arn }),
      "NotFoundException",
      404,
      /./,
    );
    await assertRefused(
      associate("group-2", "none"),
      "ResourceNotFoundException",
      404,
      /Canary not found/,
    );
  },

  async "a group's name is taken once, and there are 20 of them"() {
    await assertRefused(
      call("CreateGroup", { Name: "group-2" }),
      "ConflictException",
      409,
      /already exists/,
    );
    const { Groups } = await call("ListGroups", {});
    for (let count = Groups.length; count < 20; ++count) {
      await call("CreateGroup", { Name: `more-${count}` });
    }
    await assertRefused(
      call("CreateGroup", { Name: "too much" }),
      "ServiceQuotaExceededException",
      402,
      /./,
    );
  },

  async "a canary is in 10 groups"() {
    for (let count = 5; count < 11; ++count) await associate(`more-${count}`, "canary-1");
    await assertRefused(
      associate("more-11", "canary-1"),
      "ServiceQuotaExceededException",
      402,
      /./,
    );
  },
};

// Only newer versions have dry runs.
const dryRun = async () => {
  const RuntimeVersion = "syn-nodejs-puppeteer-10.0";
  await call("CreateCanary", { ...creation("dry"), RuntimeVersion });
  await advance({ until: "settled" });
  const trial = { Name: "dry", RunConfig: { TimeoutInSeconds: 30 } };
  const { DryRunConfig } = await call("StartCanaryDryRun", trial);
  await assertRefused(call("StartCanaryDryRun", trial), "ConflictException", 409, /progress/);
  await advance({ seconds: 60 });
  const { CanaryRuns } = await call("GetCanaryRuns", { Name: "dry", RunType: "DRY_RUN" });
  const ran = CanaryRuns.map((run) => [run.Status.State, run.DryRunConfig.DryRunId]);
  assert.deepEqual(ran, [["PASSED", DryRunConfig.DryRunId]]);
  await call("UpdateCanary", { Name: "dry", DryRunId: DryRunConfig.DryRunId });
  await advance({ until: "settled" });
  assert.equal((await getCanary("dry")).RunConfig.TimeoutInSeconds, 30);
};

const session = {
  ...operations,
  ...(sdk.StartCanaryDryRunCommand ? { "a dry run is committed": dryRun } : {}),
  "all commands of this version are answered": () => {
    const commands = Object.keys(sdk).filter((name) => /^[A-Z][A-Za-z]*Command$/.test(name));
    console.log(`     ${answered.size} of ${commands.length} commands`);
    assert.deepEqual([...answered].sort(), commands.sort());
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

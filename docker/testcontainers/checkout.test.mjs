// What a test looks like.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";

import {
  CreateCanaryCommand,
  DescribeCanariesCommand,
  GetCanaryRunsCommand,
  StartCanaryCommand,
} from "@aws-sdk/client-synthetics";

import { Emulator } from "./emulator.mjs";

const CHECKOUT = {
  Name: "checkout",
  Code: { Handler: "index.handler", S3Bucket: "my-bucket", S3Key: "canary.zip" },
  ArtifactS3Location: "s3://my-bucket",
  ExecutionRoleArn: "arn:aws:iam::123456789012:role/canary",
  Schedule: { Expression: "rate(5 minutes)" },
  RuntimeVersion: "syn-nodejs-puppeteer-10.0",
};

describe("a canary", () => {
  let emulator;
  let synthetics;

  before(async () => {
    emulator = await Emulator.start();
    synthetics = emulator.client();
  });

  beforeEach(() => emulator.reset());

  after(async () => {
    synthetics?.destroy();
    await emulator?.stop();
  });

  async function start() {
    await synthetics.send(new CreateCanaryCommand(CHECKOUT));
    await synthetics.send(new StartCanaryCommand({ Name: "checkout" }));
  }

  async function states() {
    const { CanaryRuns } = await synthetics.send(new GetCanaryRunsCommand({ Name: "checkout" }));
    return CanaryRuns.map((run) => run.Status.State);
  }

  test("passes for an hour", async () => {
    await start();
    await emulator.advance({ seconds: 3599 });
    assert.deepEqual(await states(), Array(12).fill("PASSED"));
  });

  test("has an outage of two runs", async () => {
    const script = [{ state: "FAILED", count: 2 }];
    await emulator.ask("PUT", "/canaries/checkout/outcomes", { script });
    await start();
    await emulator.advance({ seconds: 899 });
    assert.deepEqual(await states(), ["PASSED", "FAILED", "FAILED"]);
  });

  test("is not there in the next test", async () => {
    const { Canaries } = await synthetics.send(new DescribeCanariesCommand({}));
    assert.deepEqual(Canaries, []);
  });
});

// One emulator for all tests of a file, and the same world at the beginning of each of them.

import { after, before, beforeEach } from "node:test";

import { CreateCanaryCommand, StartCanaryCommand } from "@aws-sdk/client-synthetics";

import { Emulator } from "./emulator.mjs";

const CHECKOUT = {
  Name: "checkout",
  Code: { Handler: "index.handler", S3Bucket: "my-bucket", S3Key: "canary.zip" },
  ArtifactS3Location: "s3://my-bucket",
  ExecutionRoleArn: "arn:aws:iam::123456789012:role/canary",
  Schedule: { Expression: "rate(5 minutes)" },
  RuntimeVersion: "syn-nodejs-puppeteer-10.0",
};

// To be called where the tests are described. What it returns can be used in tests and hooks.
export function useEmulator() {
  const emulator = new Emulator();

  before(async () => {
    await emulator.start();
    emulator.synthetics = emulator.client();
    // What all tests need: a canary that has passed at midnight.
    await emulator.synthetics.send(new CreateCanaryCommand(CHECKOUT));
    await emulator.synthetics.send(new StartCanaryCommand({ Name: "checkout" }));
    await emulator.advance({ until: "nextRun" });
    await emulator.keep("base");
  });

  // Nothing is left of other tests: no canaries, no outcomes, no faults, no time.
  beforeEach(() => emulator.restore("base"));

  after(async () => {
    emulator.synthetics?.destroy();
    await emulator.stop();
  });

  return emulator;
}

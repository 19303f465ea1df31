// A canary that tries again by itself: only a run whose last try failed has failed.
//
// Older versions of the SDK than package.json names do not know retries.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { UpdateCanaryCommand } from "@aws-sdk/client-synthetics";

import { Alert } from "./alerting.mjs";
import { useEmulator } from "./setup.mjs";

const PASSED_AT_LAST = ["FAILED", "PASSED"];
const FAILED_AT_LAST = ["FAILED", "FAILED"];

describe("the alert of a canary with a retry", () => {
  const emulator = useEmulator();

  // What is paged about runs whose tries end so; the alert has a look after each try.
  async function pages(...runs) {
    const tries = runs.flat();
    await emulator.outcomes("checkout", ...tries);
    const Schedule = { Expression: "rate(5 minutes)", RetryConfig: { MaxRetries: 1 } };
    await emulator.synthetics.send(new UpdateCanaryCommand({ Name: "checkout", Schedule }));
    const paged = [];
    const alert = new Alert(emulator.synthetics, "checkout", (text) => paged.push(text));
    for (const _ of tries) {
      await emulator.advance({ until: "nextRun" });
      await alert.check();
    }
    return paged;
  }

  test("runs that pass at last do not page", async () => {
    assert.deepEqual(await pages(...Array(5).fill(PASSED_AT_LAST)), []);
  });

  test("two failed runs are two, however often they were tried", async () => {
    assert.deepEqual(await pages(FAILED_AT_LAST, FAILED_AT_LAST, PASSED_AT_LAST), []);
  });

  test("three failed runs page", async () => {
    const paged = await pages(FAILED_AT_LAST, FAILED_AT_LAST, FAILED_AT_LAST);
    assert.equal(paged.length, 1);
  });
});

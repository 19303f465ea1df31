// When the alert pages and when it does not. No test waits for anything: time is the emulator's.

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";

import {
  DeleteCanaryCommand,
  GetCanaryRunsCommand,
  StopCanaryCommand,
} from "@aws-sdk/client-synthetics";

import { Alert } from "./alerting.mjs";
import { useEmulator } from "./setup.mjs";

describe("the alert", () => {
  const emulator = useEmulator();
  let pages;
  let alert;

  beforeEach(() => {
    pages = [];
    alert = new Alert(emulator.synthetics, "checkout", (text) => pages.push(text));
  });

  // Lets the canary run once for each state. The alert has a look after each of them.
  async function runs(...states) {
    await emulator.outcomes("checkout", ...states);
    for (const _ of states) {
      await emulator.advance({ until: "nextRun" });
      await alert.check();
    }
  }

  test("two failures in a row do not page", async () => {
    await runs("FAILED", "FAILED");
    assert.deepEqual(pages, []);
  });

  test("three failures in a row page", async () => {
    await runs("FAILED", "FAILED", "FAILED");
    assert.equal(pages.length, 1);
    assert.match(pages[0], /^checkout failed 3 times in a row, last at 2026-01-01 00:15 UTC: /);
  });

  test("a recovery in between starts the count again", async () => {
    await runs("FAILED", "FAILED", "PASSED", "FAILED", "FAILED");
    assert.deepEqual(pages, []);
  });

  test("a long outage pages once", async () => {
    await runs(...Array(10).fill("FAILED"));
    assert.equal(pages.length, 1);
  });

  test("an outage after a recovery pages again", async () => {
    await runs("FAILED", "FAILED", "FAILED", "PASSED", "FAILED", "FAILED", "FAILED");
    assert.equal(pages.length, 2);
  });

  test("looking again pages nobody again", async () => {
    await runs("FAILED", "FAILED", "FAILED");
    await alert.check();
    assert.equal(pages.length, 1);
  });

  test("a run under way is judged when it is over", async () => {
    await runs("FAILED", "FAILED");
    await emulator.outcomes("checkout", "FAILED");

    await emulator.advance({ to: "2026-01-01T00:15:00Z" });
    await alert.check();
    assert.deepEqual(pages, []);

    await emulator.advance({ until: "nextRun" });
    await alert.check();
    assert.equal(pages.length, 1);
  });

  test("a slow run that others overtake is not forgotten", async () => {
    await emulator.advance({ to: "2026-01-01T00:04:00Z" });
    await emulator.runNow("checkout", { state: "FAILED", durationMs: 240_000 });
    await emulator.outcomes("checkout", "FAILED", "FAILED");

    await emulator.advance({ to: "2026-01-01T00:06:00Z" });
    await alert.check();
    await emulator.advance({ to: "2026-01-01T00:14:00Z" });
    await alert.check();
    assert.equal(pages.length, 1);
  });

  test("an outage at three in the morning, next Tuesday", async () => {
    await emulator.advance({ to: "2026-01-06T02:59:00Z" });
    await alert.check();
    await emulator.outcomes("checkout", "FAILED", "FAILED", "FAILED");

    await emulator.advance({ to: "2026-01-06T03:09:00Z" });
    await alert.check();
    assert.deepEqual(pages, []);

    await emulator.advance({ until: "nextRun" });
    await alert.check();
    assert.equal(pages.length, 1);
    assert.match(pages[0], /last at 2026-01-06 03:10 UTC/);
  });

  test("an outage that was over before anybody looked", async () => {
    await emulator.outcomes("checkout", "FAILED", "FAILED", "FAILED");
    // 288 runs: more than one answer of GetCanaryRuns holds.
    await emulator.advance({ seconds: 24 * 60 * 60 });
    await alert.check();
    assert.equal(pages.length, 1);
    assert.match(pages[0], /last at 2026-01-01 00:15 UTC/);
  });

  test("a throttled API does not keep the page back", async () => {
    await emulator.outcomes("checkout", "FAILED", "FAILED", "FAILED");
    await emulator.advance({ to: "2026-01-01T00:19:00Z" });

    await emulator.throttle("GetCanaryRuns", 2);
    await alert.check();
    assert.equal(await emulator.throttled(), 2);
    assert.equal(pages.length, 1);
  });

  test("a page that could not be sent is sent by the next check", async () => {
    await emulator.outcomes("checkout", "FAILED", "FAILED", "FAILED");
    await emulator.advance({ to: "2026-01-01T00:19:00Z" });
    alert.page = () => Promise.reject(new Error("the pager is down"));
    await assert.rejects(alert.check(), /the pager is down/);

    alert.page = (text) => pages.push(text);
    await alert.check();
    assert.equal(pages.length, 1);
  });

  for (const time of ["first", "second"]) {
    test(`each test begins with the same world, the ${time} time`, async () => {
      const input = { Name: "checkout" };
      const { CanaryRuns } = await emulator.synthetics.send(new GetCanaryRunsCommand(input));
      assert.deepEqual(
        CanaryRuns.map((run) => run.Status.State),
        ["PASSED"],
      );

      await emulator.advance({ seconds: 3600 });
      await emulator.synthetics.send(new StopCanaryCommand(input));
      await emulator.synthetics.send(new DeleteCanaryCommand(input));
    });
  }
});

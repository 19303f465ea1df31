// synthetics-local for tests: the program, started and stopped, and its control plane as methods.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

import { SyntheticsClient } from "@aws-sdk/client-synthetics";
import { ConfiguredRetryStrategy } from "@smithy/util-retry";

const REGION = "eu-west-1";
const START = "2026-01-01T00:00:00Z"; // a Thursday

// The program on a free port, its state in memory, its clock standing still at START.
export class Emulator {
  async start() {
    const binary = process.env.SYNTHETICS_LOCAL_BINARY || "synthetics-local";
    const options = ["--port", "0", "--region", REGION, "--clock", START, "--seed", "1"];
    options.push("--transitions", "instant", "--log-level", "warning");
    this.process = spawn(binary, options, {
      stdio: ["ignore", "pipe", "inherit"],
      // A variable can be a setting too, and these tests want none of yours.
      env: { PATH: process.env.PATH },
    });
    await once(this.process, "spawn").catch((error) => {
      throw new Error(
        `cannot start ${binary}: SYNTHETICS_LOCAL_BINARY says where it is, else the PATH does`,
        { cause: error },
      );
    });
    for await (const line of createInterface({ input: this.process.stdout })) {
      if (line === "Ready.") return;
      this.url = line.match(/http:\S+/)[0];
    }
    throw new Error("synthetics-local ended before it was ready");
  }

  async stop() {
    if (!this.url) return;
    this.process.kill();
    await once(this.process, "exit");
  }

  // A client of the SDK. Any credentials are good. It tries again as always, but at once.
  client() {
    return new SyntheticsClient({
      endpoint: this.url,
      region: REGION,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      retryStrategy: new ConfiguredRetryStrategy(3, 0),
    });
  }

  // Moves the clock: advance({ seconds: 3600 }), advance({ to: "2026-01-06T03:00:00Z" }) or
  // advance({ until: "nextRun" }), which is when the next run is over.
  advance(how) {
    return this.ask("POST", "/clock/advance", how);
  }

  // Says how the canary's next runs end: outcomes("checkout", "FAILED", "PASSED"). Each try of a
  // run that is tried again takes one. Runs after those pass.
  outcomes(canary, ...states) {
    const script = states.map((state) => ({ state }));
    return this.ask("PUT", `/canaries/${canary}/outcomes`, { script });
  }

  // Starts a run beside the schedule: runNow("checkout", { state: "FAILED", durationMs: 60000 }).
  runNow(canary, outcome) {
    return this.ask("POST", `/canaries/${canary}/runs`, { outcome });
  }

  // Refuses the next calls of an operation, as AWS does with a caller who asks too often.
  throttle(operation, times) {
    const fault = { status: 429, code: "TooManyRequestsException", message: "Rate exceeded" };
    return this.ask("POST", "/faults", { match: { operation }, fault, times });
  }

  // How many calls were refused.
  async throttled() {
    const { faults } = await this.ask("GET", "/faults");
    return faults.reduce((sum, { hits }) => sum + hits, 0);
  }

  // Keeps everything that there is now, clock included, under a name.
  keep(snapshot) {
    return this.ask("PUT", `/snapshots/${snapshot}`);
  }

  restore(snapshot) {
    return this.ask("POST", `/snapshots/${snapshot}/restore`);
  }

  // Sends a request to the control plane; its README.md says what there is to ask.
  async ask(method, path, body) {
    const answer = await fetch(`${this.url}/_emulator${path}`, {
      method,
      headers: { "Content-Type": "application/json" },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }
}

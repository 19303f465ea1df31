// The emulator in a container for tests, with Testcontainers: copy and fit.

import { SyntheticsClient } from "@aws-sdk/client-synthetics";
import { GenericContainer, Wait } from "testcontainers";

const IMAGE = process.env.SYNTHETICS_IMAGE ?? "synthetics-local";
const PORT = 4566;

export class Emulator {
  // A container on a free port, ready to be asked, its clock standing still.
  static async start() {
    const container = await new GenericContainer(IMAGE)
      .withExposedPorts(PORT)
      .withEnvironment({
        CLOCK: "2026-01-01T00:00:00Z",
        SEED: "1",
        TRANSITIONS: "instant",
        // The name of a Docker engine that is elsewhere.
        ALLOWED_HOSTS: process.env.TESTCONTAINERS_HOST_OVERRIDE ?? "",
      })
      .withWaitStrategy(Wait.forHttp("/_emulator/health", PORT))
      .start();
    return new Emulator(container);
  }

  constructor(container) {
    this.container = container;
    this.url = `http://${container.getHost()}:${container.getMappedPort(PORT)}`;
  }

  stop() {
    return this.container.stop();
  }

  // A client of the SDK. Any credentials are good.
  client() {
    return new SyntheticsClient({
      endpoint: this.url,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
  }

  // Moves the clock: advance({ seconds: 3600 }), advance({ until: "nextRun" }).
  advance(how) {
    return this.ask("POST", "/clock/advance", how);
  }

  // Nothing is left of other tests.
  reset() {
    return this.ask("POST", "/reset");
  }

  // Sends a request to the control plane; the README says what there is to ask.
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

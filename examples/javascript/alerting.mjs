// The application under test: pages somebody when a canary has failed three times in a row.

import { GetCanaryCommand, paginateGetCanaryRuns } from "@aws-sdk/client-synthetics";

const FAILURES = 3;

// Watches one canary, and pages once an outage.
export class Alert {
  seen = new Date(0);
  failures = 0;

  // `page` is a function that takes the text of the page; it may be async.
  constructor(synthetics, canary, page) {
    this.synthetics = synthetics;
    this.canary = canary;
    this.page = page;
  }

  // Judges the runs since the last check. How often it is called makes no difference.
  async check() {
    const runs = (await this.newRuns()).reverse();
    const retries = await this.retries();
    for (const run of runs) {
      // Its turn comes when it is over, and so does the turn of those after it.
      if (run.Status.State === "RUNNING") return;
      await this.judge(run, retries);
    }
  }

  async judge(run, retries) {
    let failures = this.failures;
    if (run.Status.State === "PASSED") {
      failures = 0;
    } else if ((run.RetryAttempt ?? 0) === retries) {
      // One that is tried again is no failure yet.
      failures += 1;
      if (failures === FAILURES) await this.page(this.text(run));
    }
    // Only now, so that a page that could not be sent is sent by the next check.
    this.failures = failures;
    this.seen = run.Timeline.Started;
  }

  text(run) {
    const started = run.Timeline.Started.toISOString().slice(0, 16).replace("T", " ");
    const reason = run.Status.StateReason;
    return `${this.canary} failed ${FAILURES} times in a row, last at ${started} UTC: ${reason}`;
  }

  // The newest first. No more pages are asked for than there are new runs on.
  async newRuns() {
    const runs = [];
    const input = { Name: this.canary };
    for await (const page of paginateGetCanaryRuns({ client: this.synthetics }, input)) {
      for (const run of page.CanaryRuns) {
        if (run.Timeline.Started <= this.seen) return runs;
        runs.push(run);
      }
    }
    return runs;
  }

  async retries() {
    const { Canary } = await this.synthetics.send(new GetCanaryCommand({ Name: this.canary }));
    return Canary.Schedule.RetryConfig?.MaxRetries ?? 0;
  }
}

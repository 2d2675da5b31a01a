import { afterAll, beforeAll, expect, test } from "vitest";
import { declared, nameOf, type Template } from "../../infra/local/template/template.ts";
import { enqueue, mail, setAsideIn } from "./application.ts";
import { dispatcherBatchSizes, type RunningSystem, startAtMidnight } from "./run-locally.ts";

/** Changes what infra would have written: batches of 3, and quarantine on a queue that nobody reads. */
function change(template: Template): void {
  const [usual, quarantine] = ["QuarantineQueue", "RampHourlyDeadLetters"].map((part) =>
    nameOf(template, "AWS::SQS::Queue", part),
  );
  // The role has to go with it, as in AWS.
  for (const { id, properties } of declared(template, "AWS::IAM::Policy")) {
    if (!id.includes("Dispatcher")) continue;
    Object.assign(properties, JSON.parse(JSON.stringify(properties).replaceAll(`${usual}`, `${quarantine}`)));
  }
  for (const { Type, Properties } of Object.values(template.Resources)) {
    if (Type === "AWS::Lambda::EventSourceMapping") Properties.BatchSize = 3;
    const environment = Properties.Environment as { Variables: Record<string, unknown> } | undefined;
    if (environment?.Variables.SEND_CONCURRENCY !== undefined) {
      environment.Variables.QUARANTINE_QUEUE_URL = { Ref: quarantine };
    }
  }
}

let running: RunningSystem;

beforeAll(async () => {
  running = await startAtMidnight({ change });
  const { system } = running;
  const bodies = Array.from({ length: 30 }, (_, n) => (n % 10 === 0 ? "not json" : mail(`m-${n}`, `p${n}@gmail.com`)));
  await enqueue(system.clients.queues, system.queueUrl("SendPathSendQueue"), bodies);
  await system.settle();
}, 120_000);

afterAll(() => running.system.close());

test("another batch size in the template is the batch size of the local run", () => {
  const sizes = dispatcherBatchSizes(running.folder);
  expect(sizes.length).toBeGreaterThanOrEqual(9);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(3);
});

test("another environment variable in the template is what the function of the local run reads", async () => {
  expect(running.system.queueState("RampHourlyDeadLetters").visible).toBe(3);
  expect(await setAsideIn(running.system, "quarantine")).toEqual([]);
});

import { dayMs } from "../../../shared/domain/utc-day.ts";
import { allowanceAt, aPool, aSendMessage, noonMs } from "../../support/builders.ts";
import { type Datapoint, metricName } from "../../support/cloudwatch/alarm.ts";
import type { LoggedLine, Signals } from "../../support/cloudwatch/watch.ts";
import { TestDispatcher } from "../../support/dispatcher.ts";
import type { RecordingLog } from "../../support/fakes/recording-log.ts";
import { TestFeedback } from "../../support/feedback.ts";
import { GuardedSystem, newsIp } from "../../support/guarded.ts";
import { TestQuality } from "../../support/quality.ts";
import { TestRamp } from "../../support/ramp.ts";
import { aBounce, aDelivery, anEvent } from "../../support/ses-events.ts";
import { batch } from "./dispatcher.ts";
import { hourMs, lines, madeMs, minuteMs, ofFunction, ofQueue } from "./fault.ts";
import { invocations, released } from "./runs.ts";

/** Until the end of the first day. */
export const firstDayEndMs = madeMs + dayMs;

/** More mail than the first allowance takes: most of it overflows to shared IPs. */
async function dispatched(): Promise<RecordingLog> {
  const dispatcher = new TestDispatcher({ pool: "news" }, [aPool()]);
  dispatcher.allowances.grant(allowanceAt("gmail"), 10);
  const bodies = Array.from({ length: 25 }, (_, n) => JSON.stringify(aSendMessage({ id: `order-${n}` })));
  await batch(dispatcher, bodies);
  return dispatcher.log;
}

/** IPs that lie where SES puts new ones, before and after the ramp's first run. */
async function guarded(): Promise<RecordingLog> {
  const system = new GuardedSystem();
  system.lifeCycles.kept.clear();
  system.ips.put(newsIp, "ses-default-dedicated-pool");
  system.ips.listed.delete("192.0.2.2");
  system.pools.delete("shop");
  await system.check();
  system.ips.put(newsIp, "news-warming");
  await system.check();
  return system.log;
}

async function ramped(): Promise<RecordingLog> {
  const ramp = new TestRamp();
  for (const hour of [10, 11, 12]) await ramp.run(0, hour);
  return ramp.log;
}

async function judged(): Promise<RecordingLog> {
  const quality = new TestQuality();
  await quality.answer({ accepted: 400, delivered: 395, bounced: 4 });
  await quality.run();
  return quality.log;
}

/** What receivers answer to a clean list: a few addresses are gone, a mailbox is full, one reader complains. */
async function answered(): Promise<RecordingLog> {
  const feedback = new TestFeedback();
  feedback.allowances.grant({ pool: "news", route: "warming", provider: "gmail", day: "2026-11-02" }, 1_000, 100);
  await feedback.apply(
    ...Array.from({ length: 200 }, () => aDelivery()),
    aBounce("Permanent", "NoEmail", "smtp; 550 5.1.1 The email account that you tried to reach does not exist."),
    aBounce("Transient", "MailboxFull", "smtp; 452 4.2.2 The recipient's inbox is out of storage space."),
    anEvent("Complaint", {
      complaint: { complainedRecipients: [{ emailAddress: "ann@gmail.com" }], complaintFeedbackType: "abuse" },
    }),
  );
  return feedback.log;
}

const ages = {
  SendPathSendQueue: 20,
  SendPathParkedQueue: 300,
  FeedbackPathFeedbackQueue: 5,
  FeedbackPathProofQueue: 75,
};

/** What AWS measures by itself, every so often. */
function measured(): Datapoint[] {
  const found: Datapoint[] = [];
  for (let atMs = madeMs + minuteMs; atMs < firstDayEndMs; atMs += 5 * minuteMs) {
    for (const [queue, seconds] of Object.entries(ages)) {
      found.push(ofQueue(queue, "ApproximateAgeOfOldestMessage", seconds, atMs));
    }
    found.push(ofFunction("SendPathDispatcher", "Invocations", 40, atMs));
    found.push(ofFunction("SendPathDispatcher", "Errors", 0, atMs), ofFunction("SetAsideFunction", "Errors", 0, atMs));
    found.push(ofFunction("SendPathDispatcher", "Throttles", 0, atMs));
  }
  for (let atMs = madeMs; atMs < firstDayEndMs; atMs += hourMs) {
    found.push({ metric: metricName("AWS/SES", "Reputation.BounceRate"), atMs, value: 0.01 });
    found.push({ metric: metricName("AWS/SES", "Reputation.ComplaintRate"), atMs, value: 0.0002 });
  }
  return [...found, ...invocations(firstDayEndMs)];
}

/** A first day on which everything works: the product's own lines of each of its functions, and what AWS measures. */
export async function goodFirstDay(): Promise<Signals> {
  const said: LoggedLine[] = [
    ...lines("RampFunctionLogs", await ramped(), madeMs + hourMs),
    ...lines("GuardFunctionLogs", await guarded(), madeMs + hourMs),
    ...lines("QualityFunctionLogs", await judged(), madeMs + 3 * hourMs),
  ];
  const [sent, back] = [await dispatched(), await answered()];
  for (let atMs = madeMs + 5 * minuteMs; atMs < firstDayEndMs; atMs += hourMs) {
    said.push(...lines("SendPathDispatcherLogs", sent, atMs), ...lines("FeedbackPathFunctionLogs", back, atMs));
  }
  const { lines: release } = await released({ untilMs: noonMs }, noonMs + minuteMs);
  return { lines: [...said, ...release], measured: measured() };
}

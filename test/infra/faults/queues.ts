import { metricName } from "../../support/cloudwatch/alarm.ts";
import { everyMinute, type Fault, ofQueue } from "./fault.ts";

const age = "ApproximateAgeOfOldestMessage";

const oldOn =
  (queue: string, seconds: number): Fault["happens"] =>
  () => ({
    measured: everyMinute(20, (atMs) => ofQueue(queue, age, seconds, atMs)),
  });

const reputation =
  (name: string, rate: number): Fault["happens"] =>
  () => ({
    measured: everyMinute(60, (atMs) => ({ metric: metricName("AWS/SES", name), atMs, value: rate })),
  });

/** Queues whose consumer does not keep up, and the account's rates, as AWS measures them. */
export const measuredFaults: readonly Fault[] = [
  { what: "mail waits on the send queue", rings: ["SendPathSendOld"], happens: oldOn("SendPathSendQueue", 960) },
  { what: "mail waits ten minutes on the send queue", rings: [], happens: oldOn("SendPathSendQueue", 600) },
  { what: "parked mail is not looked at", rings: ["SendPathParkedOld"], happens: oldOn("SendPathParkedQueue", 1_860) },
  { what: "mail is parked for the longest delay", rings: [], happens: oldOn("SendPathParkedQueue", 960) },
  {
    what: "SES events wait",
    rings: ["FeedbackPathFeedbackOld"],
    happens: oldOn("FeedbackPathFeedbackQueue", 660),
  },
  { what: "proof of sending waits", rings: ["FeedbackPathProofOld"], happens: oldOn("FeedbackPathProofQueue", 660) },
  { what: "proof waits for its delay", rings: [], happens: oldOn("FeedbackPathProofQueue", 90) },
  {
    what: "the account's bounce rate reaches 5 %",
    rings: ["ObservabilityAccountBounceRate"],
    happens: reputation("Reputation.BounceRate", 0.05),
  },
  {
    what: "the account's complaint rate reaches 0.1 %",
    rings: ["ObservabilityAccountComplaintRate"],
    happens: reputation("Reputation.ComplaintRate", 0.001),
  },
  { what: "the account is in good standing", rings: [], happens: reputation("Reputation.BounceRate", 0.02) },
];

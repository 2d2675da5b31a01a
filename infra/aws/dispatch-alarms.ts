import { Duration } from "aws-cdk-lib";
import type { MetricFilter } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { RunbookAlarm } from "./alarm.ts";
import { logMetric } from "./log-metric.ts";
import type { NodeFunction } from "./node-function.ts";
import { share } from "./share.ts";

const soon = Duration.minutes(5);
const aWhile = Duration.minutes(15);
const hour = Duration.hours(1);

/** What the dispatcher does to mail, or cannot do, and a person should know of. */
export class DispatchAlarms extends Construct {
  constructor(scope: Construct, id: string, dispatcher: NodeFunction) {
    super(scope, id);
    const worked = logMetric(this, "Worked", { function: dispatcher, code: "BATCH_DISPATCHED", field: "records" });
    this.#stopped(dispatcher);
    this.#parkedAgain(dispatcher);
    this.#heldForLong(dispatcher);
    this.#quarantined(dispatcher, worked);
    this.#unknown(dispatcher, worked);
    this.#failing(dispatcher, worked);
  }

  /** Whoever finds that SES still refuses says for how long: without mail nobody finds out, and nothing is stopped. */
  #stopped(dispatcher: NodeFunction): void {
    const lasts = logMetric(this, "StoppedSeconds", {
      function: dispatcher,
      code: "CIRCUIT_OPENED",
      field: "lastsSeconds",
    });
    new RunbookAlarm(this, "SendingStopped", {
      title: "SES has taken no mail for 5 minutes, of the account, a route, a tenant or a sender",
      impact: "This mail is parked and leaves when SES takes it again; what has a sendBefore may miss it.",
      runbookAnchor: "sending-stopped",
      metric: lasts.metric({ statistic: "Maximum", period: soon }),
      // Nobody asks again for a minute at least: by then it is five.
      threshold: 240,
    });
  }

  #parkedAgain(dispatcher: NodeFunction): void {
    const again = logMetric(this, "ParkedAgain", { function: dispatcher, code: "PARKED_AGAIN", field: "messages" });
    new RunbookAlarm(this, "MailParkedAgain", {
      title: "Mail comes back from the parked queue again and again",
      impact: "It has been parked for half an hour, four times or more: what keeps it may not end by itself.",
      runbookAnchor: "parked-again",
      metric: again.metric({ statistic: "Sum", period: aWhile }),
      threshold: 1,
    });
  }

  #heldForLong(dispatcher: NodeFunction): void {
    const held = logMetric(this, "HeldForLong", { function: dispatcher, code: "HELD_FOR_LONG", field: "messages" });
    new RunbookAlarm(this, "MailHeldForLong", {
      title: "Held mail waits longer than its stream allows for",
      impact: "Its own IPs have no room, and it may leave by no others: it goes on waiting.",
      runbookAnchor: "held-for-long",
      metric: held.metric({ statistic: "Sum", period: hour }),
      threshold: 1,
    });
  }

  #quarantined(dispatcher: NodeFunction, worked: MetricFilter): void {
    const quarantined = logMetric(this, "Quarantined", {
      function: dispatcher,
      code: "QUARANTINED",
      // A stream that refuses the dead asks for it, with every list.
      where: { reason: { isNot: "dead-address" } },
    });
    new RunbookAlarm(this, "MailQuarantined", {
      title: "Mail goes to quarantine",
      impact: "This mail can never be sent as it is; its sender must be told or corrected.",
      runbookAnchor: "quarantine",
      metric: share({ part: quarantined, all: worked }),
      threshold: 0.1,
    });
  }

  #unknown(dispatcher: NodeFunction, worked: MetricFilter): void {
    const unknown = logMetric(this, "OutcomesUnknown", { function: dispatcher, code: "OUTCOME_UNKNOWN" });
    new RunbookAlarm(this, "UnknownOutcomes", {
      title: "Nobody knows whether SES took some of the mail",
      impact: "It waits for proof, then it is sent again, perhaps twice, or goes to quarantine, as its stream says.",
      runbookAnchor: "outcomes-unknown",
      metric: share({ part: unknown, all: worked, floor: 3 }),
      threshold: 0.5,
    });
  }

  /** A queue's age sees none of this: mail that was received three times counts no more (SQS). */
  #failing(dispatcher: NodeFunction, worked: MetricFilter): void {
    const text = {
      impact: "This mail comes again a few times, then it lies in dead letters.",
      runbookAnchor: "dispatcher-failing",
    };
    const failed = logMetric(this, "RecordsFailed", { function: dispatcher, code: "RECORD_FAILED" });
    new RunbookAlarm(this, "RecordsFailing", {
      ...text,
      title: "The dispatcher cannot work some of the mail",
      metric: share({ part: failed, all: worked, floor: 5, period: aWhile }),
      threshold: 5,
    });
    new RunbookAlarm(this, "RunsFailing", {
      ...text,
      title: "Runs of the dispatcher fail",
      metric: share({
        part: { metric: (of) => dispatcher.metricErrors(of) },
        all: { metric: (of) => dispatcher.metricInvocations(of) },
        floor: 2,
        period: aWhile,
      }),
      threshold: 5,
    });
    new RunbookAlarm(this, "RunsThrottled", {
      ...text,
      title: "Lambda does not let the dispatcher run",
      metric: dispatcher.metricThrottles({ statistic: "Sum", period: aWhile }),
      threshold: 20,
    });
  }
}

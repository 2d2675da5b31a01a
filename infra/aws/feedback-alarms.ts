import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { LogCode } from "../../shared/domain/log-codes.ts";
import { RunbookAlarm } from "./alarm.ts";
import { logMetric } from "./log-metric.ts";
import type { NodeFunction } from "./node-function.ts";
import { share } from "./share.ts";

/** Logged for every brake, and the metric that it is counted in, whichever function puts it on. */
export const brakeCode: LogCode = "BRAKE_ON";
export const brakeMetric = "Brakes";

/** Replies of an hour that no rule knows before a person should look: fewer are a provider's typing error. */
const manyUnclassified = 20;

/** What the feedback function finds and a person should know of, counted from its log. */
export class FeedbackAlarms extends Construct {
  constructor(scope: Construct, id: string, feedback: NodeFunction) {
    super(scope, id);
    new RunbookAlarm(this, "BrakeOn", {
      title: "A mailbox provider refuses mail of dedicated IPs",
      impact: "A brake slows that provider's mail down or stops it until a named time; the rest overflows or is held.",
      runbookAnchor: "brake-on",
      metric: logMetric(this, brakeMetric, { function: feedback, code: brakeCode }).metric({
        statistic: "Sum",
        period: Duration.minutes(5),
      }),
      threshold: 1,
    });
    new RunbookAlarm(this, "Unclassified", {
      title: "Many replies of mailbox providers are not understood",
      impact: "They are read by their codes alone: a refusal among them may put on no brake.",
      runbookAnchor: "replies-unclassified",
      metric: logMetric(this, "UnclassifiedReplies", {
        function: feedback,
        code: "REPLIES_UNCLASSIFIED",
        field: "count",
      }).metric({ statistic: "Sum", period: Duration.hours(1) }),
      threshold: manyUnclassified,
    });
    this.#unsent(feedback);
  }

  /** Each mail has some two events: from one mail in five hundred on, or the only one of an hour. */
  #unsent(feedback: NodeFunction): void {
    const unsent = logMetric(this, "RenderingFailures", {
      function: feedback,
      code: "RENDERING_FAILED",
      field: "count",
    });
    const events = logMetric(this, "FeedbackEvents", { function: feedback, code: "FEEDBACK_FOLDED", field: "events" });
    new RunbookAlarm(this, "MailNotRendered", {
      title: "SES takes mail and cannot render its template",
      impact: "It was accepted and never leaves: each such message is lost until its sender sends it again.",
      runbookAnchor: "rendering-failures",
      metric: share({ part: unsent, all: events }),
      threshold: 0.1,
    });
  }
}

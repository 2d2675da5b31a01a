import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { LogCode } from "../../shared/domain/log-codes.ts";
import { RunbookAlarm } from "./alarm.ts";
import { logMetric } from "./log-metric.ts";
import type { NodeFunction } from "./node-function.ts";

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
  }
}

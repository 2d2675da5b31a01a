import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import { RunbookAlarm } from "./alarm.ts";
import { logMetric } from "./log-metric.ts";
import type { NodeFunction } from "./node-function.ts";

const aWhile = Duration.minutes(15);

/** What becomes of held mail, and a person should know of, counted from the log of its release. */
export class ReleaseAlarms extends Construct {
  constructor(scope: Construct, id: string, release: NodeFunction) {
    super(scope, id);
    const failed = logMetric(this, "HeldReleaseFailed", { function: release, code: "HELD_RELEASE_FAILED" });
    new RunbookAlarm(this, "ReleaseFailed", {
      title: "Held mail could not go back to the send queue",
      impact: "It stays held, and is tried again every five minutes; one whose body has expired is lost.",
      runbookAnchor: "held-release-failed",
      metric: failed.metric({ statistic: "Sum", period: aWhile }),
      threshold: 1,
    });
    const late = logMetric(this, "HeldLate", { function: release, code: "HELD_LATE", field: "minutes" });
    new RunbookAlarm(this, "Late", {
      title: "Held mail is not released in time",
      impact: "It leaves after its sendAfter or its longest wait, and may miss its sendBefore, ten minutes later.",
      runbookAnchor: "held-late",
      metric: late.metric({ statistic: "Maximum", period: Duration.minutes(5) }),
      threshold: 6,
    });
  }
}

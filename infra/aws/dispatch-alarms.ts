import { Construct } from "constructs";
import { RunbookAlarm } from "./alarm.ts";
import { logMetric } from "./log-metric.ts";
import type { NodeFunction } from "./node-function.ts";
import { share } from "./share.ts";

/** What the dispatcher does to mail, and a person should know of. */
export class DispatchAlarms extends Construct {
  constructor(scope: Construct, id: string, dispatcher: NodeFunction) {
    super(scope, id);
    const worked = logMetric(this, "Worked", { function: dispatcher, code: "BATCH_DISPATCHED", field: "records" });
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
}

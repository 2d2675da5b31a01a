import { Duration, TimeZone } from "aws-cdk-lib";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { ScheduleExpression } from "aws-cdk-lib/aws-scheduler";
import { Construct } from "constructs";
import type { Configuration } from "../../shared/contracts/configuration.ts";
import type { GuardEnvironment, Variables } from "../../shared/contracts/environment.ts";
import { RunbookAlarm } from "./alarm.ts";
import { logMetric } from "./log-metric.ts";
import { NodeFunction } from "./node-function.ts";
import { ScheduledRun } from "./scheduled-run.ts";

export interface GuardProps {
  readonly configuration: Configuration;
  readonly state: TableV2;
}

/** Compares SES with our own record and holds the ramp where they differ. It changes nothing in SES. */
export class Guard extends Construct {
  constructor(scope: Construct, id: string, { configuration, state }: GuardProps) {
    super(scope, id);
    const guard = new NodeFunction(this, "Function", {
      folder: "guard",
      description: "Compares SES with our own record and holds the ramp where they differ",
      configuration,
      // At one control call a second: six calls for each pool. SES allows an account 50 SES pools.
      timeout: Duration.minutes(10),
      environment: { STATE_TABLE: state.tableName } satisfies Variables<GuardEnvironment>,
    });
    // The update keeps the account's sending rate, beside the dispatcher's counts in the same item.
    guard.allow(["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:Query"], [state.tableArn]);
    guard.allowEvents();
    guard.allow(
      [
        "ses:GetAccount",
        "ses:GetConfigurationSet",
        "ses:GetConfigurationSetEventDestinations",
        "ses:GetDedicatedIpPool",
        "ses:GetDedicatedIps",
      ],
      ["*"],
    );
    guard.acknowledgeWildcard(
      "*",
      "Reads settings of the whole account: also of SES pools that somebody else's change made a set name.",
    );
    this.#alarmOnHolds(guard);

    const impact = "What somebody changes in SES goes unnoticed, and pools that are held stay held.";
    new ScheduledRun(this, "Hourly", {
      function: guard,
      // Ten minutes after the ramp, which moves IPs.
      schedule: ScheduleExpression.expression("cron(10 * * * ? *)", TimeZone.ETC_UTC),
      retryFor: Duration.hours(1),
      silentAfter: Duration.hours(3),
      failed: { title: "Checks of the guard have failed", impact, runbookAnchor: "guard-not-running" },
      silent: { title: "The guard is not running", impact, runbookAnchor: "guard-not-running" },
    });
  }

  #alarmOnHolds(guard: NodeFunction): void {
    // Logged for every hold with every check.
    const holds = logMetric(this, "GuardHolds", { function: guard, code: "GUARD_HOLD" });
    new RunbookAlarm(this, "Findings", {
      title: "The guard holds the growth of a pool",
      impact:
        "SES does not send as our record says, or the account is unhealthy: allowances do not grow until it is put right.",
      runbookAnchor: "guard-findings",
      // Two checks wide, so that it does not go off and on between them.
      metric: holds.metric({ statistic: "Sum", period: Duration.hours(2) }),
      threshold: 1,
    });
  }
}

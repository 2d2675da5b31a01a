import { Duration, TimeZone } from "aws-cdk-lib";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { ScheduleExpression } from "aws-cdk-lib/aws-scheduler";
import { Construct } from "constructs";
import type { Configuration } from "../../shared/contracts/configuration.ts";
import type { RampEnvironment, Variables } from "../../shared/contracts/environment.ts";
import { RunbookAlarm } from "./alarm.ts";
import { logMetric } from "./log-metric.ts";
import { NodeFunction } from "./node-function.ts";
import type { Routes } from "./routes.ts";
import { ScheduledRun } from "./scheduled-run.ts";

export interface RampProps {
  readonly configuration: Configuration;
  readonly routes: Routes;
  readonly state: TableV2;
}

/** Decides on each UTC day's allowances, and moves IPs between warming and established pools. */
export class Ramp extends Construct {
  constructor(scope: Construct, id: string, { configuration, routes, state }: RampProps) {
    super(scope, id);
    const ramp = new NodeFunction(this, "Function", {
      folder: "ramp",
      description: "Decides once a UTC day how much each pool may send to each mailbox provider",
      configuration,
      timeout: Duration.minutes(5),
      environment: { STATE_TABLE: state.tableName } satisfies Variables<RampEnvironment>,
    });
    ramp.allow(["dynamodb:Query", "dynamodb:GetItem", "dynamodb:BatchGetItem"], [state.tableArn]);
    ramp.allow(["dynamodb:PutItem", "dynamodb:UpdateItem"], [state.tableArn]);
    ramp.allowEvents();
    ramp.allow(["ses:GetDedicatedIps"], ["*"]);
    ramp.acknowledgeWildcard(
      "*",
      "GetDedicatedIps reads settings of the whole account: SES knows no resource to name.",
    );
    // With no pools there is nothing to move, and a statement without resources is no statement.
    if (routes.dedicatedPoolArns.length > 0) ramp.allow(["ses:PutDedicatedIpInPool"], routes.dedicatedPoolArns);

    const late = logMetric(this, "WarmUpsLate", { function: ramp, code: "WARM_UP_LATE" });
    new RunbookAlarm(this, "WarmUpLate", {
      title: "A warm-up takes longer than its plan says",
      impact: "Its allowances go on as before; mail that its warming IPs have no room for overflows or is held.",
      runbookAnchor: "warm-up-late",
      // Logged once a day, for each provider.
      metric: late.metric({ statistic: "Sum", period: Duration.days(1) }),
      threshold: 1,
    });

    const impact = "Allowances are not renewed: warming IPs stop carrying mail, which overflows or is held.";
    new ScheduledRun(this, "Hourly", {
      function: ramp,
      // Asked every hour, it steps once a UTC day: an hour that fails costs an hour, not a day.
      schedule: ScheduleExpression.expression("cron(0 * * * ? *)", TimeZone.ETC_UTC),
      retryFor: Duration.hours(1),
      silentAfter: Duration.hours(3),
      failed: { title: "Runs of the daily ramp have failed", impact, runbookAnchor: "ramp-not-running" },
      silent: { title: "The daily ramp is not running", impact, runbookAnchor: "ramp-not-running" },
    });
  }
}

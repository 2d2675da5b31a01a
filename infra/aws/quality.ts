import { Duration } from "aws-cdk-lib";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { ScheduleExpression } from "aws-cdk-lib/aws-scheduler";
import { Construct } from "constructs";
import type { Configuration } from "../../shared/contracts/configuration.ts";
import type { QualityEnvironment, Variables } from "../../shared/contracts/environment.ts";
import { RunbookAlarm } from "./alarm.ts";
import { brakeCode, brakeMetric } from "./feedback-alarms.ts";
import { logMetric } from "./log-metric.ts";
import { NodeFunction } from "./node-function.ts";
import { ScheduledRun } from "./scheduled-run.ts";

export interface QualityProps {
  readonly configuration: Configuration;
  readonly state: TableV2;
}

/** Judges the lists behind the streams, and raises walls before a bad one endangers a pool or the account. */
export class Quality extends Construct {
  constructor(scope: Construct, id: string, { configuration, state }: QualityProps) {
    super(scope, id);
    const quality = new NodeFunction(this, "Function", {
      folder: "quality",
      description: "Judges bounces and complaints of each stream, and stops the mail that endangers a pool",
      configuration,
      timeout: Duration.minutes(5),
      // A pool's day is read as a whole, sign by sign.
      memorySize: 1_024,
      environment: { STATE_TABLE: state.tableName } satisfies Variables<QualityEnvironment>,
    });
    quality.allow(["dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem"], [state.tableArn]);
    quality.allowEvents();
    this.#alarmOnWalls(quality);
    // Its brakes ring the same alarm as the feedback function's.
    logMetric(this, brakeMetric, { function: quality, code: brakeCode });

    const impact = "A list that turns bad is noticed late: its mail goes on, and may bring SES to pause the account.";
    new ScheduledRun(this, "EveryHalfHour", {
      function: quality,
      schedule: ScheduleExpression.rate(Duration.minutes(30)),
      retryFor: Duration.minutes(10),
      silentAfter: Duration.hours(2),
      failed: {
        title: "Runs that judge the quality of lists have failed",
        impact,
        runbookAnchor: "quality-not-running",
      },
      silent: { title: "The quality of lists is not being judged", impact, runbookAnchor: "quality-not-running" },
    });
  }

  #alarmOnWalls(quality: NodeFunction): void {
    // Logged for every wall with every run.
    const walls = logMetric(this, "WallsStanding", { function: quality, code: "WALL_STANDS" });
    new RunbookAlarm(this, "ListQuality", {
      title: "A stream's list endangers its pool",
      impact:
        "Its pool does not grow, and at a higher level the stream's mail is kept off warming or shared IPs, or held.",
      runbookAnchor: "list-quality",
      // Two runs wide, so that it does not go off and on between them.
      metric: walls.metric({ statistic: "Sum", period: Duration.hours(1) }),
      threshold: 1,
    });
  }
}

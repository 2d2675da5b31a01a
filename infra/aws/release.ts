import { Duration } from "aws-cdk-lib";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { ScheduleExpression } from "aws-cdk-lib/aws-scheduler";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { Configuration } from "../../shared/contracts/configuration.ts";
import type { ReleaseEnvironment, Variables } from "../../shared/contracts/environment.ts";
import { heldByDue } from "../../shared/contracts/tables.ts";
import { NodeFunction } from "./node-function.ts";
import { ReleaseAlarms } from "./release-alarms.ts";
import { ScheduledRun } from "./scheduled-run.ts";

export interface ReleaseProps {
  readonly configuration: Configuration;
  readonly state: TableV2;
  readonly held: TableV2;
  readonly sendQueue: Queue;
}

/** Feeds held mail back to the send queue as allowance is released through the day. */
export class Release extends Construct {
  constructor(scope: Construct, id: string, { configuration, state, held, sendQueue }: ReleaseProps) {
    super(scope, id);
    const release = new NodeFunction(this, "Function", {
      folder: "release",
      description: "Feeds held mail back to the send queue as there is room for it",
      configuration,
      timeout: Duration.seconds(60),
      environment: {
        STATE_TABLE: state.tableName,
        HELD_TABLE: held.tableName,
        SEND_QUEUE_URL: sendQueue.queueUrl,
      } satisfies Variables<ReleaseEnvironment>,
    });
    release.allow(["dynamodb:Query", "dynamodb:GetItem", "dynamodb:DeleteItem", "dynamodb:PutItem"], [held.tableArn]);
    release.allow(["dynamodb:Query"], [`${held.tableArn}/index/${heldByDue.name}`]);
    release.allow(["dynamodb:BatchGetItem", "dynamodb:Query"], [state.tableArn]);
    release.allow(["sqs:SendMessage"], [sendQueue.queueArn]);

    new ReleaseAlarms(this, "Alarms", release);
    const impact = "Held mail stays where it is: it misses its slots on warming IPs and its senders' deadlines.";
    new ScheduledRun(this, "EveryFiveMinutes", {
      function: release,
      schedule: ScheduleExpression.rate(Duration.minutes(5)),
      retryFor: Duration.minutes(5),
      silentAfter: Duration.minutes(30),
      failed: { title: "Runs that release held mail have failed", impact, runbookAnchor: "release-not-running" },
      silent: { title: "Held mail is not being released", impact, runbookAnchor: "release-not-running" },
    });
  }
}

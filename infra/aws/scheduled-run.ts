import { Duration, Stack, Validations } from "aws-cdk-lib";
import { ComparisonOperator } from "aws-cdk-lib/aws-cloudwatch";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { SqsDestination } from "aws-cdk-lib/aws-lambda-destinations";
import { ContextAttribute, Schedule, type ScheduleExpression, ScheduleTargetInput } from "aws-cdk-lib/aws-scheduler";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { type AlarmText, RunbookAlarm } from "./alarm.ts";
import type { NodeFunction } from "./node-function.ts";
import { longestRetention } from "./set-aside-queue.ts";

export interface ScheduledRunProps {
  readonly function: NodeFunction;
  readonly schedule: ScheduleExpression;
  /** How long a run that could not start is tried again: no longer than until the next one makes it needless. */
  readonly retryFor: Duration;
  /** No run has started for about this long. A third of it must hold a run. */
  readonly silentAfter: Duration;
  /** Runs failed and were given up. */
  readonly failed: AlarmText;
  /** No run has started at all. */
  readonly silent: AlarmText;
}

/** An alarm on silence rings after about so many empty periods (CloudWatch does not publish the number). */
const silentPeriods = 3;

/** Calls a function by the clock. A run that fails for good is kept, and missing runs are noticed. */
export class ScheduledRun extends Construct {
  constructor(scope: Construct, id: string, props: ScheduledRunProps) {
    super(scope, id);
    const { function: target, schedule, retryFor } = props;
    const deadLetters = new Queue(this, "DeadLetters", { retentionPeriod: longestRetention, enforceSSL: true });
    Validations.of(deadLetters).acknowledge({
      id: "AwsSolutions-SQS3",
      reason: "It is the dead-letter queue of a schedule and of its function's asynchronous calls.",
    });
    const role = this.#roleThatCalls(target, deadLetters);
    new Schedule(this, "Schedule", {
      schedule,
      target: {
        bind: () => ({
          arn: target.functionArn,
          role,
          // The time the run was meant for: a late retry must not work for another day.
          input: ScheduleTargetInput.fromObject({ scheduledTime: ContextAttribute.scheduledTime }),
          retryPolicy: { maximumRetryAttempts: 10, maximumEventAgeInSeconds: retryFor.toSeconds() },
          deadLetterConfig: { arn: deadLetters.queueArn },
        }),
      },
    });
    // The scheduler's dead letters catch calls that could not be made; errors inside the function are Lambda's.
    target.configureAsyncInvoke({
      retryAttempts: 2,
      maxEventAge: retryFor,
      onFailure: new SqsDestination(deadLetters),
    });
    new RunbookAlarm(this, "Failed", {
      ...props.failed,
      // What was put there, not what lies there: one that nobody removed would hide the next.
      metric: deadLetters.metricNumberOfMessagesSent({ statistic: "Sum", period: Duration.minutes(15) }),
      threshold: 1,
    });
    new RunbookAlarm(this, "Silent", {
      ...props.silent,
      metric: target.metricInvocations({ period: Duration.seconds(props.silentAfter.toSeconds() / silentPeriods) }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      onSilence: true,
    });
  }

  /** Of our own, because the library's target would grant all versions and aliases of the function as well. */
  #roleThatCalls(target: NodeFunction, deadLetters: Queue): Role {
    const role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("scheduler.amazonaws.com", {
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
      }),
    });
    role.addToPolicy(new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [target.functionArn] }));
    role.addToPolicy(new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [deadLetters.queueArn] }));
    return role;
  }
}

import { Duration } from "aws-cdk-lib";
import type { IMetric } from "aws-cdk-lib/aws-cloudwatch";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { type AlarmText, RunbookAlarm } from "./alarm.ts";
import { SetAsideQueue } from "./set-aside-queue.ts";

export interface QueueConsumerProps {
  /** The consumer's own timeout; the queue hides messages six times as long, plus the batching window. */
  readonly consumerTimeout: Duration;
  /** Most records one invocation gets. */
  readonly batchSize: number;
  /** How long a batch may be gathered. @default no waiting */
  readonly batchingWindow?: Duration;
  /** Most invocations at once, 2 or more. */
  readonly maxConcurrency: number;
  /** Deliveries before a record is set aside. @default 5 */
  readonly maxReceiveCount?: number;
  /** How long each new message stays hidden. @default none */
  readonly deliveryDelay?: Duration;
  /** The oldest message is older than this: the consumer does not keep up. */
  readonly oldAfter: Duration;
  readonly old: AlarmText;
  readonly setAside: AlarmText;
}

/** Standard queues keep the age of a message when it moves to the dead letters, so these must keep longer. */
const retention = Duration.days(4);

/** A queue with everything that reading it by a function needs: dead letters, times that fit, alarms. */
export class QueueConsumer extends Construct {
  readonly queue: Queue;
  readonly deadLetters: SetAsideQueue;
  readonly #props: QueueConsumerProps;

  constructor(scope: Construct, id: string, props: QueueConsumerProps) {
    super(scope, id);
    const { consumerTimeout, batchingWindow = Duration.seconds(0), deliveryDelay = Duration.seconds(0) } = props;
    this.#props = props;
    this.deadLetters = new SetAsideQueue(this, "DeadLetters");
    this.queue = new Queue(this, "Queue", {
      visibilityTimeout: Duration.seconds(6 * consumerTimeout.toSeconds()).plus(batchingWindow),
      retentionPeriod: retention,
      deliveryDelay,
      enforceSSL: true,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: props.maxReceiveCount ?? 5 },
    });
    new RunbookAlarm(this, "Old", {
      ...props.old,
      metric: this.queue.metricApproximateAgeOfOldestMessage(),
      threshold: props.oldAfter.toSeconds(),
    });
  }

  /** @param arrived - counts messages that came to the dead letters; their depth shows none, since they are read */
  alarmOnDeadLetters(arrived: IMetric): void {
    new RunbookAlarm(this, "SetAside", { ...this.#props.setAside, metric: arrived, threshold: 1 });
  }

  /** Starts the reading. Not part of the constructor: a consumer may need the queue's address in its environment. */
  consumedBy(consumer: IFunction): void {
    const { batchSize, batchingWindow = Duration.seconds(0), maxConcurrency } = this.#props;
    consumer.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize,
        maxBatchingWindow: batchingWindow,
        reportBatchItemFailures: true,
        // Never reserved concurrency: its throttles raise receive counts until good mail is set aside.
        maxConcurrency,
      }),
    );
  }
}

/** Messages that wait in a queue. */
export function depth(queue: Queue) {
  return queue.metricApproximateNumberOfMessagesVisible({ statistic: "Maximum" });
}

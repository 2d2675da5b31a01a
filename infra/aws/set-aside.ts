import { Duration } from "aws-cdk-lib";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Construct } from "constructs";
import type { Configuration } from "../../shared/contracts/configuration.ts";
import type { SetAsideEnvironment, Variables } from "../../shared/contracts/environment.ts";
import { type OriginQueue, originQueues } from "../../shared/domain/set-aside/set-aside.ts";
import { RunbookAlarm } from "./alarm.ts";
import { logMetric } from "./log-metric.ts";
import { NodeFunction } from "./node-function.ts";
import type { QueueConsumer } from "./queue-consumer.ts";
import { type SetAsideQueue, setAsideTimeout } from "./set-aside-queue.ts";

/** The queues of the system: those that are consumed, with dead letters behind each, and quarantine. */
export interface MailQueues {
  readonly consumers: Readonly<Record<OriginQueue, QueueConsumer>>;
  readonly quarantine: SetAsideQueue;
}

export interface SetAsideProps {
  readonly configuration: Configuration;
  readonly held: TableV2;
  readonly queues: MailQueues;
}

/** The ways into the list of what was set aside, as functions are told of them. */
export function setAsideVariables({
  consumers,
  quarantine,
}: MailQueues): Omit<Variables<SetAsideEnvironment>, "HELD_TABLE"> {
  return {
    QUARANTINE_QUEUE_URL: quarantine.queueUrl,
    SEND_DEAD_LETTERS_URL: consumers.send.deadLetters.queueUrl,
    PARKED_DEAD_LETTERS_URL: consumers.parked.deadLetters.queueUrl,
    FEEDBACK_DEAD_LETTERS_URL: consumers.feedback.deadLetters.queueUrl,
    PROOF_DEAD_LETTERS_URL: consumers.proof.deadLetters.queueUrl,
  };
}

/** Something may lie this long on its way in before somebody is told that nobody reads it. */
const oldAfter = Duration.minutes(30);
/** What came, and what failed, is told once for so long. */
const arrivalsOf = Duration.minutes(15);
const failuresOf = Duration.minutes(15);

const metricNames: Readonly<Record<OriginQueue, string>> = {
  send: "SendDeadLetters",
  parked: "ParkedDeadLetters",
  feedback: "FeedbackDeadLetters",
  proof: "ProofDeadLetters",
};

/** Puts quarantine and dead letters on a list: SQS can be neither listed nor searched, and forgets after 14 days. */
export class SetAside extends Construct {
  constructor(scope: Construct, id: string, props: SetAsideProps) {
    super(scope, id);
    const reader = this.#function(props);
    const { quarantine, consumers } = props.queues;
    this.#reads("Quarantine", quarantine, reader);
    for (const name of originQueues) {
      const consumer = consumers[name];
      this.#reads(metricNames[name], consumer.deadLetters, reader);
      const arrived = logMetric(this, metricNames[name], {
        function: reader,
        code: "SET_ASIDE",
        where: { from: { is: `${name}-dead-letters` } },
        field: "messages",
      });
      consumer.alarmOnDeadLetters(arrived.metric({ statistic: "Sum", period: arrivalsOf }));
    }
    this.#alarmOnFailures(reader);
  }

  #reads(name: string, queue: SetAsideQueue, reader: NodeFunction): void {
    reader.addEventSource(
      new SqsEventSource(queue, { batchSize: 10, reportBatchItemFailures: true, maxConcurrency: 2 }),
    );
    new RunbookAlarm(this, `${name}Old`, {
      title: "Quarantine or dead letters are not being put on their list",
      impact: "They lie on their queue, where nobody can see them, and are lost 14 days after they were sent.",
      runbookAnchor: "set-aside-failing",
      metric: queue.metricApproximateAgeOfOldestMessage(),
      threshold: oldAfter.toSeconds(),
    });
  }

  #function({ configuration, held, queues }: SetAsideProps): NodeFunction {
    const reader = new NodeFunction(this, "Function", {
      folder: "set-aside",
      description: "Puts what comes to quarantine and to dead letters on a list, with its body",
      configuration,
      timeout: setAsideTimeout,
      environment: {
        HELD_TABLE: held.tableName,
        ...setAsideVariables(queues),
      } satisfies Variables<SetAsideEnvironment>,
    });
    reader.allow(["dynamodb:PutItem"], [held.tableArn]);
    return reader;
  }

  /** What cannot be kept comes again and again; a run that ends without a word shows in the platform's count only. */
  #alarmOnFailures(reader: NodeFunction): void {
    const failed = logMetric(this, "SetAsideFailed", { function: reader, code: "SET_ASIDE_FAILED" });
    const text = {
      title: "Quarantine or dead letters cannot be put on their list",
      impact: "They stay on their queues, where nobody can see them, and are lost 14 days after they were sent.",
      runbookAnchor: "set-aside-failing",
    };
    const metric = failed.metric({ statistic: "Sum", period: failuresOf });
    new RunbookAlarm(this, "Failed", { ...text, metric, threshold: 1 });
    new RunbookAlarm(this, "Errors", { ...text, metric: reader.metricErrors({ period: failuresOf }), threshold: 1 });
  }
}

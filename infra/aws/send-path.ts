import { ArnFormat, Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { AttributeType, type TablePropsV2, TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { RecursiveLoop } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import type { Configuration } from "../../shared/contracts/configuration.ts";
import type { DispatcherEnvironment, Variables } from "../../shared/contracts/environment.ts";
import { heldByDue } from "../../shared/contracts/tables.ts";
import { DispatchAlarms } from "./dispatch-alarms.ts";
import { NodeFunction } from "./node-function.ts";
import { QueueConsumer } from "./queue-consumer.ts";
import type { Routes } from "./routes.ts";
import { SetAsideQueue } from "./set-aside-queue.ts";

export interface SendPathProps {
  readonly configuration: Configuration;
  readonly routes: Routes;
}

/** Longest run of one dispatcher batch. Proof of sending waits longer than this (feedback-path.ts). */
export const dispatcherTimeout = Duration.seconds(30);
/** Dispatcher invocations at once on the send queue: with SEND_CONCURRENCY this bounds the SES calls open at once. */
const dispatcherConcurrency = 5;
/** And on the parked queue. */
const parkedConcurrency = 2;
/** Of what one invocation may take for a call to SES; the rest is for reserving, the receipt and the answer. */
const sendTimeoutMs = 10_000;
const sendConcurrency = 10;

const pk = { name: "pk", type: AttributeType.STRING };
const sk = { name: "sk", type: AttributeType.STRING };

/** Held mail by the moment it is due, so that nothing waits longer than it may. */
const byDue = {
  indexName: heldByDue.name,
  partitionKey: pk,
  sortKey: { name: heldByDue.sortKey, type: AttributeType.NUMBER },
};

/** From the send queue to SES: the queues, the tables that keep count, the dispatcher. */
export class SendPath extends Construct {
  readonly send: QueueConsumer;
  readonly parked: QueueConsumer;
  readonly quarantine: SetAsideQueue;
  readonly state: TableV2;
  readonly ledger: TableV2;
  readonly held: TableV2;

  constructor(scope: Construct, id: string, props: SendPathProps) {
    super(scope, id);
    this.state = this.#table("StateTable", { partitionKey: pk, sortKey: sk });
    this.ledger = this.#table("LedgerTable", { partitionKey: pk, timeToLiveAttribute: "expiresAt" });
    this.held = this.#table("HeldTable", {
      partitionKey: pk,
      sortKey: sk,
      timeToLiveAttribute: "expiresAt",
      globalSecondaryIndexes: [byDue],
    });
    this.send = this.#sendQueue();
    this.parked = this.#parkedQueue();
    this.quarantine = new SetAsideQueue(this, "QuarantineQueue");

    const dispatcher = this.#dispatcher(props.configuration);
    this.send.consumedBy(dispatcher);
    this.parked.consumedBy(dispatcher);
    this.#allow(dispatcher, props);
    new DispatchAlarms(this, "Alarms", dispatcher);
  }

  /** Mail and its history outlive the stack: deleting them is a decision of its own. */
  #table(id: string, keys: TablePropsV2): TableV2 {
    return new TableV2(this, id, {
      ...keys,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  #sendQueue(): QueueConsumer {
    return new QueueConsumer(this, "Send", {
      consumerTimeout: dispatcherTimeout,
      batchSize: 25, // fills one receipt and one reservation per provider better than any tuning of the calls
      batchingWindow: Duration.seconds(1),
      maxConcurrency: dispatcherConcurrency,
      maxReceiveCount: 10, // a message may meet a batch that is still at work, or a moment without SES
      oldAfter: Duration.minutes(15),
      old: {
        title: "Mail waits on the send queue for more than 15 minutes",
        impact: "All mail of the deployment is late, password resets and receipts too.",
        runbookAnchor: "send-queue-old",
      },
      setAside: {
        title: "Mail came to the send queue's dead letters",
        impact: "This mail was not sent and will not be until somebody puts it back.",
        runbookAnchor: "send-dead-letters",
      },
    });
  }

  /** Mail of which nobody knows whether SES took it, until proof comes or its wait ends. */
  #parkedQueue(): QueueConsumer {
    return new QueueConsumer(this, "Parked", {
      consumerTimeout: dispatcherTimeout,
      batchSize: 10,
      maxConcurrency: parkedConcurrency,
      // Longer waits park again as a new message, so an age above the longest delay (15 minutes) is trouble.
      oldAfter: Duration.minutes(30),
      old: {
        title: "Parked mail is not looked at",
        impact:
          "Mail with an unknown outcome, or stopped by SES (quota, pause, permissions), is neither settled nor sent.",
        runbookAnchor: "parked-queue-old",
      },
      setAside: {
        title: "Mail came to the parked queue's dead letters",
        impact: "This mail was not sent, or nobody knows whether it was, and nothing will find out by itself any more.",
        runbookAnchor: "parked-dead-letters",
      },
    });
  }

  #dispatcher(configuration: Configuration): NodeFunction {
    return new NodeFunction(this, "Dispatcher", {
      folder: "dispatcher",
      description: "Chooses for each message where it leaves from, and sends it",
      configuration,
      timeout: dispatcherTimeout,
      memorySize: 512,
      // It parks mail on a queue it reads itself. Lambda takes the 16th turn of that for a runaway loop and would put
      // mail that waits for proof for hours into the dead letters; here the stream's unknown wait ends it.
      recursiveLoop: RecursiveLoop.ALLOW,
      environment: {
        STATE_TABLE: this.state.tableName,
        LEDGER_TABLE: this.ledger.tableName,
        HELD_TABLE: this.held.tableName,
        SEND_QUEUE_URL: this.send.queue.queueUrl,
        PARKED_QUEUE_URL: this.parked.queue.queueUrl,
        QUARANTINE_QUEUE_URL: this.quarantine.queueUrl,
        SEND_TIMEOUT_MS: String(sendTimeoutMs),
        SEND_CONCURRENCY: String(sendConcurrency),
        MOST_SENDERS: String(dispatcherConcurrency + parkedConcurrency),
      } satisfies Variables<DispatcherEnvironment>,
    });
  }

  /** Reading its queues comes with the event sources. No Put on SES: only the ramp changes pools. */
  #allow(dispatcher: NodeFunction, { configuration, routes }: SendPathProps): void {
    const ses = (resource: string, resourceName: string) =>
      Stack.of(this).formatArn({ service: "ses", resource, resourceName, arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
    // SES checks the identity and the configuration set: with one of them alone every send is refused.
    dispatcher.allow(
      ["ses:SendEmail", "ses:SendRawEmail"],
      [
        ...configuration.identities.map((identity) => ses("identity", identity)),
        ...routes.configurationSetArns,
        ses("template", "*"),
      ],
    );
    dispatcher.acknowledgeWildcard(
      "arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:template/*",
      "Applications name their SES templates in each message; the stack does not know the names.",
    );
    dispatcher.allow(["dynamodb:GetItem", "dynamodb:UpdateItem", "dynamodb:Query"], [this.state.tableArn]);
    dispatcher.allow(["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:PutItem"], [this.ledger.tableArn]);
    dispatcher.allow(["dynamodb:PutItem", "dynamodb:UpdateItem"], [this.held.tableArn]);
    dispatcher.allow(["sqs:SendMessage"], [this.parked.queue.queueArn, this.quarantine.queueArn]);
  }
}

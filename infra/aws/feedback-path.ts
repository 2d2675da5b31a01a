import { Duration } from "aws-cdk-lib";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { ConfigurationSetEventDestination, EmailSendingEvent, EventDestination } from "aws-cdk-lib/aws-ses";
import { Topic } from "aws-cdk-lib/aws-sns";
import { SqsSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import type { Configuration } from "../../shared/contracts/configuration.ts";
import type { FeedbackEnvironment, Variables } from "../../shared/contracts/environment.ts";
import { FeedbackAlarms } from "./feedback-alarms.ts";
import { NodeFunction } from "./node-function.ts";
import { QueueConsumer } from "./queue-consumer.ts";
import type { Routes } from "./routes.ts";
import { dispatcherTimeout } from "./send-path.ts";

export interface FeedbackPathProps {
  readonly configuration: Configuration;
  readonly routes: Routes;
  readonly state: TableV2;
  readonly ledger: TableV2;
}

/**
 * Always listed: a destination without a list gets every type, and open and click tracking would change the mail.
 */
const feedbackEvents = [
  EmailSendingEvent.DELIVERY,
  EmailSendingEvent.BOUNCE,
  EmailSendingEvent.COMPLAINT,
  EmailSendingEvent.DELIVERY_DELAY,
  EmailSendingEvent.REJECT,
  EmailSendingEvent.RENDERING_FAILURE,
];
const proofEvents = [EmailSendingEvent.SEND];

/** Longer than a dispatcher's run, so that its receipt is written before anyone asks whether one is missing. */
const proofDelay = dispatcherTimeout.plus(Duration.seconds(30));

/** Short, so that what a dead run leaves comes again (after six times this) before an unknown outcome stops waiting. */
const feedbackTimeout = Duration.seconds(30);
/** Many events fold into one write per pool and day. */
const reading = { consumerTimeout: feedbackTimeout, batchSize: 100, batchingWindow: Duration.seconds(5) };

/** What became of the mail: SES events to the feedback function, by topics and queues that lose nothing. */
export class FeedbackPath extends Construct {
  readonly feedback: QueueConsumer;
  readonly proof: QueueConsumer;

  constructor(scope: Construct, id: string, props: FeedbackPathProps) {
    super(scope, id);
    this.feedback = this.#feedbackQueue();
    this.proof = this.#proofQueue();
    this.#publish(props.routes, "feedback", this.feedback, feedbackEvents);
    this.#publish(props.routes, "proof", this.proof, proofEvents);
    const feedback = this.#function(props);
    this.feedback.consumedBy(feedback);
    this.proof.consumedBy(feedback);
  }

  #feedbackQueue(): QueueConsumer {
    return new QueueConsumer(this, "Feedback", {
      ...reading,
      maxConcurrency: 5,
      oldAfter: Duration.minutes(10),
      old: {
        title: "SES events wait for more than 10 minutes",
        impact: "Refusals are counted late: the ramp decides on too good a picture of what providers take.",
        runbookAnchor: "feedback-queue-old",
      },
      setAside: {
        title: "SES events came to the feedback dead letters",
        impact: "Bounces and complaints among them are not counted, so the ramp decides on too good a picture.",
        runbookAnchor: "feedback-dead-letters",
      },
    });
  }

  #proofQueue(): QueueConsumer {
    return new QueueConsumer(this, "Proof", {
      ...reading,
      maxConcurrency: 2,
      deliveryDelay: proofDelay,
      oldAfter: Duration.minutes(10),
      old: {
        title: "Proof of sending waits for more than 10 minutes",
        impact: "Mail with an unknown outcome finds its proof too late and may be sent a second time.",
        runbookAnchor: "proof-queue-old",
      },
      setAside: {
        title: "Proof of sending came to dead letters",
        impact: "Mail with an unknown outcome cannot be settled and may be sent a second time.",
        runbookAnchor: "proof-dead-letters",
      },
    });
  }

  /** From every configuration set, through a topic (SES knows no queue), to a queue. */
  #publish(routes: Routes, kind: "feedback" | "proof", to: QueueConsumer, events: EmailSendingEvent[]): void {
    const topic = new Topic(this, kind === "feedback" ? "FeedbackTopic" : "ProofTopic", { enforceSSL: true });
    topic.addSubscription(new SqsSubscription(to.queue, { rawMessageDelivery: true }));
    for (const [name, configurationSet] of routes.configurationSets) {
      // Grants SES the publishing for this account and this configuration set only.
      new ConfigurationSetEventDestination(this, `${name}-${kind}`, {
        configurationSet,
        configurationSetEventDestinationName: `${name}-${kind}`,
        destination: EventDestination.snsTopic(topic),
        events,
      });
    }
  }

  #function({ configuration, state, ledger }: FeedbackPathProps): NodeFunction {
    const feedback = new NodeFunction(this, "Function", {
      folder: "feedback",
      description: "Reads what became of the mail, puts on brakes, and keeps proof of sending",
      configuration,
      timeout: feedbackTimeout,
      // A new instance reads two days of signs, one by one, when a provider first refuses.
      memorySize: 1_024,
      environment: {
        STATE_TABLE: state.tableName,
        LEDGER_TABLE: ledger.tableName,
      } satisfies Variables<FeedbackEnvironment>,
    });
    // An IP that mail left by and that does not belong is held against its pool at once.
    feedback.allow(["dynamodb:UpdateItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"], [state.tableArn]);
    feedback.allow(["dynamodb:GetItem", "dynamodb:UpdateItem", "dynamodb:BatchWriteItem"], [ledger.tableArn]);
    feedback.allowEvents();
    new FeedbackAlarms(this, "Alarms", feedback);
    return feedback;
  }
}

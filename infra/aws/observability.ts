import { Duration, Stack } from "aws-cdk-lib";
import {
  AlarmStatusWidget,
  CustomWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  Metric,
} from "aws-cdk-lib/aws-cloudwatch";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { Configuration } from "../../shared/contracts/configuration.ts";
import type { ConsoleEnvironment, Variables } from "../../shared/contracts/environment.ts";
import { alarmsWithin, RunbookAlarm } from "./alarm.ts";
import { NodeFunction } from "./node-function.ts";
import { depth } from "./queue-consumer.ts";
import { type MailQueues, setAsideVariables } from "./set-aside.ts";

export interface ObservabilityProps {
  readonly configuration: Configuration;
  readonly state: TableV2;
  readonly held: TableV2;
  readonly queues: MailQueues;
}

/** What an operator sees: the console in a dashboard, and the alarms of the whole system. Comes last in the tree. */
export class Observability extends Construct {
  readonly alarmTopic: Topic;
  readonly dashboard: Dashboard;
  readonly dashboardUrl: string;

  constructor(scope: Construct, id: string, props: ObservabilityProps) {
    super(scope, id);
    const reputation = this.#accountReputation();
    const alarms = alarmsWithin(scope);
    this.alarmTopic = this.#topicOf(alarms);
    this.dashboard = this.#dashboard(props, alarms, reputation);
    const { region } = Stack.of(this);
    this.dashboardUrl = `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/${this.dashboard.dashboardName}`;
  }

  /** The outer wall: SES reviews and pauses whole accounts by these two rates, whatever route the mail took. */
  #accountReputation(): IMetric[] {
    const rate = (metricName: string) =>
      new Metric({ namespace: "AWS/SES", metricName, statistic: "Maximum", period: Duration.hours(1) });
    const bounces = rate("Reputation.BounceRate");
    const complaints = rate("Reputation.ComplaintRate");
    new RunbookAlarm(this, "AccountBounceRate", {
      title: "The account's bounce rate has reached 5 %",
      impact: "SES puts an account under review at this rate and may pause all its sending at 10 %.",
      runbookAnchor: "account-bounce-rate",
      metric: bounces,
      threshold: 0.05,
    });
    new RunbookAlarm(this, "AccountComplaintRate", {
      title: "The account's complaint rate has reached 0.1 %",
      impact: "SES puts an account under review at this rate and may pause all its sending at 0.5 %.",
      runbookAnchor: "account-complaint-rate",
      metric: complaints,
      threshold: 0.001,
    });
    return [bounces, complaints];
  }

  /** One topic to subscribe to: an alarm that nobody hears is none. */
  #topicOf(alarms: readonly RunbookAlarm[]): Topic {
    const topic = new Topic(this, "AlarmTopic", { enforceSSL: true });
    // Enforcing TLS writes a policy, which takes the place of the one that lets the account's alarms publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        actions: ["sns:Publish"],
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
        resources: [topic.topicArn],
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
      }),
    );
    for (const alarm of alarms) alarm.tell(topic);
    return topic;
  }

  #dashboard(props: ObservabilityProps, alarms: readonly RunbookAlarm[], reputation: IMetric[]): Dashboard {
    const { functionArn } = this.#console(props);
    const queues = Object.entries(props.queues.consumers).map(([label, { queue }]): [string, Queue] => [label, queue]);
    const ages = queues.map(([label, queue]) => queue.metricApproximateAgeOfOldestMessage({ label }));
    const depths = queues.map(([label, queue]) => depth(queue).with({ label }));
    return new Dashboard(this, "Dashboard", {
      widgets: [
        [new CustomWidget({ title: "Warm-up", functionArn, width: 24, height: 16 })],
        [new AlarmStatusWidget({ title: "Alarms", alarms: [...alarms], width: 24 })],
        [
          new GraphWidget({ title: "Oldest message (seconds)", left: ages, width: 8 }),
          new GraphWidget({ title: "Messages waiting", left: depths, width: 8 }),
          new GraphWidget({ title: "Account reputation (rate)", left: reputation, width: 8 }),
        ],
      ],
    });
  }

  #console({ configuration, state, held, queues }: ObservabilityProps): NodeFunction {
    const { consumers, quarantine } = queues;
    const { send, parked } = consumers;
    const deadLetters = Object.values(consumers).map((consumer) => consumer.deadLetters);
    const page = new NodeFunction(this, "Console", {
      folder: "console",
      description: "Draws the operator's page for the dashboard",
      configuration,
      timeout: Duration.seconds(10),
      environment: {
        STATE_TABLE: state.tableName,
        HELD_TABLE: held.tableName,
        SEND_QUEUE_URL: send.queue.queueUrl,
        PARKED_QUEUE_URL: parked.queue.queueUrl,
        ...setAsideVariables(queues),
      } satisfies Variables<ConsoleEnvironment>,
    });
    page.allow(["dynamodb:Query", "dynamodb:GetItem", "dynamodb:BatchGetItem"], [state.tableArn]);
    page.allow(["dynamodb:Query"], [held.tableArn]);
    page.allow(
      ["sqs:GetQueueAttributes"],
      [send.queue, parked.queue, quarantine, ...deadLetters].map(({ queueArn }) => queueArn),
    );
    return page;
  }
}

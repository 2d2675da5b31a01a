import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceInUseException,
  UpdateTableCommand,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { deployMail } from "./deploy-mail.ts";
import type { Permissions } from "./permissions/permissions.ts";
import { serviceMay } from "./permissions/refusal.ts";
import { QueueProperties, SubscriptionProperties, TableProperties } from "./template/declarations.ts";
import { type Resolver, region } from "./template/resolve.ts";
import { declared, type Template } from "./template/template.ts";

/** Clients of the engines that resources are made in. */
export interface EngineClients {
  readonly tables: DynamoDBClient;
  readonly queues: SQSClient;
  readonly topics: SNSClient;
  readonly mail: SESv2Client;
}

const signedBy = (accessKeyId: string) => ({ region, credentials: { accessKeyId, secretAccessKey: "local" } });

/** @param caller - in whose name it calls: a function's, for what Lambda does with the function's role */
export function queueClient(endpoint: string, caller: string): SQSClient {
  return new SQSClient({ ...signedBy(caller), endpoint });
}

/** Clients of engines at loopback addresses. They sign with a key that names the local runner. */
export function engineClients(urls: { tables: string; queues: string; mail: string }): EngineClients {
  const common = signedBy("local-runner");
  return {
    tables: new DynamoDBClient({ ...common, endpoint: urls.tables }),
    queues: queueClient(urls.queues, "local-runner"),
    topics: new SNSClient({ ...common, endpoint: urls.queues }),
    mail: new SESv2Client({ ...common, endpoint: urls.mail }),
  };
}

/** A template, how its values are found here, and who may do what. */
export interface Deployment {
  readonly template: Template;
  readonly resolve: Resolver;
  readonly permissions: Permissions;
}

/**
 * Makes what the template declares and the engines do not have yet; safe to repeat over kept data.
 * @throws when events could not get through: the policy on a topic or queue does not let SES or SNS in
 */
export async function deploy(
  { template, resolve, permissions }: Deployment,
  clients: EngineClients,
  identities: readonly string[],
): Promise<void> {
  for (const { id, properties } of declared(template, "AWS::DynamoDB::GlobalTable")) {
    await createTable(clients.tables, id, TableProperties.parse(resolve(properties)));
  }
  const queues = declared(template, "AWS::SQS::Queue").map(({ id, properties }) => ({
    id,
    properties: QueueProperties.parse(resolve(properties)),
  }));
  // Dead letters first: a redrive policy names a queue that must exist.
  for (const { id, properties } of queues.toSorted((one, other) => redriven(one) - redriven(other))) {
    await clients.queues.send(new CreateQueueCommand({ QueueName: id, Attributes: queueAttributes(properties) }));
  }
  for (const { id } of declared(template, "AWS::SNS::Topic")) {
    await clients.topics.send(new CreateTopicCommand({ Name: id }));
  }
  // A subscription to anything but a queue (an operator's own alarm address) is AWS's matter.
  for (const { properties } of declared(template, "AWS::SNS::Subscription")) {
    const { TopicArn, Protocol, Endpoint, RawMessageDelivery } = SubscriptionProperties.parse(resolve(properties));
    const delivery = { service: "sns.amazonaws.com", action: "sqs:SendMessage", resource: Endpoint, source: TopicArn };
    if (!serviceMay(permissions, delivery))
      throw new Error(`AccessDenied: SNS may not send from ${TopicArn} to ${Endpoint}`);
    const Attributes = { RawMessageDelivery: String(RawMessageDelivery) };
    await clients.topics.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint, Attributes }));
  }
  await deployMail({ template, resolve, permissions }, clients.mail, identities);
}

type Queue = ReturnType<typeof QueueProperties.parse>;

function redriven({ properties }: { properties: Queue }): number {
  return properties.RedrivePolicy === undefined ? 0 : 1;
}

function queueAttributes({ RedrivePolicy, ...times }: Queue): Record<string, string> {
  return {
    ...Object.fromEntries(Object.entries(times).map(([name, value]) => [name, String(value)])),
    ...(RedrivePolicy !== undefined && { RedrivePolicy: JSON.stringify(RedrivePolicy) }),
  };
}

/** Makes a table, or makes sure that it is there whole. */
export async function createTable(
  client: DynamoDBClient,
  TableName: string,
  table: ReturnType<typeof TableProperties.parse>,
): Promise<void> {
  try {
    await client.send(new CreateTableCommand({ TableName, BillingMode: "PAY_PER_REQUEST", ...table }));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
    await finishTable(client, TableName);
  }
}

/** dynalite forgets a table whose making a kill cut off: it stays as one that is being made. Any change finishes it. */
async function finishTable(client: DynamoDBClient, TableName: string): Promise<void> {
  const { Table: table } = await client.send(new DescribeTableCommand({ TableName }));
  if (table?.TableStatus !== "CREATING") return;
  const ProvisionedThroughput = { ReadCapacityUnits: 1, WriteCapacityUnits: 1 };
  await client.send(new UpdateTableCommand({ TableName, BillingMode: "PROVISIONED", ProvisionedThroughput }));
  await waitUntilTableExists({ client, minDelay: 0.1, maxDelay: 0.1, maxWaitTime: 10 }, { TableName });
}

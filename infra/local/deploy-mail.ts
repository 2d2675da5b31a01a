import {
  AlreadyExistsException,
  CreateConfigurationSetCommand,
  CreateConfigurationSetEventDestinationCommand,
  CreateDedicatedIpPoolCommand,
  CreateEmailIdentityCommand,
  type EventType,
  type SESv2Client,
} from "@aws-sdk/client-sesv2";
import type { Deployment } from "./deploy.ts";
import { serviceMay } from "./permissions/refusal.ts";
import {
  ConfigurationSetProperties,
  DedicatedIpPoolProperties,
  EventDestinationProperties,
} from "./template/declarations.ts";
import { account, region } from "./template/resolve.ts";
import { declared } from "./template/template.ts";

/** Makes SES's part of a template: pools, configuration sets, event destinations; and verifies the identities. */
export async function deployMail(
  { template, resolve, permissions }: Deployment,
  ses: SESv2Client,
  identities: readonly string[],
): Promise<void> {
  const properties = (type: string): unknown[] => declared(template, type).map((each) => resolve(each.properties));
  for (const EmailIdentity of identities) {
    await unlessThere(ses.send(new CreateEmailIdentityCommand({ EmailIdentity })));
  }
  for (const each of properties("AWS::SES::DedicatedIpPool")) {
    await unlessThere(ses.send(new CreateDedicatedIpPoolCommand(DedicatedIpPoolProperties.parse(each))));
  }
  for (const each of properties("AWS::SES::ConfigurationSet")) {
    const { Name, ...options } = ConfigurationSetProperties.parse(each);
    const set = { ConfigurationSetName: Name, ...options };
    await unlessThere(ses.send(new CreateConfigurationSetCommand(set)));
  }
  for (const each of properties("AWS::SES::ConfigurationSetEventDestination")) {
    const wanted = destination(each);
    const { ConfigurationSetName: set, EventDestination: to } = wanted;
    const resource = to.SnsDestination.TopicArn;
    const source = `arn:aws:ses:${region}:${account}:configuration-set/${set}`;
    const publishing = { service: "ses.amazonaws.com", action: "sns:Publish", resource, source };
    if (!serviceMay(permissions, publishing))
      throw new Error(`AccessDenied: SES may not publish events of ${set} to ${resource}`);
    await unlessThere(ses.send(new CreateConfigurationSetEventDestinationCommand(wanted)));
  }
}

function destination(properties: unknown) {
  const { ConfigurationSetName, EventDestination } = EventDestinationProperties.parse(properties);
  const { Name, Enabled, MatchingEventTypes, SnsDestination } = EventDestination;
  return {
    ConfigurationSetName,
    EventDestinationName: Name ?? "events",
    EventDestination: {
      Enabled,
      MatchingEventTypes: MatchingEventTypes.map(apiName),
      SnsDestination: { TopicArn: SnsDestination.TopicARN },
    },
  };
}

const eventTypes: readonly EventType[] = [
  "BOUNCE",
  "CLICK",
  "COMPLAINT",
  "DELIVERY",
  "DELIVERY_DELAY",
  "OPEN",
  "REJECT",
  "RENDERING_FAILURE",
  "SEND",
  "SUBSCRIPTION",
];

/** CloudFormation writes `deliveryDelay`, the API `DELIVERY_DELAY`. */
function apiName(name: string): EventType {
  const upper = name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  const found = eventTypes.find((type) => type === upper);
  if (found === undefined) throw new Error(`${name}: SES has no such event type`);
  return found;
}

async function unlessThere(creation: Promise<unknown>): Promise<void> {
  try {
    await creation;
  } catch (error) {
    if (!(error instanceof AlreadyExistsException)) throw error;
  }
}

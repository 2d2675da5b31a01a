import * as z from "zod";
import type { SesContext } from "../context.ts";
import { control, type Operation } from "../operation.ts";
import { badRequest, notFound, SesError } from "../ses-error.ts";
import { type ConfigurationSet, type EventDestination, EventType } from "../state/registry.ts";
import { findSet } from "./configuration-sets.ts";

const maxDestinations = 10;
const OneSet = z.object({ ConfigurationSetName: z.string() });
const OneDestination = OneSet.extend({ EventDestinationName: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/) });
/** Open: a kind of destination that is not known here must be refused by name, not passed over. */
const Definition = z.looseObject({
  Enabled: z.boolean().optional(),
  MatchingEventTypes: z.array(EventType).optional(),
  SnsDestination: z.object({ TopicArn: z.string().startsWith("arn:") }).optional(),
});
const WithDefinition = OneDestination.extend({ EventDestination: Definition });

function topicOf(definition: z.infer<typeof Definition>): string | undefined {
  const other = Object.keys(definition).find((key) => key.endsWith("Destination") && key !== "SnsDestination");
  if (other !== undefined) {
    throw badRequest(`The local SES engine publishes events to SNS only; ${other} is not supported.`);
  }
  return definition.SnsDestination?.TopicArn;
}

function findDestination(set: ConfigurationSet, name: string): EventDestination {
  const found = set.destinations.find((destination) => destination.name === name);
  if (found === undefined) throw notFound(`Event destination <${name}> does not exist.`);
  return found;
}

/** Puts a destination in the place of the one with its name, or takes that one away. */
function replace({ registry }: SesContext, set: ConfigurationSet, name: string, by: EventDestination[]): object {
  const others = set.destinations.filter((destination) => destination.name !== name);
  registry.sets.put(set.name, { ...set, destinations: [...others, ...by] });
  return {};
}

function create(context: SesContext, input: z.infer<typeof WithDefinition>): object {
  const set = findSet(context, input.ConfigurationSetName);
  const { EventDestinationName: name, EventDestination: definition } = input;
  if (set.destinations.some((destination) => destination.name === name)) {
    throw new SesError("AlreadyExistsException", `Event destination <${name}> already exists.`);
  }
  if (set.destinations.length >= maxDestinations)
    throw new SesError("LimitExceededException", "Too many event destinations.");
  const topicArn = topicOf(definition);
  const types = definition.MatchingEventTypes ?? [];
  if (topicArn === undefined) throw badRequest("EventDestination needs SnsDestination.");
  if (types.length === 0) throw badRequest("EventDestination needs MatchingEventTypes.");
  context.emitter.validated(topicArn);
  return replace(context, set, name, [{ name, enabled: definition.Enabled === true, types, topicArn }]);
}

function update(context: SesContext, input: z.infer<typeof WithDefinition>): object {
  const set = findSet(context, input.ConfigurationSetName);
  const was = findDestination(set, input.EventDestinationName);
  const { Enabled: enabled = was.enabled, MatchingEventTypes: types = was.types } = input.EventDestination;
  const topicArn = topicOf(input.EventDestination) ?? was.topicArn;
  return replace(context, set, was.name, [{ ...was, enabled, types, topicArn }]);
}

const ofSet = "/configuration-sets/{ConfigurationSetName}/event-destinations";
const ofDestination = `${ofSet}/{EventDestinationName}`;

export const eventDestinationOperations: Operation[] = [
  control({ action: "CreateConfigurationSetEventDestination", method: "POST", path: ofSet }, WithDefinition, create),
  control({ action: "GetConfigurationSetEventDestinations", method: "GET", path: ofSet }, OneSet, (context, input) => ({
    EventDestinations: findSet(context, input.ConfigurationSetName).destinations.map((destination) => ({
      Name: destination.name,
      Enabled: destination.enabled,
      MatchingEventTypes: destination.types,
      SnsDestination: { TopicArn: destination.topicArn },
    })),
  })),
  control(
    { action: "UpdateConfigurationSetEventDestination", method: "PUT", path: ofDestination },
    WithDefinition,
    update,
  ),
  control(
    { action: "DeleteConfigurationSetEventDestination", method: "DELETE", path: ofDestination },
    OneDestination,
    (context, input) => {
      const set = findSet(context, input.ConfigurationSetName);
      return replace(context, set, findDestination(set, input.EventDestinationName).name, []);
    },
  ),
];

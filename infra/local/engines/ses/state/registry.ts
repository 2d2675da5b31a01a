import type { DatabaseSync } from "node:sqlite";
import * as z from "zod";
import { Documents } from "./documents.ts";

/** Event types as the API names them. */
export const EventType = z.enum([
  "SEND",
  "REJECT",
  "BOUNCE",
  "COMPLAINT",
  "DELIVERY",
  "OPEN",
  "CLICK",
  "RENDERING_FAILURE",
  "DELIVERY_DELAY",
  "SUBSCRIPTION",
]);
export type EventType = z.infer<typeof EventType>;

export const SuppressionReason = z.enum(["BOUNCE", "COMPLAINT"]);
export type SuppressionReason = z.infer<typeof SuppressionReason>;

const EventDestination = z.object({
  name: z.string(),
  enabled: z.boolean(),
  types: z.array(EventType),
  topicArn: z.string(),
});
export type EventDestination = z.infer<typeof EventDestination>;

export const Tag = z.object({ Key: z.string(), Value: z.string() });

const ConfigurationSet = z.object({
  name: z.string(),
  sendingPoolName: z.string().optional(),
  tlsPolicy: z.string(),
  maxDeliverySeconds: z.number().optional(),
  sendingEnabled: z.boolean(),
  /** Absent in what an earlier version kept. */
  reputationMetrics: z.boolean().default(false),
  /** Absent: the account's reasons count. */
  suppressedReasons: z.array(SuppressionReason).optional(),
  destinations: z.array(EventDestination),
  tags: z.array(Tag),
});
export type ConfigurationSet = z.infer<typeof ConfigurationSet>;

const Pool = z.object({ name: z.string(), scalingMode: z.enum(["STANDARD", "MANAGED"]) });

const DedicatedIp = z.object({
  ip: z.string(),
  poolName: z.string(),
  percentage: z.number(),
  /** Start of SES's own warm-up by the calendar; absent when nobody but the owner moves the percentage. */
  autoSinceMs: z.number().optional(),
  /** Known to the providers at full volume from the start. */
  established: z.boolean(),
});
export type DedicatedIp = z.infer<typeof DedicatedIp>;

const Identity = z.object({
  name: z.string(),
  configurationSet: z.string().optional(),
  /** MAIL FROM domain, and whether mail is refused while its MX record cannot be read. */
  mailFrom: z.object({ domain: z.string(), rejects: z.boolean() }).optional(),
  tags: z.array(Tag),
});

export type Identity = z.infer<typeof Identity>;

export const SendingStatus = z.enum(["ENABLED", "REINSTATED", "DISABLED"]);
const Tenant = z.object({
  name: z.string(),
  id: z.string(),
  arn: z.string(),
  createdAtMs: z.number(),
  sendingStatus: SendingStatus,
  /** ARNs of what mail of the tenant may use. */
  resources: z.array(z.string()),
  tags: z.array(Tag),
});
export type Tenant = z.infer<typeof Tenant>;

export const Subscription = z.enum(["OPT_IN", "OPT_OUT"]);
const ContactList = z.object({
  name: z.string(),
  /** `usual`: what counts for those who said nothing. */
  topics: z.array(z.object({ name: z.string(), usual: Subscription })),
});
export type ContactList = z.infer<typeof ContactList>;
const Contact = z.object({ unsubscribeAll: z.boolean(), topics: z.record(z.string(), Subscription) });

const Template = z.object({
  name: z.string(),
  content: z.object({ Subject: z.string().optional(), Text: z.string().optional(), Html: z.string().optional() }),
});
const Suppressed = z.object({ address: z.string(), reason: SuppressionReason, atMs: z.number() });
const AccountState = z.object({
  sendingEnabled: z.boolean(),
  autoWarmupEnabled: z.boolean(),
  suppressedReasons: z.array(SuppressionReason),
});
const ModelRecord = z.object({
  /** UTC day (since 1970) that is day 1 of the model. */
  firstDay: z.number(),
  /** Day of the model that is open. */
  day: z.number(),
  /** Retried recipients that were accepted today; they take room, but are no new offer. */
  retried: z.number(),
  state: z.object({
    capacity: z.number(),
    volume: z.number(),
    blockedUntilHour: z.number(),
    cap: z.number(),
    coin: z.number(),
    offered: z.number(),
    accepted: z.number(),
    over: z.number(),
    struck: z.boolean(),
  }),
});
export type ModelRecord = z.infer<typeof ModelRecord>;

/** Everything but mail that the account holds. */
export interface Registry {
  readonly sets: Documents<typeof ConfigurationSet>;
  readonly pools: Documents<typeof Pool>;
  readonly ips: Documents<typeof DedicatedIp>;
  readonly identities: Documents<typeof Identity>;
  readonly templates: Documents<typeof Template>;
  readonly tenants: Documents<typeof Tenant>;
  readonly contactLists: Documents<typeof ContactList>;
  /** By list and address in lower case. */
  readonly contacts: Documents<typeof Contact>;
  /** By address in lower case. */
  readonly suppressed: Documents<typeof Suppressed>;
  /** One document, `account`. */
  readonly account: Documents<typeof AccountState>;
  /** By provider and IP. */
  readonly models: Documents<typeof ModelRecord>;
}

export function openRegistry(db: DatabaseSync): Registry {
  return {
    sets: new Documents(db, "set", ConfigurationSet),
    pools: new Documents(db, "pool", Pool),
    ips: new Documents(db, "ip", DedicatedIp),
    identities: new Documents(db, "identity", Identity),
    templates: new Documents(db, "template", Template),
    tenants: new Documents(db, "tenant", Tenant),
    contactLists: new Documents(db, "contact-list", ContactList),
    contacts: new Documents(db, "contact", Contact),
    suppressed: new Documents(db, "suppressed", Suppressed),
    account: new Documents(db, "account", AccountState),
    models: new Documents(db, "model", ModelRecord),
  };
}

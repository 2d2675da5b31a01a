import { isIP } from "node:net";
import * as z from "zod";
import type { OutgoingIp } from "../domain/guard/outgoing-ip.ts";
import { plainText } from "../domain/plain-text.ts";
import { bareAddress } from "./email-address.ts";

/** SES takes 50 recipients a message; what an event lists beyond this is not looked at. */
const mostRecipients = 100;

/** Words of SES, of a receiver or of the sender's template: all of them from outside. */
const words = z.string().transform(plainText);
const text = words.catch("");
const maybeText = words.optional().catch(undefined);
/** SES repeats display names as they were sent; the address alone names the recipient. */
const address = words.transform(bareAddress);
/** A time as SES writes it, in epoch ms; undefined where it is none. */
const time = z
  .string()
  .transform((written) => {
    const atMs = Date.parse(written);
    return Number.isFinite(atMs) ? atMs : undefined;
  })
  .optional()
  .catch(undefined);

/** What does not read as it should is left out: SES leaves fields out freely, adds new ones, and none may fail a record. */
function listOf<Schema extends z.ZodType>(schema: Schema) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((items) =>
      items.slice(0, mostRecipients).flatMap((item) => {
        const read = schema.safeParse(item);
        return read.success ? [read.data] : [];
      }),
    );
}

const recipients = listOf(z.object({ emailAddress: address, status: maybeText, diagnosticCode: maybeText }));

const Mail = z
  .object({
    messageId: text,
    timestamp: time,
    destination: listOf(address),
    tags: z.record(z.string(), listOf(words)).catch({}),
  })
  .catch({ messageId: "", timestamp: undefined, destination: [], tags: {} });

/**
 * An SES event as event publishing sends it (SES developer guide, contents of event data). Open on purpose: SES adds
 * types, subtypes and fields, and none of them may fail a record.
 */
export const SesEvent = z.object({
  eventType: z.string(),
  mail: Mail,
  bounce: z
    .object({ bounceType: text, bounceSubType: text, timestamp: time, bouncedRecipients: recipients })
    .optional()
    .catch(undefined),
  complaint: z
    .object({
      timestamp: time,
      complainedRecipients: recipients,
      complaintFeedbackType: maybeText,
      complaintSubType: maybeText,
    })
    .optional()
    .catch(undefined),
  delivery: z
    .object({ timestamp: time, recipients: listOf(address) })
    .optional()
    .catch(undefined),
  deliveryDelay: z
    .object({ delayType: text, timestamp: time, delayedRecipients: recipients })
    .optional()
    .catch(undefined),
  /** Of a `Rendering Failure`. */
  failure: z.object({ errorMessage: text, templateName: text }).optional().catch(undefined),
});

export type SesEvent = z.output<typeof SesEvent>;

const Wrapped = z.object({ Type: z.literal("Notification"), Message: z.string() });

/** What SES publishes, as plain text and as the whole message, when an event destination is made. */
const validation = "Successfully validated SNS topic for Amazon SES event publishing.";

/**
 * Reads a queue body: the event itself (raw delivery) or SNS's envelope around it.
 * @returns undefined for SES's word that it reached the topic, which is no event
 * @throws when it is none of these
 */
export function parseSesEvent(body: string): SesEvent | undefined {
  if (isValidation(body)) return undefined;
  const parsed: unknown = JSON.parse(body);
  const wrapped = Wrapped.safeParse(parsed);
  if (!wrapped.success) return SesEvent.parse(parsed);
  return isValidation(wrapped.data.Message) ? undefined : SesEvent.parse(JSON.parse(wrapped.data.Message));
}

/** The whole text, never a part of it: a receiver's words stand in an event too, and must not switch it off. */
function isValidation(whole: string): boolean {
  return whole.trim() === validation;
}

/** The IP a mail left by: SES tells it on Delivery events only. Undefined where it is told in no form an IP has. */
export function outgoingIpOf({ eventType, mail: { tags } }: SesEvent): OutgoingIp | undefined {
  const configurationSet = tags["ses:configuration-set"]?.[0];
  const ip = tags["ses:outgoing-ip"]?.[0];
  if (eventType !== "Delivery" || configurationSet === undefined || ip === undefined || isIP(ip) === 0)
    return undefined;
  return { configurationSet, ip };
}

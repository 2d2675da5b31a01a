import * as z from "zod";

/** Recipients of an event; SES leaves fields out freely, and adds new ones. */
const recipients = z.array(
  z.object({ emailAddress: z.string(), status: z.string().optional(), diagnosticCode: z.string().optional() }),
);

const Mail = z.object({
  messageId: z.string(),
  destination: z.array(z.string()).default([]),
  tags: z.record(z.string(), z.array(z.string())).default({}),
});

/**
 * An SES event as event publishing sends it (SES developer guide, contents of event data). Open on purpose: SES adds
 * types, subtypes and fields, and none of them may fail a record.
 */
export const SesEvent = z.object({
  eventType: z.string(),
  mail: Mail,
  bounce: z
    .object({
      bounceType: z.string(),
      bounceSubType: z.string().default(""),
      bouncedRecipients: recipients.default([]),
    })
    .optional(),
  complaint: z
    .object({ complainedRecipients: recipients.default([]), complaintFeedbackType: z.string().nullish() })
    .optional(),
  delivery: z.object({ recipients: z.array(z.string()).default([]) }).optional(),
  deliveryDelay: z.object({ delayType: z.string().default(""), delayedRecipients: recipients.default([]) }).optional(),
});

export type SesEvent = z.output<typeof SesEvent>;

const Wrapped = z.object({ Type: z.literal("Notification"), Message: z.string() });

/** What SES publishes, as plain text, when an event destination is made. */
const validation = "Successfully validated SNS topic for Amazon SES event publishing.";

/**
 * Reads a queue body: the event itself (raw delivery) or SNS's envelope around it.
 * @returns undefined for SES's word that it reached the topic, which is no event
 * @throws when it is none of these
 */
export function parseSesEvent(body: string): SesEvent | undefined {
  if (body.includes(validation)) return undefined;
  const parsed: unknown = JSON.parse(body);
  const wrapped = Wrapped.safeParse(parsed);
  return SesEvent.parse(wrapped.success ? JSON.parse(wrapped.data.Message) : parsed);
}

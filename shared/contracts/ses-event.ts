import * as z from "zod";

/** SES takes 50 recipients a message; what an event lists beyond this is not looked at. */
const mostRecipients = 100;

const text = z.string().catch("");
const maybeText = z.string().optional().catch(undefined);
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

const recipients = listOf(z.object({ emailAddress: z.string(), status: maybeText, diagnosticCode: maybeText }));

const Mail = z
  .object({
    messageId: text,
    timestamp: time,
    destination: listOf(z.string()),
    tags: z.record(z.string(), listOf(z.string())).catch({}),
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
    .object({ timestamp: time, complainedRecipients: recipients, complaintFeedbackType: maybeText })
    .optional()
    .catch(undefined),
  delivery: z
    .object({ timestamp: time, recipients: listOf(z.string()) })
    .optional()
    .catch(undefined),
  deliveryDelay: z
    .object({ delayType: text, timestamp: time, delayedRecipients: recipients })
    .optional()
    .catch(undefined),
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

import * as z from "zod";
import type { QuarantineReason } from "../domain/sending/outcome.ts";
import { EmailRequest } from "./email-request.ts";
import { shownName } from "./shown-name.ts";
import { structureFault, withoutNulls } from "./structure.ts";

/**
 * Largest body of a send-queue message, in bytes of UTF-8. SQS's limit of 1 MiB counts attributes as well: what is left
 * is for those a message gets while it travels between queues.
 */
const maxBodyBytes = 1_000_000;

/** Written as ISO 8601 with an offset; read as epoch ms. */
const instant = z.iso
  .datetime({ offset: true, error: "expected a time such as 2026-11-02T10:00:00Z" })
  .transform((text) => Date.parse(text));

/** SendMessage v1, the body of a send-queue message. Times come out as epoch ms. */
export const SendMessage = z
  .strictObject({
    version: z.literal(1, "is not a version ses-warmup knows: expected 1"),
    /** Idempotency key within the deployment. */
    id: z
      .string("expected text of 1 to 256 characters that names this message")
      .min(1, "is empty: expected 1 to 256 characters that name this message")
      .max(256, "is longer than 256 characters: expected a short key such as order-8341-receipt"),
    stream: z.string("expected the name of a stream"),
    email: EmailRequest,
    engagement: z.strictObject({ lastEngagedAt: instant.optional() }).optional(),
    sendAfter: instant.optional(),
    sendBefore: instant.optional(),
  })
  .refine(
    ({ sendAfter, sendBefore }) => !(sendBefore !== undefined && sendAfter !== undefined && sendBefore <= sendAfter),
    {
      path: ["sendBefore"],
      message: "is not after sendAfter, so that no moment is left to send it: expected a later time",
    },
  );

export type SendMessage = z.output<typeof SendMessage>;

export type ParsedBody =
  /** `content`: the JSON as it came, before defaults and changes of form. */
  | { readonly kind: "good"; readonly message: SendMessage; readonly content: unknown }
  | { readonly kind: "malformed"; readonly reason: QuarantineReason };

/** Reads a queue body. Never throws: what is wrong comes back as a sentence a person can act on. */
export function parseSendMessage(body: string): ParsedBody {
  if (new TextEncoder().encode(body).length > maxBodyBytes) {
    return malformed(
      "too-large",
      "The body is over 1,000,000 bytes, the most a message on the send queue may have (SQS: 1 MiB): send large content by link.",
    );
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return malformed("not-json", "The body is not JSON: send a SendMessage v1 object as JSON text.");
  }
  const fault = structureFault(parsed);
  if (fault !== undefined) return { kind: "malformed", reason: fault };
  const result = SendMessage.safeParse(withoutNulls(parsed), { error: expectation });
  if (result.success) return { kind: "good", message: result.data, content: parsed };
  return malformed("not-a-send-message", sentenceFor(result.error));
}

function malformed(code: QuarantineReason["code"], sentence: string): ParsedBody {
  return { kind: "malformed", reason: { code, sentence } };
}

/** At most three faults by path. Values are left out: they may be addresses or bodies. */
function sentenceFor({ issues }: z.ZodError): string {
  const faults = issues
    .slice(0, 3)
    .map((issue) => `${issue.path.map(shownName).join(".") || "body"}: ${faultOf(issue)}`);
  const more = issues.length > 3 ? ` (and ${issues.length - 3} more)` : "";
  return `Not a SendMessage v1: ${faults.join("; ")}${more}.`;
}

function faultOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== "unrecognized_keys") return issue.message;
  const more = issue.keys.length > 3 ? ` and ${issue.keys.length - 3} more` : "";
  return `has unknown keys ${issue.keys.slice(0, 3).map(shownName).join(", ")}${more}: remove them`;
}

/** What stands in the place of zod's own words for a value of another kind; text of a schema goes before it. */
function expectation({ code, input, expected }: z.core.$ZodRawIssue): string | undefined {
  if (code !== "invalid_type" || typeof expected !== "string") return undefined;
  return `${input === undefined ? "is missing" : "is of another kind"}: expected ${kinds[expected] ?? expected}`;
}

const kinds: Readonly<Record<string, string>> = { string: "text", object: "an object", array: "a list" };

import { parseArgs } from "node:util";
import * as z from "zod";
import { classifyEvent, gravest } from "../shared/domain/feedback/reply/classify-event.ts";
import { classifyReply } from "../shared/domain/feedback/reply/classify-reply.ts";
import { exitCode } from "./exit-code.ts";
import { UsageError } from "./usage-error.ts";
import type { Verb } from "./verb.ts";

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");
const recipients = z
  .array(z.object({ emailAddress: text, status: text, diagnosticCode: text }))
  .nullish()
  .transform((value) => value ?? []);

/** An SES event, published or notified (`notificationType`), as far as it is read: a hand-made one may be short. */
const Event = z
  .object({
    eventType: z.string().optional(),
    notificationType: z.string().optional(),
    bounce: z.object({ bounceType: text, bounceSubType: text, bouncedRecipients: recipients }).optional(),
    complaint: z
      .object({ complaintFeedbackType: z.string().nullish(), complaintSubType: z.string().nullish() })
      .optional(),
    deliveryDelay: z.object({ delayType: text, delayedRecipients: recipients }).optional(),
  })
  .refine(({ eventType, notificationType }) => (eventType ?? notificationType) !== undefined, "expected an eventType")
  .transform(({ eventType, notificationType, ...event }) => ({
    eventType: eventType ?? notificationType ?? "",
    ...event,
  }));

const id = z.union([z.string(), z.number()]);
const Line = z.union(
  [
    z.object({ id, reply: z.string(), provider: z.string().optional(), ownIps: z.array(z.string()).optional() }),
    z.object({ id, event: Event, provider: z.string().optional(), ownIps: z.array(z.string()).optional() }),
  ],
  'expected {"id": ..., "reply": "..."} or {"id": ..., "event": {...}}',
);

/** Classifies SMTP replies and SES events, one JSON line in, one out. */
export const classify: Verb = {
  summary: "what SMTP replies and SES events ask for: JSON lines from standard input, a label and its rule for each",
  options: "--json",
  async run(args, terminal) {
    const { values } = parseArgs({ args: [...args], options: { json: { type: "boolean", default: false } } });
    if (!values.json)
      throw new UsageError('Lines are JSON, in and out: add --json and write {"id","reply"} lines to it.');
    let malformed = 0;
    for await (const lines of linesOf(process.stdin.setEncoding("utf8"))) {
      const answers = lines.filter((line) => line.trim() !== "").map(classifiedLine);
      malformed += answers.filter((answer) => "error" in answer).length;
      if (answers.length > 0) terminal.out(answers.map((answer) => JSON.stringify(answer)).join("\n"));
    }
    return malformed === 0 ? exitCode.done : exitCode.failed;
  },
};

/** The lines that have come whole, as they come; answers do not wait for the end of the input. */
async function* linesOf(input: AsyncIterable<string>): AsyncGenerator<string[]> {
  let rest = "";
  for await (const piece of input) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop() ?? "";
    yield lines;
  }
  yield [rest];
}

type Answer =
  | { readonly id: string | number; readonly label: string; readonly backoff: boolean; readonly rule: string }
  | { readonly id: null; readonly error: string };

/** Answers one line; a line that cannot be read is told so, and the others go on. */
export function classifiedLine(line: string): Answer {
  try {
    const read = Line.safeParse(JSON.parse(line));
    if (!read.success) return { id: null, error: read.error.issues.map(({ message }) => message).join("; ") };
    const { data } = read;
    const around = { provider: data.provider, ownIps: data.ownIps };
    const found =
      "reply" in data ? classifyReply({ ...around, text: data.reply }) : gravest(classifyEvent(data.event, around));
    return { id: data.id, label: found.label, backoff: found.backoff, rule: found.rule };
  } catch (error) {
    return { id: null, error: `not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

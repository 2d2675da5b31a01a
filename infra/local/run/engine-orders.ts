import * as z from "zod";
import type { SendOrder } from "../engines/ses/send-orders.ts";
import { tableAnswers } from "../engines/table-orders.ts";
import type { LocalSystem } from "../local-system.ts";

/** An order that cannot be read; the message says what was expected. */
export class OrderError extends Error {
  override readonly name = "OrderError";
}

const longestSeconds = 31_536_000;
const forSecondsExpected = `forSeconds: expected a number of seconds of the run's clock, above 0 and at most ${longestSeconds}`;
const shared = {
  forSeconds: z
    .number(forSecondsExpected)
    .positive(forSecondsExpected)
    .max(longestSeconds, forSecondsExpected)
    .optional(),
};

/** What begins says for how long; what ends an order need not. */
const saysForHowLong = (order: { answer: unknown; forSeconds?: number | undefined }): boolean =>
  order.answer === null || order.forSeconds !== undefined;

const sendAnswers = ["server-error", "timeout", "throttle", "account-paused", "quota"] as const;
const setPaused = /^set-paused:([A-Za-z0-9_-]{1,64})$/;
const sendAnswer = new RegExp(`^(${sendAnswers.join("|")})$|${setPaused.source}`);
const sendAnswerExpected = `answer: expected ${sendAnswers.join(", ")}, set-paused:NAME, or null to end it`;
const SesOrder = z
  .strictObject(
    {
      ...shared,
      answer: z.string(sendAnswerExpected).regex(sendAnswer, sendAnswerExpected).nullable(),
      /** The class of a paused account's error; AWS's own is not known. */
      errorClass: z
        .enum(
          ["MessageRejected", "SendingPausedException"],
          "errorClass: expected MessageRejected or SendingPausedException",
        )
        .optional(),
    },
    "expected a JSON object with answer, forSeconds and, for account-paused, errorClass",
  )
  .refine(saysForHowLong, forSecondsExpected);

const tables = { state: "StateTable", ledger: "LedgerTable", held: "HeldTable" } as const;
const tableAnswerExpected = `answer: expected ${tableAnswers.join(", ")}, or null to end it`;
const DynamoDbOrder = z
  .strictObject(
    {
      ...shared,
      table: z.enum(["state", "ledger", "held"], "table: expected state, ledger or held"),
      answer: z.enum(tableAnswers, tableAnswerExpected).nullable(),
    },
    "expected a JSON object with table, answer and forSeconds",
  )
  .refine(saysForHowLong, forSecondsExpected);

/** Makes an engine answer as a test orders it, by the path of the order. @throws OrderError */
export const engineOrders: Readonly<Record<string, (system: LocalSystem, body: string) => void>> = {
  "/engine/ses": (system, body) => {
    const { answer, forSeconds = 0, errorClass } = read(SesOrder, body);
    system.orderSends(answer === null ? null : sendOrder(answer, errorClass), forSeconds);
  },
  "/engine/dynamodb": (system, body) => {
    const { table, answer, forSeconds = 0 } = read(DynamoDbOrder, body);
    system.orderTable(tables[table], answer, forSeconds);
  },
};

function sendOrder(answer: string, errorClass: z.output<typeof SesOrder>["errorClass"]): SendOrder {
  const set = setPaused.exec(answer)?.[1];
  if (set !== undefined) return { kind: "set-paused", set };
  const kind = z.enum(sendAnswers).parse(answer);
  return kind === "account-paused" && errorClass !== undefined ? { kind, errorClass } : { kind };
}

function read<S extends z.ZodType>(schema: S, body: string): z.output<S> {
  const result = schema.safeParse(json(body));
  if (result.success) return result.data;
  throw new OrderError(result.error.issues.map(({ message }) => message).join("\n"));
}

function json(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new OrderError("expected a JSON object");
  }
}

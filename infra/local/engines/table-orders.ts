import type { RecordedCall } from "../call-log.ts";
import { type CallJudge, type Refusal, refusalSentence } from "../permissions/refusal.ts";
import type { Ordered } from "./ordered.ts";
import type { TableRefusal } from "./table-gate.ts";

/** What every call on one table can be answered on a test's order. */
export const tableAnswers = ["access-denied", "throttle", "server-error"] as const;
export type TableAnswer = (typeof tableAnswers)[number];

/** DynamoDB's own words for each. */
const refusals: Record<TableAnswer, (call: RecordedCall) => TableRefusal> = {
  "access-denied": ({ caller: user, action, resource }) =>
    accessDenied({ user, action, resource, reason: `because no identity-based policy allows the ${action} action` }),
  throttle: () => ({
    status: 400,
    type: "com.amazon.coral.availability#ThrottlingException",
    message:
      "Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or index so please try again shortly.",
  }),
  "server-error": () => ({
    status: 500,
    type: "com.amazonaws.dynamodb.v20120810#InternalServerError",
    message: "Internal server error",
  }),
};

function accessDenied(refusal: Refusal): TableRefusal {
  return { status: 400, type: "com.amazon.coral.service#AccessDeniedException", message: refusalSentence(refusal) };
}

/** Answers a call that the caller's role does not allow. */
export function refuseUnauthorized(judge: CallJudge, calls: readonly RecordedCall[]): TableRefusal | undefined {
  for (const call of calls) {
    const refusal = judge(call);
    if (refusal !== undefined) return accessDenied(refusal);
  }
  return undefined;
}

/** Answers calls on a table as it was ordered, where anything was. */
export function refuseOnOrder(
  orders: ReadonlyMap<string, Ordered<TableAnswer>>,
  calls: readonly RecordedCall[],
  nowMs: number,
): TableRefusal | undefined {
  for (const call of calls) {
    const [, table = ""] = /:table\/([^/]+)/.exec(call.resource) ?? [];
    const answer = orders.get(table)?.at(nowMs);
    if (answer !== undefined) return refusals[answer](call);
  }
  return undefined;
}

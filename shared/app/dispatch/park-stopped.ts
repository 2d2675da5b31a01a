import { account, type Circuit, type CircuitReason, circuitAt, scopeText } from "../../domain/sending/circuit.ts";
import { delaySeconds } from "../../domain/sending/delay.ts";
import type { Outcome } from "../../domain/sending/outcome.ts";
import { inParallel } from "../in-parallel.ts";
import type { Batch, DispatchPorts } from "./dispatch-ports.ts";
import type { SendResult } from "./send-routed.ts";
import { type Stops, stoppedBy } from "./stops.ts";
import type { Admitted, Dispatch, Routed, StoppedMail } from "./work.ts";

const concurrency = 25;

/**
 * Parks what no open route could take because SES refuses: the account, or each configuration set it might leave by.
 * Before the claim, so that waiting costs a message nothing but its way to the parked queue.
 * @returns those that go on
 */
export async function parkStopped(
  dispatch: Dispatch,
  stops: Stops,
  admitted: readonly Admitted[],
): Promise<Admitted[]> {
  const { ports, batch, outcomes } = dispatch;
  const stopped = admitted.flatMap((work) => stoppedBy(dispatch, stops, work) ?? []);
  await inParallel(stopped, concurrency, (each) =>
    outcomes.settle(each.work.record, () => parkBehind(ports, batch, each)),
  );
  const waiting = new Set(stopped.map(({ work }) => work));
  return admitted.filter((work) => !waiting.has(work));
}

/** Parks a message until a circuit's end, and a little longer by its position: a stop does not end in one burst. */
export async function parkBehind(
  { parking }: Pick<DispatchPorts, "parking">,
  { nowMs }: Batch,
  { work, circuit, passedOver }: StoppedMail,
): Promise<Outcome> {
  await parking.park(work.record, delaySeconds(circuit.untilMs - nowMs + 1_000 * (work.position % 30)));
  return { kind: "parked", because: circuit.reason, passedOver };
}

/** Opens a circuit for each refusal that holds for more than its own mail. */
export async function openCircuits(
  { circuits, clock }: DispatchPorts,
  results: ReadonlyMap<Routed, SendResult>,
): Promise<void> {
  const found = new Map<string, Circuit>();
  const nowMs = clock.nowMs();
  for (const [{ route }, result] of results) {
    const reason = reasons.get(result.kind);
    if (reason === undefined) continue;
    const isAccounts = result.kind === "quota-spent" || (result.kind === "paused" && result.scope === "account");
    const scope = isAccounts ? account : ({ kind: "configuration-set", name: route.configurationSet } as const);
    found.set(scopeText(scope), circuitAt(scope, reason, nowMs));
  }
  for (const circuit of found.values()) await circuits.open(circuit);
}

const reasons = new Map<SendResult["kind"], CircuitReason>([
  ["quota-spent", "ses-quota"],
  ["paused", "ses-paused"],
  ["misconfigured", "ses-misconfigured"],
]);

import { account, type Circuit, type CircuitReason, circuitAt, scopeText } from "../../domain/sending/circuit.ts";
import { delaySeconds } from "../../domain/sending/delay.ts";
import { inParallel } from "../in-parallel.ts";
import type { DispatchPorts } from "./dispatch-ports.ts";
import type { SendResult } from "./send-routed.ts";
import { type Stops, stoppedBy } from "./stops.ts";
import type { Admitted, Dispatch, Routed } from "./work.ts";

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
  const stopped = admitted.flatMap((work) => {
    const circuit = stoppedBy(dispatch, stops, work);
    return circuit === undefined ? [] : [{ work, circuit }];
  });
  await inParallel(stopped, concurrency, ({ work, circuit }) =>
    outcomes.settle(work.record, async () => {
      // Spread by position, so that a stop does not end in one burst.
      const waitMs = circuit.untilMs - batch.nowMs + 1_000 * (work.position % 30);
      await ports.parking.park(work.record, delaySeconds(waitMs));
      return { kind: "parked", because: circuit.reason };
    }),
  );
  const waiting = new Set(stopped.map(({ work }) => work));
  return admitted.filter((work) => !waiting.has(work));
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

import { delaySeconds } from "../../domain/sending/delay.ts";
import { inParallel } from "../in-parallel.ts";
import { backForRate } from "./back-for-rate.ts";
import type { Admitted, Dispatch } from "./work.ts";

const concurrency = 25;

/**
 * Sends back what the account's rate leaves no turn for in this batch's time. Before the claim, so that it costs
 * nothing, and at once, so that somebody else may take it.
 * @returns those that go on
 */
export async function fitRate(
  { ports, batch, outcomes }: Dispatch,
  admitted: readonly Admitted[],
): Promise<Admitted[]> {
  let ahead = 0;
  const turns = admitted.map((work) => {
    const turnMs = ports.pace.turnAfterMs(ahead);
    if (turnMs <= batch.sendUntilMs) ahead += recipientsOf(work);
    return { work, turnMs };
  });
  const late = turns.filter(({ turnMs }) => turnMs > batch.sendUntilMs);
  await inParallel(late, concurrency, ({ work, turnMs }) =>
    outcomes.settle(work.record, () =>
      backForRate(ports, work, { because: "send-rate", delaySeconds: delaySeconds(turnMs - batch.nowMs) }),
    ),
  );
  return turns.filter(({ turnMs }) => turnMs <= batch.sendUntilMs).map(({ work }) => work);
}

function recipientsOf({ demand }: Admitted): number {
  return [...demand.values()].reduce((sum, recipients) => sum + recipients, 0);
}

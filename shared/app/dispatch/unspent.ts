import type { AllowanceKey } from "../../domain/sending/allowance.ts";
import { inParallel } from "../in-parallel.ts";
import type { DispatchPorts } from "./dispatch-ports.ts";

/** Recipients of an allowance that were reserved and not spent. */
export interface Unspent {
  readonly key: AllowanceKey;
  readonly recipients: number;
  /** Epoch of the allowance when they were reserved. */
  readonly epoch: number;
}

/** Releases unspent units, one update for each allowance. A failure is logged: the units stay on the used side. */
export async function releaseUnspent(ports: DispatchPorts, unspent: readonly Unspent[]): Promise<void> {
  const byKey = new Map<string, Unspent>();
  for (const { key, recipients, epoch } of unspent) {
    const name = `${key.pool}/${key.route}/${key.provider}/${key.day}/${epoch}`;
    byKey.set(name, { key, epoch, recipients: recipients + (byKey.get(name)?.recipients ?? 0) });
  }
  await inParallel([...byKey.values()], byKey.size, async ({ key, recipients, epoch }) => {
    try {
      await ports.allowances.release(key, recipients, epoch);
    } catch (error) {
      ports.log.warn("ALLOWANCE_NOT_RELEASED", {
        pool: key.pool,
        provider: key.provider,
        recipients,
        error: String(error),
      });
    }
  });
}

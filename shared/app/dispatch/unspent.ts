import { errorName } from "../../domain/errors.ts";
import type { AllowanceKey } from "../../domain/sending/allowance.ts";
import { inParallel } from "../in-parallel.ts";
import type { DispatchPorts } from "./dispatch-ports.ts";

/** Recipients of an allowance that were reserved and not spent. */
export interface Unspent {
  readonly key: AllowanceKey;
  readonly recipients: number;
  /** Epoch of the allowance when they were reserved; undefined where nobody knows it any more. */
  readonly epoch: number | undefined;
}

/** Releases unspent units, one update for each allowance. A failure is logged: the units stay on the used side. */
export async function releaseUnspent(
  ports: Pick<DispatchPorts, "log"> & { readonly allowances: Pick<DispatchPorts["allowances"], "release"> },
  unspent: readonly Unspent[],
): Promise<void> {
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
        error: errorName(error),
      });
    }
  });
}

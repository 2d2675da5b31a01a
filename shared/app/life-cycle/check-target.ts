import type { RampPorts, RampSettings } from "../ramp/ramp-ports.ts";
import { UnknownTargetError } from "./life-cycle-errors.ts";

/** @throws UnknownTargetError that names what there is */
export async function checkTarget(
  { lifeCycles }: Pick<RampPorts, "lifeCycles">,
  { pools, providers }: RampSettings,
  target: {
    readonly pools: readonly string[];
    readonly provider?: string | undefined;
    readonly ip?: string | undefined;
  },
): Promise<void> {
  for (const name of target.pools) {
    if (!pools.has(name)) throw new UnknownTargetError(name, "a pool", [...pools.keys()]);
  }
  const { provider, ip } = target;
  if (provider !== undefined && !providers.includes(provider)) {
    throw new UnknownTargetError(provider, "a mailbox provider", providers);
  }
  if (ip === undefined) return;
  for (const name of target.pools) {
    const recorded = (await lifeCycles.read(name)).ips.map((known) => known.ip);
    const known = [...new Set([...(pools.get(name)?.ips ?? []), ...recorded])];
    if (!known.includes(ip)) throw new UnknownTargetError(ip, `an IP of pool ${name}`, known);
  }
}

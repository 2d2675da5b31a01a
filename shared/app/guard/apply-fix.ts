import { warmingMaxDeliverySeconds } from "../../domain/guard/expected.ts";
import type { Fix } from "../../domain/guard/finding.ts";
import type { DedicatedIps } from "../../ports/dedicated-ips.ts";
import type { LifeCycles } from "../../ports/life-cycles.ts";
import type { MailSettings } from "../../ports/mail-settings.ts";

export interface FixPorts {
  readonly settings: MailSettings;
  readonly ips: DedicatedIps;
  readonly lifeCycles: LifeCycles;
}

/** Makes one change; safe to repeat. */
export async function applyFix({ settings, ips, lifeCycles }: FixPorts, fix: Fix): Promise<void> {
  switch (fix.kind) {
    case "disable-auto-warm-up":
      return settings.disableAutoWarmup();
    case "set-percentage":
      return settings.setPercentage(fix.ip, fix.percentage);
    case "move-ip":
      return ips.assign(fix.ip, fix.sesPool);
    case "forget-ip":
      return forget(lifeCycles, fix);
    case "point-set":
      return settings.pointSet(fix.set, fix.sesPool);
    case "create-set":
      return settings.createSet(fix.set, {
        sesPool: fix.sesPool,
        maxDeliverySeconds: fix.set.endsWith("-warming") ? warmingMaxDeliverySeconds : undefined,
      });
    case "publish-events":
      return settings.publishEvents(fix.set, fix.publishing);
    default:
      return fix satisfies never;
  }
}

/** @throws when somebody else changed the life cycle meanwhile: ask again */
async function forget(lifeCycles: LifeCycles, { pool, ip }: { pool: string; ip: string }): Promise<void> {
  const lifeCycle = await lifeCycles.read(pool);
  const ips = lifeCycle.ips.filter((each) => each.ip !== ip);
  if (ips.length === lifeCycle.ips.length) return;
  if (!(await lifeCycles.write({ ...lifeCycle, ips })))
    throw new Error(`the life cycle of pool ${pool} was changed meanwhile: try again`);
}

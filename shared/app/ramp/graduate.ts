import type { Pool } from "../../domain/routing/pool.ts";
import type { UtcDay } from "../../domain/utc-day.ts";
import { graduation, matteringProviders } from "../../domain/warm-up/graduation.ts";
import { type History, trailing } from "../../domain/warm-up/history.ts";
import { type LifeCycle, providerLifeCycle } from "../../domain/warm-up/life-cycle.ts";
import type { RampPorts } from "./ramp-ports.ts";
import { audit, storeLifeCycle } from "./record-change.ts";

export interface GraduationFacts {
  readonly pool: Pool;
  readonly day: UtcDay;
  /** Days of the warm-up in force, by provider. */
  readonly histories: ReadonlyMap<string, History>;
  /** IPs of the pool by where they are. */
  readonly ips: { readonly warming: number; readonly established: number };
}

/** Marks providers whose warm-up is complete, and the pool once every provider that matters is. */
export async function graduate(ports: RampPorts, was: LifeCycle, facts: GraduationFacts): Promise<LifeCycle> {
  if (was.phase !== "warming") return was;
  const providers = await graduateProviders(ports, was, facts);
  const mattering = matteringProviders(facts.histories, facts.day);
  const isDone = mattering.length > 0 && mattering.every((name) => providers[name]?.graduatedOn !== undefined);
  const phase = isDone && !wouldJump(facts, mattering) ? "established" : "warming";
  if (phase === "established") {
    const says = `pool ${was.pool} graduates: ${mattering.join(", ")} are warm; its IPs become established`;
    await audit(ports, { pool: was.pool, action: "graduated", says });
    ports.log.info("POOL_GRADUATED", { pool: was.pool, day: facts.day });
    await ports.events.publish({ type: "Pool Graduated", pool: was.pool, detail: { day: facts.day, mattering } });
  }
  const is: LifeCycle = { ...was, phase, providers };
  return JSON.stringify(is) === JSON.stringify(was) ? was : storeLifeCycle(ports, is);
}

async function graduateProviders(
  ports: RampPorts,
  was: LifeCycle,
  { pool, day, histories }: GraduationFacts,
): Promise<LifeCycle["providers"]> {
  const providers = { ...was.providers };
  for (const [provider, history] of histories) {
    const own = providerLifeCycle(was, provider);
    const found = graduation(pool.plan, provider, history);
    if (own.graduatedOn !== undefined || !found.graduates) continue;
    providers[provider] = { ...own, graduatedOn: day };
    await audit(ports, { pool: was.pool, provider, action: "graduated", says: `${provider} graduates: ${found.why}` });
    await ports.events.publish({
      type: "Provider Graduated",
      pool: was.pool,
      detail: { day, provider, why: found.why },
    });
  }
  return providers;
}

/** Days whose highest volume an IP must be used to. */
const jumpDays = 7;

/** What an IP carries may be at most this much more on the day after it joins the established ones. */
const jumpRatio = 1.3;

/** True when IPs that join the established pool would carry much more there than they do now (guide rows 19, 20). */
function wouldJump({ histories, day, ips }: GraduationFacts, mattering: readonly string[]): boolean {
  if (ips.established === 0 || ips.warming === 0) return false;
  return mattering.some((provider) => {
    const days = trailing(histories.get(provider) ?? [], day, jumpDays);
    const now = Math.max(0, ...days.map(({ used }) => used)) / ips.warming;
    const then =
      Math.max(0, ...days.map(({ used, established }) => used + established)) / (ips.warming + ips.established);
    return then > jumpRatio * now;
  });
}

import {
  concerns,
  everyPool,
  type Finding,
  type FindingCode,
  findingSources,
  type GuardSource,
} from "../../domain/guard/finding.ts";
import { findings } from "../../domain/guard/findings.ts";
import { type ClockPorts, trustClock } from "../clock/trust-clock.ts";
import { keepAct } from "../operator/keep-act.ts";
import { applyFix } from "./apply-fix.ts";
import { checkGuard, type GuardedPools, type GuardPorts, guardedPools } from "./check-guard.ts";
import { keepHolds } from "./keep-holds.ts";
import { readSeen } from "./read-seen.ts";

export interface RepairRequest {
  readonly code: FindingCode;
  /** `*`, or left out: everything found under the code. */
  readonly pool?: string | undefined;
  /** Who asks, for the audit. */
  readonly by: string;
}

export type RepairResult =
  /** @property says - what was wrong and is put right */
  | { readonly kind: "repaired"; readonly says: string }
  /** Nothing of the kind is found any more; a hold that was left is lifted. */
  | { readonly kind: "nothing-found"; readonly says: string }
  /** @property says - what is wrong, and the command a person runs */
  | { readonly kind: "for-a-person"; readonly says: string };

/**
 * Puts right what the guard finds under one code, and checks again so that the hold ends at once. Safe to repeat: what
 * is right already is not touched.
 * @throws when SES refuses a change, or something could not be read; WrongClockError, before anything is changed
 */
export async function repair(
  ports: GuardPorts & ClockPorts,
  pools: GuardedPools,
  request: RepairRequest,
): Promise<RepairResult> {
  await trustClock(ports);
  const { code, pool = everyPool } = request;
  if (code === "foreign-outgoing-ip") return repairOutgoing(ports, pools, request);
  const sources = sourcesFor(code);
  const found = (await look(ports, pools, sources)).filter(
    (each) => each.code === code && (pool === everyPool || concerns(each, pool)),
  );
  const done = await applyAll(ports, pools, found, request);
  await checkGuard(ports, pools, sources);
  if (found.length === 0) return { kind: "nothing-found", says: `Nothing is found under ${code} any more.` };
  const left = found.filter(({ fixes }) => fixes.length === 0);
  if (left.length === 0) return { kind: "repaired", says: done.join(" ") };
  const says = left.map(({ sentence, repair: command }) => `${sentence} Repair: ${command}`);
  return { kind: "for-a-person", says: [...done, ...says].join(" ") };
}

/** What tells of a set's destinations and pools also needs the sets, and the other way round. */
const ofSets: ReadonlySet<GuardSource> = new Set<GuardSource>(["sets", "destinations", "ses-pools"]);

function sourcesFor(code: FindingCode): ReadonlySet<GuardSource> {
  const source = findingSources[code];
  return ofSets.has(source) ? ofSets : new Set([source]);
}

async function look(
  ports: GuardPorts,
  pools: GuardedPools,
  sources: ReadonlySet<GuardSource>,
): Promise<readonly Finding[]> {
  const { seen, failures } = await readSeen(ports, [...pools.keys()], sources);
  if (failures.length > 0) {
    const errors = failures.map(({ error }) => error);
    throw new AggregateError(errors, `${failures.length} settings of SES could not be read`);
  }
  return findings(await guardedPools(ports, pools), seen);
}

/** @returns what was put right, in words */
async function applyAll(
  ports: GuardPorts,
  pools: GuardedPools,
  found: readonly Finding[],
  { by }: RepairRequest,
): Promise<string[]> {
  const fixed = found.filter(({ fixes }) => fixes.length > 0);
  for (const { code, pool, fixes } of fixed) {
    for (const fix of fixes) await applyFix(ports, fix);
    ports.log.info("GUARD_REPAIRED", { pool, finding: code, fixes: fixes.length });
  }
  const atMs = ports.clock.nowMs();
  for (const pool of pools.keys()) {
    const own = fixed.filter((each) => concerns(each, pool));
    if (own.length === 0) continue;
    const says = `Put right: ${own.map(({ sentence }) => sentence).join(" ")}`;
    await keepAct(ports, { atMs, by, pool, action: "guard-repaired", says });
  }
  return fixed.map(({ sentence }) => `Put right: ${sentence}`);
}

/** Where the way out is put right before mail is let out of it again. */
const outgoingSources: ReadonlySet<GuardSource> = new Set([...ofSets, "ips"]);
const waysOut: ReadonlySet<FindingCode> = new Set<FindingCode>([
  "set-repointed",
  "set-deleted",
  "ip-moved",
  "foreign-ip",
]);

/**
 * Mail that left by a foreign IP cannot be found again in SES's settings. Its cause is: sets and IPs are put right, then
 * the hold is lifted. The next such mail holds the pool again.
 */
async function repairOutgoing(ports: GuardPorts, pools: GuardedPools, request: RepairRequest): Promise<RepairResult> {
  const { code, pool = everyPool } = request;
  const names = pool === everyPool ? [...pools.keys()] : [pool];
  const held: string[] = [];
  for (const name of names) {
    const { holds } = await ports.lifeCycles.read(name);
    if (holds.some((hold) => hold.code === code)) held.push(name);
  }
  const found = (await look(ports, pools, outgoingSources)).filter(
    (each) => waysOut.has(each.code) && (pool === everyPool || concerns(each, pool)),
  );
  const done = await applyAll(ports, pools, found, request);
  await checkGuard(ports, pools, outgoingSources);
  for (const name of names) await keepHolds(ports, name, [], new Set<GuardSource>(["delivery-events"]));
  const lifted = { atMs: ports.clock.nowMs(), by: request.by, action: "guard-lifted", says: `Lifted: ${code}.` };
  for (const name of held) await keepAct(ports, { ...lifted, pool: name });
  if (held.length === 0 && done.length === 0)
    return { kind: "nothing-found", says: `Nothing is found under ${code} any more.` };
  return { kind: "repaired", says: [...done, "Growth goes on until such mail is seen again."].join(" ") };
}

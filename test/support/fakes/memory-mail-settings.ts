import { expectedSets, publishedEvents } from "../../../shared/domain/guard/expected.ts";
import type { EventPublishing } from "../../../shared/domain/guard/finding.ts";
import type { SeenAccount, SeenDestination, SeenSesPool, SeenSet } from "../../../shared/domain/guard/seen.ts";
import type { MailSettings, NewSet } from "../../../shared/ports/mail-settings.ts";

interface MemorySet {
  sesPool: string | undefined;
  sendingEnabled: boolean;
  destinations: SeenDestination[];
}

/** An account's settings, as the stack makes them for these pools; a test changes them as somebody in the console would. */
export class MemoryMailSettings implements MailSettings {
  readonly sets: Map<string, MemorySet>;
  readonly sesPools: Map<string, "standard" | "managed">;
  readonly percentages = new Map<string, number>();
  seenAccount: SeenAccount = {
    autoWarmup: false,
    enforcement: "HEALTHY",
    sendingEnabled: true,
    sentLast24Hours: 0,
    max24HourSend: -1,
    maxSendRate: 14,
  };
  /** Changes made, as words. */
  readonly changes: string[] = [];

  constructor(pools: readonly string[]) {
    const expected = expectedSets(pools.map((name) => ({ name })));
    this.sets = new Map(
      expected.map(({ set, sesPool }) => [set, { sesPool, sendingEnabled: true, destinations: destinationsOf(set) }]),
    );
    const own = expected.filter(({ set, sesPool }) => set === sesPool);
    this.sesPools = new Map(own.map(({ sesPool }) => [sesPool, "standard"]));
  }

  async account(): Promise<SeenAccount> {
    return this.seenAccount;
  }

  async configurationSet(name: string): Promise<SeenSet> {
    const set = this.sets.get(name);
    if (set === undefined) return { exists: false, sendingEnabled: false };
    return { exists: true, sesPool: set.sesPool, sendingEnabled: set.sendingEnabled };
  }

  async eventDestinations(set: string): Promise<readonly SeenDestination[]> {
    return this.sets.get(set)?.destinations ?? [];
  }

  async sesPool(name: string): Promise<SeenSesPool> {
    const scaling = this.sesPools.get(name);
    return { exists: scaling !== undefined, scaling: scaling ?? "standard" };
  }

  async disableAutoWarmup(): Promise<void> {
    this.changes.push("automatic warm-up off");
    this.seenAccount = { ...this.seenAccount, autoWarmup: false };
  }

  async pointSet(set: string, sesPool: string): Promise<void> {
    this.changes.push(`${set} -> ${sesPool}`);
    this.#set(set).sesPool = sesPool;
  }

  async setPercentage(ip: string, percentage: number): Promise<void> {
    this.changes.push(`${ip} at ${percentage} %`);
    this.percentages.set(ip, percentage);
  }

  async createSet(set: string, { sesPool, maxDeliverySeconds }: NewSet): Promise<void> {
    if (this.sets.has(set)) return;
    this.changes.push(`new ${set} -> ${sesPool} (${maxDeliverySeconds ?? "SES's own"} s)`);
    this.sets.set(set, { sesPool, sendingEnabled: true, destinations: [] });
  }

  async publishEvents(set: string, { name, types, topic }: EventPublishing): Promise<void> {
    this.changes.push(`${name} publishes`);
    const found = this.#set(set);
    const others = found.destinations.filter((each) => each.name !== name);
    found.destinations = [...others, { name, enabled: true, types, topic }];
  }

  #set(name: string): MemorySet {
    const set = this.sets.get(name);
    if (set === undefined) throw new Error(`there is no configuration set ${name}`);
    return set;
  }
}

function destinationsOf(set: string): SeenDestination[] {
  return Object.entries(publishedEvents).map(([kind, types]) => ({
    name: `${set}-${kind}`,
    enabled: true,
    types,
    topic: `arn:aws:sns:us-east-1:000000000000:${kind}`,
  }));
}

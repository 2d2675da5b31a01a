import { draw, textKey } from "../../../../../shared/domain/provider-model/draw.ts";
import { modelledProviders, type PriorName, providerPrior } from "../../../../../shared/domain/provider-model/prior.ts";
import { capacityLimit, ProviderModel } from "../../../../../shared/domain/provider-model/provider-model.ts";
import type { ModelRecord, Registry } from "../state/registry.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export interface DeskSettings {
  readonly prior: PriorName;
  /** Recipients per UTC day at full volume, all providers. */
  readonly fullPerDay: number;
  readonly seed: number;
}

export type DeskAnswer = "accepted" | "deferred" | "blocked";

/** One provider's view of one IP: the model, and which day is open. */
interface Desk {
  readonly key: string;
  readonly model: ProviderModel;
  readonly firstDay: number;
  day: number;
  retried: number;
}

/** How a provider treats an IP right now, for showing. */
export interface DeskView {
  readonly provider: string;
  readonly ip: string;
  readonly capacity: number;
  readonly acceptedToday: number;
  readonly refusedToday: number;
  readonly blocked: boolean;
}

/** The mailbox providers' side of dedicated IPs: one model for each (provider, IP), carried from day to day and kept. */
export class ProviderDesks {
  readonly #settings: DeskSettings;
  readonly #registry: Registry;
  readonly #desks = new Map<string, Desk>();
  readonly #changed = new Set<Desk>();

  constructor(settings: DeskSettings, registry: Registry) {
    this.#settings = settings;
    this.#registry = registry;
  }

  /** New mail for one recipient. */
  offer(provider: string, ip: string, nowMs: number): DeskAnswer {
    const desk = this.#open(provider, ip, nowMs);
    this.#changed.add(desk);
    const answer = desk.model.offer(desk.day, hourOf(nowMs), 1);
    if (answer.accepted > 0) return "accepted";
    return answer.blocked > 0 ? "blocked" : "deferred";
  }

  /** Mail that was deferred before: it takes room where there is some, but is no new offer to the model. */
  retry(provider: string, ip: string, nowMs: number): DeskAnswer {
    const desk = this.#open(provider, ip, nowMs);
    if (desk.model.isBlocking(desk.day, hourOf(nowMs))) return "blocked";
    if (desk.model.room(desk.day, hourOf(nowMs)) <= desk.retried) return "deferred";
    desk.retried += 1;
    this.#changed.add(desk);
    return "accepted";
  }

  /** Complaints per accepted recipient, as a fraction. */
  complaintRate(provider: string, ip: string, nowMs: number): number {
    return this.#open(provider, ip, nowMs).model.traits.complaintRate;
  }

  /** Writes what changed; belongs into the transaction of the mail that changed it. */
  save(): void {
    for (const desk of this.#changed) {
      const { firstDay, day, retried } = desk;
      this.#registry.models.put(desk.key, { firstDay, day, retried, state: desk.model.state() });
    }
    this.#changed.clear();
  }

  /** Forgets what was not saved. */
  reload(): void {
    this.#desks.clear();
    this.#changed.clear();
  }

  view(): DeskView[] {
    return [...this.#registry.models.entries()].map(([key, { state, day }]) => {
      const [provider = "", ip = ""] = key.split(" ");
      const blocked = state.blockedUntilHour > day * 24;
      return {
        provider,
        ip,
        capacity: state.capacity,
        acceptedToday: state.accepted,
        refusedToday: state.over,
        blocked,
      };
    });
  }

  #open(provider: string, ip: string, nowMs: number): Desk {
    const key = `${provider} ${ip}`;
    const today = Math.floor(nowMs / dayMs);
    let desk = this.#desks.get(key);
    if (desk === undefined) {
      desk = this.#restore(key, provider, ip, today);
      this.#desks.set(key, desk);
    }
    for (const day = today - desk.firstDay + 1; desk.day < day; ) {
      if (desk.day > 0) desk.model.endDay(desk.day);
      desk.day += 1;
      desk.retried = 0;
      desk.model.startDay(desk.day);
      this.#changed.add(desk);
    }
    return desk;
  }

  #restore(key: string, provider: string, ip: string, today: number): Desk {
    const record = this.#registry.models.get(key);
    const model = this.#model(provider, ip, record);
    if (record === undefined) return { key, model, firstDay: today, day: 0, retried: 0 };
    return { key, model, firstDay: record.firstDay, day: record.day, retried: record.retried };
  }

  #model(provider: string, ip: string, record: ModelRecord | undefined): ProviderModel {
    const { seed, fullPerDay } = this.#settings;
    const prior = providerPrior(this.#settings.prior, provider);
    const limit = capacityLimit(fullPerDay, prior.share);
    // A provider without a row of its own borrows the row, not the luck, of the others.
    const number = modelledProviders.some((known) => known === provider) ? prior.number : textKey(provider);
    const chance = (purpose: number, day: number): number => draw(seed, textKey(ip), number, purpose, day);
    const known = { capacity: limit, volume: fullPerDay * prior.share };
    const established = this.#registry.ips.get(ip)?.established === true;
    return new ProviderModel({ prior, limit, chance }, record?.state ?? (established ? known : undefined));
  }
}

function hourOf(nowMs: number): number {
  return Math.floor((nowMs % dayMs) / hourMs);
}

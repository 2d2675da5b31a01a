import type { Fate } from "../engine/faults.ts";

/** A small history whose every crash point is looked at. */
export interface Scenario {
  readonly name: string;
  /** Messages, in one batch. */
  readonly batch: 1 | 2 | 3;
  readonly stream: string;
  /** Limit of every allowance. */
  readonly limit: number;
  readonly sends: readonly Fate[];
  readonly isDeliveredTwice: boolean;
}

type Shape = Omit<Scenario, "name" | "batch">;

const plain = { limit: 5, sends: [], isDeliveredTwice: false };

const shapes: Readonly<Record<string, Shape>> = {
  "warming IPs": { ...plain, stream: "news" },
  "shared IPs": { ...plain, stream: "alerts" },
  "no room, and held": { ...plain, stream: "orders", limit: 0 },
  "room for one, the rest overflows": { ...plain, stream: "news", limit: 1 },
  "room for one, the rest held": { ...plain, stream: "offers", limit: 1 },
  "SES takes the first and no answer comes": { ...plain, stream: "alerts", sends: ["reply-lost"] },
  "SES never hears of the first": { ...plain, stream: "news", sends: ["request-lost"] },
  "SES refuses the first for its rate": { ...plain, stream: "news", sends: ["throttled"] },
  "no answer, and a person decides": { ...plain, stream: "orders", sends: ["reply-lost"] },
  "delivered twice at once": { ...plain, stream: "news", isDeliveredTwice: true },
  "delivered twice at once, no room": { ...plain, stream: "offers", limit: 0, isDeliveredTwice: true },
};

/** Every shape in batches of one to three messages. */
export const scenarios: readonly Scenario[] = ([1, 2, 3] as const).flatMap((batch) =>
  Object.entries(shapes).map(([name, shape]) => ({ name: `${batch} of ${name}`, batch, ...shape })),
);

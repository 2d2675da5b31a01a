import type { DomainEvents } from "../../ports/domain-events.ts";
import type { Log } from "../../ports/log.ts";
import type { MetricName, Metrics } from "../../ports/metrics.ts";
import type { EventSign } from "./read-signs.ts";

export interface TellPorts {
  readonly metrics: Metrics;
  readonly events: DomainEvents;
  readonly log: Log;
}

const metricOf: Readonly<Partial<Record<EventSign["kind"], MetricName>>> = {
  throttled: "RecipientsRefused",
  "throttled-sure": "RecipientsRefused",
  blocked: "RecipientsRefused",
  "blocked-sure": "RecipientsRefused",
  recipient_invalid: "HardBounces",
  suppressed: "HardBounces",
  complained: "Complaints",
  unclassified: "UnclassifiedReplies",
};

/** Counts what an operator watches, as it comes in; a repeated event counts again here, and only here. */
export async function tellSigns({ metrics, events, log }: TellPorts, signs: readonly EventSign[]): Promise<void> {
  const counts = new Map<string, { name: MetricName; pool: string; provider: string; count: number }>();
  for (const { kind, pool, provider } of signs) {
    const name = metricOf[kind];
    if (name === undefined) continue;
    const key = `${name}/${pool}/${provider}`;
    const found = counts.get(key) ?? { name, pool, provider, count: 0 };
    found.count += 1;
    counts.set(key, found);
  }
  for (const { name, pool, provider, count } of counts.values()) {
    metrics.count(name, count, { pool, provider });
    if (name !== "UnclassifiedReplies") continue;
    log.warn("REPLIES_UNCLASSIFIED", { pool, provider, count });
    await events.publish({ type: "Unclassified Replies", pool, detail: { provider, count } });
  }
}

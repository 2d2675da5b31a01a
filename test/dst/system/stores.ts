import { heldByDue } from "../../../shared/contracts/tables.ts";
import { Queue } from "../aws/queue.ts";
import { Table, type TableTimes } from "../aws/table.ts";
import { consumedQueues, type QueueName } from "./settings.ts";

/** The stack's queues that mail and events are on. */
export type Queues = Readonly<Record<QueueName | "quarantine", Queue>>;

export interface Tables {
  readonly state: Table;
  readonly ledger: Table;
  readonly held: Table;
}

/** @param maxReceives - of the queues with mail, where a deployment is less patient than the stack */
export function queuesOf(maxReceives: number | undefined): Queues {
  const queue = (name: QueueName): Queue => {
    const { queue: settings } = consumedQueues[name];
    return new Queue({ ...settings, maxReceives: maxReceives ?? settings.maxReceives });
  };
  const unread = { visibilityMs: 30_000, delayMs: 0, maxReceives: Number.POSITIVE_INFINITY };
  return {
    send: queue("send"),
    parked: queue("parked"),
    feedback: queue("feedback"),
    proof: queue("proof"),
    quarantine: new Queue({ name: "quarantine", ...unread }),
  };
}

/** The stack's three tables. */
export function simulatedTables(times: TableTimes): Tables {
  const held = { hasSortKey: true, expiry: "expiresAt", indexes: { [heldByDue.name]: heldByDue.sortKey } } as const;
  return {
    state: new Table({ hasSortKey: true }, times),
    ledger: new Table({ hasSortKey: false, expiry: "expiresAt" }, times),
    held: new Table(held, times),
  };
}

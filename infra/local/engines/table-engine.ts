import { once } from "node:events";
import { Worker } from "node:worker_threads";
import * as z from "zod";
import type { RecordedCall } from "../call-log.ts";
import type { Permissions } from "../permissions/permissions.ts";
import { sharedTime } from "../virtual-time.ts";
import type { TableAnswer } from "./table-orders.ts";

/** A running DynamoDB engine. */
export interface TableEngine {
  readonly url: string;
  /** Answers every call on a table so from now on, up to a moment of virtual time; null ends it. */
  order(table: string, answer: TableAnswer | null, untilMs: number): void;
  close(): Promise<void>;
}

const Message = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ready"), url: z.string() }),
  z.object({ kind: z.literal("call"), caller: z.string(), action: z.string(), resource: z.string() }),
]);

/**
 * Starts dynalite on loopback, in a thread of its own: it would take half of this one's time.
 * @param path - folder of its LevelDB; what was written survives the process
 * @param onCall - told of every call, soon after it was made
 * @param permissions - calls they do not allow are refused. @default everything is allowed
 */
export async function startTableEngine(
  path: string,
  onCall?: (call: RecordedCall) => void,
  permissions: Permissions = { roles: {}, resources: {} },
): Promise<TableEngine> {
  const worker = new Worker(new URL("./table-engine-worker.ts", import.meta.url), {
    workerData: { path, recordCalls: onCall !== undefined, time: sharedTime(), permissions },
  });
  const url = await new Promise<string>((resolve, reject) => {
    worker.once("error", reject);
    worker.on("message", (received) => {
      const message = Message.parse(received);
      if (message.kind === "ready") resolve(message.url);
      else onCall?.({ caller: message.caller, action: message.action, resource: message.resource });
    });
  });
  return {
    url,
    order: (table, answer, untilMs) => worker.postMessage({ kind: "order", table, answer, untilMs }),
    close: async () => {
      const ended = once(worker, "exit");
      worker.postMessage({ kind: "close" });
      await ended;
    },
  };
}

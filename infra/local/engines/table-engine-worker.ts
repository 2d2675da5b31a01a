// The thread of the DynamoDB engine: dynalite, and the report of the calls made on it.
import { once } from "node:events";
import { parentPort, workerData } from "node:worker_threads";
import dynalite from "dynalite";
import * as z from "zod";
import type { Permissions } from "../permissions/permissions.ts";
import { callJudge } from "../permissions/refusal.ts";
import { installVirtualTime, joinTime } from "../virtual-time.ts";
import { dateAnswers } from "./answer-date.ts";
import { Ordered } from "./ordered.ts";
import { answerOwnSiteOnly } from "./own-site.ts";
import { serverUrl } from "./server-url.ts";
import { standInFront } from "./table-gate.ts";
import { refuseOnOrder, refuseUnauthorized, type TableAnswer, tableAnswers } from "./table-orders.ts";

const { path, recordCalls, time, permissions } = z
  .object({
    path: z.string(),
    recordCalls: z.boolean(),
    time: z.instanceof(SharedArrayBuffer),
    permissions: z.custom<Permissions>(),
  })
  .parse(workerData);
joinTime(time);
installVirtualTime();

const Message = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("order"),
    table: z.string(),
    answer: z.enum(tableAnswers).nullable(),
    untilMs: z.number(),
  }),
  z.object({ kind: z.literal("close") }),
]);

const orders = new Map<string, Ordered<TableAnswer>>();
const judge = callJudge(permissions);
const server = dynalite({ createTableMs: 0, path });
standInFront(server, (calls) => {
  if (recordCalls) for (const call of calls) parentPort?.postMessage({ kind: "call", ...call });
  return refuseUnauthorized(judge, calls) ?? refuseOnOrder(orders, calls, Date.now());
});
answerOwnSiteOnly(server);
dateAnswers(server);
server.listen(0, "127.0.0.1");
await once(server, "listening");
/** How long a call that is under way may take at the end, ms: the store fails under whoever still reads it. */
const lastCallsMs = 2_000;

parentPort?.on("message", (received) => {
  const message = Message.parse(received);
  if (message.kind === "close") return close();
  const order = orders.get(message.table) ?? new Ordered<TableAnswer>();
  orders.set(message.table, order);
  order.set(message.answer, message.untilMs);
});

function close(): void {
  // Its own close ends the store after the last connection; a connection that is kept open has no call under way.
  const idle = setInterval(() => server.closeIdleConnections(), 20);
  const late = setTimeout(() => server.closeAllConnections(), lastCallsMs);
  server.close(() => {
    clearInterval(idle);
    clearTimeout(late);
    parentPort?.close();
  });
}
parentPort?.postMessage({ kind: "ready", url: serverUrl(server) });

// The thread of the DynamoDB engine: dynalite, and the report of the calls made on it.
import { once } from "node:events";
import { parentPort, workerData } from "node:worker_threads";
import dynalite from "dynalite";
import * as z from "zod";
import { recordTableCalls } from "../call-log.ts";
import { installVirtualTime, joinTime } from "../virtual-time.ts";
import { dateAnswers } from "./answer-date.ts";
import { serverUrl } from "./server-url.ts";

const { path, recordCalls, time } = z
  .object({ path: z.string(), recordCalls: z.boolean(), time: z.instanceof(SharedArrayBuffer) })
  .parse(workerData);
joinTime(time);
installVirtualTime();
const server = dynalite({ createTableMs: 0, path });
dateAnswers(server);
if (recordCalls) recordTableCalls(server, (call) => parentPort?.postMessage({ kind: "call", ...call }));
server.listen(0, "127.0.0.1");
await once(server, "listening");
/** How long a call that is under way may take at the end, ms: the store fails under whoever still reads it. */
const lastCallsMs = 2_000;

parentPort?.once("message", () => {
  // Its own close ends the store after the last connection; a connection that is kept open has no call under way.
  const idle = setInterval(() => server.closeIdleConnections(), 20);
  const late = setTimeout(() => server.closeAllConnections(), lastCallsMs);
  server.close(() => {
    clearInterval(idle);
    clearTimeout(late);
    parentPort?.close();
  });
});
parentPort?.postMessage({ kind: "ready", url: serverUrl(server) });

// The thread of the DynamoDB engine: dynalite, and the report of the calls made on it.
import { once } from "node:events";
import { parentPort, workerData } from "node:worker_threads";
import dynalite from "dynalite";
import * as z from "zod";
import { recordTableCalls } from "../call-log.ts";
import { serverUrl } from "./server-url.ts";

const { path, recordCalls } = z.object({ path: z.string(), recordCalls: z.boolean() }).parse(workerData);
const server = dynalite({ createTableMs: 0, path });
if (recordCalls) recordTableCalls(server, (call) => parentPort?.postMessage({ kind: "call", ...call }));
server.listen(0, "127.0.0.1");
await once(server, "listening");
parentPort?.once("message", () => {
  // Its own close ends the store after the last connection.
  server.close(() => parentPort?.close());
  server.closeAllConnections();
});
parentPort?.postMessage({ kind: "ready", url: serverUrl(server) });

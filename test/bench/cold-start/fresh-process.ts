// A process that was just started: loads a bundle (argument 1), works one batch that its parent sends, tells how long
// both took and how much CPU the loading, and ends.
import { once } from "node:events";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";

type Handler = (batch: SQSEvent, context: Partial<Context>) => Promise<SQSBatchResponse>;

const report = process.send?.bind(process);
const [batch]: unknown[] = await once(process, "message");
const beforeMs = performance.now();
const before = process.cpuUsage();
const bundle: { readonly handler: Handler } = await import(pathToFileURL(String(process.argv[2])).href);
const loadedMs = performance.now();
const { user, system } = process.cpuUsage(before);
const { batchItemFailures: failed } = await bundle.handler(batch as SQSEvent, {
  getRemainingTimeInMillis: () => 30_000,
});
const answeredMs = performance.now();
report?.({
  importMs: loadedMs - beforeMs,
  importCpuMs: (user + system) / 1_000,
  firstBatchMs: answeredMs - loadedMs,
  failed: failed.length,
});
process.disconnect();

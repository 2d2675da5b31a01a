import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { SQSEvent } from "aws-lambda";
import * as z from "zod";
import { type Benchmark, check, type Findings } from "../benchmark.ts";
import { environmentFor } from "../dispatchers/environment.ts";
import { batchesOf, mixedProviders } from "../mail.ts";
import { type Sink, startSink } from "../sink/sink.ts";
import { inTurns, round, spread } from "../statistics.ts";
import { type Bundle, ourBundle, textbookBundle } from "./bundles.ts";

export const benchmark: Benchmark = {
  what: "a new process loads the synthesized dispatcher and works its first batch of 10; TLS and Lambda left out",
  size: 30,
  bars: [{ figure: "bytes", atMost: 450_000 }],
  run: compare,
};

const Report = z.object({
  importMs: z.number(),
  importCpuMs: z.number(),
  firstBatchMs: z.number(),
  failed: z.literal(0),
});
type Report = z.output<typeof Report>;

const batchSize = 10;

async function compare(processes: number): Promise<Findings> {
  const folder = mkdtempSync(join(tmpdir(), "ses-warmup-bench-"));
  const ours = await ourBundle(join(folder, "cdk.out"));
  const peer = await textbookBundle(join(folder, "textbook"), ours.nodeOptions, false);
  const leanPeer = await textbookBundle(join(folder, "textbook-lean"), ours.nodeOptions, true);
  const sink = await startSink();
  let turns = 0;
  const measure = (bundle: Bundle) => () => {
    turns += 1;
    return start(sink, bundle, `turn${turns}`);
  };
  const reports = await inTurns(processes, {
    ours: measure(ours),
    withoutSourceMaps: measure({ ...ours, nodeOptions: "" }),
    peer: measure(peer),
    leanPeer: measure(leanPeer),
  });
  await sink.close();
  rmSync(folder, { recursive: true, force: true });
  const found = { ours: figures(ours, reports.ours), peer: figures(peer, reports.peer) };
  return {
    ours: { ...found.ours, withoutSourceMaps: figures(ours, reports.withoutSourceMaps) },
    peer: { ...found.peer, bundledAsOurs: figures(leanPeer, reports.leanPeer) },
    ratio: {
      bytes: round(ours.bytes / peer.bytes),
      import: round(found.ours.importMs.median / found.peer.importMs.median),
      importCpu: round(found.ours.importCpuMs.median / found.peer.importCpuMs.median),
      firstBatch: round(found.ours.firstBatchMs.median / found.peer.firstBatchMs.median),
    },
    rounds: processes,
  };
}

function figures({ bytes }: Bundle, reports: readonly Report[]) {
  return {
    bytes,
    importMs: spread(reports.map(({ importMs }) => importMs)),
    importCpuMs: spread(reports.map(({ importCpuMs }) => importCpuMs)),
    firstBatchMs: spread(reports.map(({ firstBatchMs }) => firstBatchMs)),
  };
}

/** @throws when the batch was not sent whole */
async function start(sink: Sink, { file, nodeOptions }: Bundle, prefix: string): Promise<Report> {
  const batches = batchesOf({
    messages: batchSize,
    batchSize,
    prefix,
    domainOf: mixedProviders,
  });
  const child = fork(fileURLToPath(new URL("./fresh-process.ts", import.meta.url)), [file], {
    env: { PATH: process.env.PATH, ...environmentFor(sink.endpoints), NODE_OPTIONS: nodeOptions },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  for (const batch of batches) child.send(renamed(batch));
  const [report] = await once(child, "message");
  await once(child, "exit");
  check(new Set(await sink.taken()).size === batchSize, "a message was not sent");
  return Report.parse(report);
}

/** The same batch for stream `receipts` of the local configuration. */
function renamed({ Records: records }: SQSEvent): SQSEvent {
  return {
    Records: records.map((each) => ({ ...each, body: each.body.replace('"stream":"news"', '"stream":"receipts"') })),
  };
}

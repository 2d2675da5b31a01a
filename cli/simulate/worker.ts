// One of the threads over which `simulate` spreads its seeds. It is told the job once, then one chunk after the other.
import { parentPort, workerData } from "node:worker_threads";
import { ModelError } from "../../shared/domain/simulation/own-model.ts";
import { type SeedResult, simulateSeed } from "../../shared/domain/simulation/simulate-seed.ts";
import { contenders, type Job } from "./job.ts";
import { loadModel } from "./load-model.ts";

/** Seeds in a row. */
export interface Chunk {
  readonly index: number;
  readonly from: number;
  readonly seeds: number;
}

export interface Answer {
  readonly index: number;
  /** For each seed one result per policy. */
  readonly results: SeedResult[][];
}

/** An error loses its class on the way to another thread. */
export interface Failed {
  readonly failed: string;
  /** Whether the model of somebody's own is at fault. */
  readonly byModel: boolean;
}

const job: Job = workerData;
const opened = loadModel(job.model);

parentPort?.on("message", (chunk: Chunk) => {
  answer(chunk).then(
    (found) => parentPort?.postMessage(found),
    (error: unknown) => parentPort?.postMessage(failed(error)),
  );
});

async function answer({ index, from, seeds }: Chunk): Promise<Answer> {
  const [source, all] = [await opened, contenders(job.names)];
  const results = Array.from({ length: seeds }, (_, at) => simulateSeed(source, all, from + at, job.scenario));
  return { index, results };
}

function failed(error: unknown): Failed {
  return { failed: error instanceof Error ? error.message : String(error), byModel: error instanceof ModelError };
}

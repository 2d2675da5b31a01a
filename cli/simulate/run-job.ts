import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { ModelError } from "../../shared/domain/simulation/own-model.ts";
import { type SeedResult, simulateSeed } from "../../shared/domain/simulation/simulate-seed.ts";
import { contenders, type Job } from "./job.ts";
import { loadModel } from "./load-model.ts";
import type { Answer, Chunk, Failed } from "./worker.ts";

/** Seeds that a worker runs before it tells. */
const chunkSeeds = 10;
/** Runs, one for each seed and policy, that are not worth a worker's start. */
const fewRuns = 250;

/** @param done - seeds that are through */
type Told = (done: number) => void;

/** Runs every seed of a job, over the cores when there are many. @returns for each seed one result per policy */
export async function runJob(job: Job, told: Told): Promise<SeedResult[][]> {
  const isSmall = job.seeds * (job.names.length + 1) <= fewRuns;
  return isSmall ? runHere(job, told) : runOverCores(job, told);
}

async function runHere(job: Job, told: Told): Promise<SeedResult[][]> {
  const [source, all] = [await loadModel(job.model), contenders(job.names)];
  return Array.from({ length: job.seeds }, (_, index) => {
    const found = simulateSeed(source, all, job.from + index, job.scenario);
    told(index + 1);
    return found;
  });
}

async function runOverCores(job: Job, told: Told): Promise<SeedResult[][]> {
  const chunks = Array.from({ length: Math.ceil(job.seeds / chunkSeeds) }, (_, index): Chunk => {
    const first = index * chunkSeeds;
    return { index, from: job.from + first, seeds: Math.min(chunkSeeds, job.seeds - first) };
  });
  const found: SeedResult[][][] = [];
  let done = 0;
  const waiting = chunks.values();
  const keep = ({ index, results }: Answer): void => {
    found[index] = results;
    done += results.length;
    told(done);
  };
  const count = Math.min(availableParallelism(), chunks.length);
  const workers = Array.from(
    { length: count },
    () => new Worker(new URL("./worker.ts", import.meta.url), { workerData: job }),
  );
  try {
    await Promise.all(workers.map((worker) => drain(worker, waiting, keep)));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return found.flat();
}

/** Hands one chunk after the other to a worker until none is left. */
async function drain(worker: Worker, waiting: Iterator<Chunk>, keep: (answer: Answer) => void): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const next = (): void => {
    const { value, done = false } = waiting.next();
    if (done) resolve();
    else worker.postMessage(value);
  };
  worker.on("message", (answer: Answer | Failed) => {
    if ("failed" in answer) return reject(answer.byModel ? new ModelError(answer.failed) : new Error(answer.failed));
    keep(answer);
    next();
  });
  worker.on("error", reject);
  next();
  return promise;
}

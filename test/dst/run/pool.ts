import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Answer, Request, WorkerTask } from "./task.ts";
import { addTotals, noTotals, type Totals } from "./totals.ts";

/** Works requests on as many threads as there are cores, and adds up their totals. */
export async function runOnAllCores(
  task: WorkerTask,
  requests: readonly Request[],
  progress: (done: Totals) => void,
): Promise<Totals> {
  const totals = noTotals();
  const left = requests.values();
  const threads = Math.min(availableParallelism(), requests.length);
  await Promise.all(
    Array.from({ length: threads }, async () => {
      const thread = new Thread(task);
      try {
        for (const request of left) {
          addTotals(totals, await thread.ask(request));
          progress(totals);
        }
      } finally {
        await thread.end();
      }
    }),
  );
  return totals;
}

/** One worker thread, which works one request at a time. */
export class Thread {
  readonly #worker: Worker;

  constructor(task: WorkerTask) {
    this.#worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: task });
  }

  /** @throws when the simulation itself fails */
  ask(request: Request): Promise<Totals> {
    return new Promise((resolve, reject) => {
      const answered = ({ totals, error }: Answer): void => {
        this.#worker.off("error", reject);
        if (error === undefined) resolve(totals);
        else reject(new Error(error));
      };
      this.#worker.once("message", answered);
      this.#worker.once("error", reject);
      this.#worker.postMessage(request);
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

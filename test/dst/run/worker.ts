// One thread of the simulation. Everything it simulates is loaded after the planted bug and the virtual globals.
import { parentPort, workerData } from "node:worker_threads";
import { installVirtualGlobals } from "../engine/virtual-globals.ts";
import { plantMutant } from "../mutants/plant.ts";
import type { Answer, Request, WorkerTask } from "./task.ts";

const task = workerData as WorkerTask;
if (task.mutant !== undefined) plantMutant(task.mutant);
const { work } = await import("./work.ts");
const player = await work(task.system);
installVirtualGlobals();

parentPort?.on("message", (request: Request) => {
  player(request).then(
    (totals) => parentPort?.postMessage({ totals } satisfies Answer),
    (error: unknown) => {
      const text = error instanceof Error ? `${error.message}\n${error.stack ?? ""}` : String(error);
      parentPort?.postMessage({ error: text } as Answer);
    },
  );
});

// The queue engine in a process of its own, which a test can kill: prints its address when it is ready.
import { startQueueEngine } from "../../infra/local/engines/queue-engine.ts";

const [, , folder] = process.argv;
if (folder === undefined) throw new Error("expected the engine's folder as the first argument");
const { url } = await startQueueEngine(folder);
console.log(url);

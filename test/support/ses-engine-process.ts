// An SES engine in a process of its own, for tests that kill it: argument 1 is the database file. Its topic takes nothing.
import { startSesEngine } from "../../infra/local/engines/ses/engine.ts";

const engine = await startSesEngine({
  clock: { nowMs: () => Date.UTC(2026, 10, 2) },
  publish: () => Promise.reject(new Error("the topic is away")),
  providerOf: () => "gmail",
  databaseFile: process.argv[2] ?? ":memory:",
});
console.log(engine.url);

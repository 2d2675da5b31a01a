// The process a function runs in: loads the bundle that the stack would deploy and runs its handler for each event that
// arrives. What a Lambda environment gives and this does not: one invocation at a time, freeze between them, memory limit.
import { syncBuiltinESMExports } from "node:module";
import timers from "node:timers/promises";
import * as z from "zod";
import { installVirtualTime, setAheadMs, startAheadMs } from "../virtual-time.ts";

const Message = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("time"), aheadMs: z.number() }),
  z.object({ kind: z.literal("invoke"), id: z.number(), event: z.unknown(), timeoutMs: z.number() }),
]);

/** Lambda's JSON log format: one object a line, with time and level. */
function writeLogsAsJson(): void {
  for (const level of ["info", "warn", "error"] as const) {
    console[level] = (fields: unknown) => {
      const line = { timestamp: new Date().toISOString(), level: level.toUpperCase(), message: fields };
      process.stdout.write(`${JSON.stringify(line)}\n`);
    };
  }
}

/**
 * The engines take control calls as fast as they come: a pause of the product (one such call a second) would only make
 * the local run wait, and where time jumps it would wait for a clock that stands still.
 */
function makePausesVirtual(): void {
  // The name in node's own types is that of a function with overloads; only this form is used by the product.
  Object.assign(timers, { setTimeout: async (_ms: number, value: unknown) => value });
  syncBuiltinESMExports();
}

writeLogsAsJson();
makePausesVirtual();
installVirtualTime();
startAheadMs(Number(process.env.LOCAL_AHEAD_MS));
const bundle: { handler: (event: unknown, context: unknown) => Promise<unknown> } = await import(
  String(process.env.LOCAL_BUNDLE)
);

process.on("message", (received) => {
  const message = Message.parse(received);
  if (message.kind === "time") setAheadMs(message.aheadMs);
  else void invoke(message.id, message.event, message.timeoutMs);
});
process.on("disconnect", () => process.exit());
process.send?.({ kind: "ready" });

async function invoke(id: number, event: unknown, timeoutMs: number): Promise<void> {
  const deadlineMs = Date.now() + timeoutMs;
  const context = {
    awsRequestId: `local-${id}`,
    getRemainingTimeInMillis: () => deadlineMs - Date.now(),
  };
  try {
    const answer = await bundle.handler(event, context);
    process.send?.({ kind: "answer", id, answer: answer ?? null });
  } catch (error) {
    process.send?.({
      kind: "error",
      id,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
}

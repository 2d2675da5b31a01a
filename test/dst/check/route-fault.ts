import type { SesCall } from "../aws/ses-service.ts";
import { setsOfStream } from "../system/configuration.ts";
import type { Mail } from "../system/workload.ts";

/** Largest difference of a clock, ms. */
const skewMs = 5_000;

/** What is wrong with the way a mail left by; undefined when nothing is. */
export function routeFault(call: SesCall, mail: Mail | undefined, nowMs: number): string | undefined {
  const { configurationSet, tags } = call;
  if (mail?.stream === undefined) return "left although it may not be sent";
  if (setsOfStream.get(mail.stream)?.has(configurationSet) !== true) {
    return `left by ${configurationSet}, which is not its stream's`;
  }
  const { "sw-pool": pool = "", "sw-route": kind = "", "sw-stream": stream } = tags;
  const expected = kind === "shared" ? kind : `${pool}-${kind}`;
  if (expected !== configurationSet || stream !== mail.stream) return `left by ${configurationSet} under other tags`;
  if (mail.sendAfterMs !== undefined && nowMs + 2 * skewMs < mail.sendAfterMs) return "left before its time";
  return undefined;
}

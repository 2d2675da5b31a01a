import type { SesCall } from "../aws/ses-service.ts";
import type { Mail } from "../system/workload.ts";
import { setsOfMail } from "./sets-of-mail.ts";

/** Largest difference of a clock, ms. */
const skewMs = 5_000;

/** What is wrong with the way a mail left by; undefined when nothing is. */
export function routeFault(call: SesCall, mail: Mail | undefined, nowMs: number): string | undefined {
  const { configurationSet, tags } = call;
  if (mail?.stream === undefined) return "left although it may not be sent";
  if (!setsOfMail(mail).includes(configurationSet)) {
    return `left by ${configurationSet}, which is not for it`;
  }
  const { "sw-pool": pool = "", "sw-route": kind = "", "sw-stream": stream } = tags;
  const expected = kind === "shared" ? kind : `${pool}-${kind}`;
  if (expected !== configurationSet || stream !== mail.stream) return `left by ${configurationSet} under other tags`;
  if (mail.sendAfterMs !== undefined && nowMs + 2 * skewMs < mail.sendAfterMs) return "left before its time";
  return undefined;
}

import { setTimeout } from "node:timers/promises";
import type { SESv2Client } from "@aws-sdk/client-sesv2";

/** SES takes one call a second of each control operation (SES service quotas); we keep that over all of them. */
const apartMs = 1_000;

/** Makes a client begin its calls one after the other and at least a second apart, the SDK's retries among them. */
export function paced(client: SESv2Client): SESv2Client {
  let begun = Promise.resolve(Number.NEGATIVE_INFINITY);
  const turn = (): Promise<number> => {
    begun = begun.then(async (lastMs) => {
      const waitMs = lastMs + apartMs - Date.now();
      if (waitMs > 0) await setTimeout(waitMs);
      return Date.now();
    });
    return begun;
  };
  client.middlewareStack.add(
    (next) => async (args) => {
      await turn();
      return next(args);
    },
    // Behind the SDK's retries, so that each try waits for its turn.
    { step: "finalizeRequest", priority: "low", name: "oneControlCallASecond" },
  );
  return client;
}

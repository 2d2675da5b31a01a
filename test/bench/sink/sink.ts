import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Endpoints } from "../dispatchers/environment.ts";

export interface Sink {
  readonly endpoints: Endpoints;
  /** First recipient of each mail since the last call. */
  taken(): Promise<string[]>;
  close(): Promise<void>;
}

/** Starts the sink; it ends with this process at the latest. */
export async function startSink(): Promise<Sink> {
  const child = fork(fileURLToPath(new URL("./sink-process.ts", import.meta.url)));
  const [url] = await once(child, "message");
  return {
    endpoints: { DYNAMODB: String(url), SESV2: String(url) },
    taken: async () => {
      const answer = await fetch(`${url}/taken`);
      const recipients: string[] = JSON.parse(await answer.text());
      return recipients;
    },
    close: async () => {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}

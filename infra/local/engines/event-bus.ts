import { once } from "node:events";
import { appendFileSync } from "node:fs";
import { createServer } from "node:http";
import * as z from "zod";
import { callerOf, type RecordedCall } from "../call-log.ts";
import { account, region } from "../template/resolve.ts";
import { serverUrl } from "./server-url.ts";

const PutEvents = z.object({
  Entries: z.array(z.object({ Source: z.string(), DetailType: z.string(), Detail: z.string() })).max(10),
});

/** A running event bus. */
export interface EventBus {
  readonly url: string;
  close(): Promise<void>;
}

/** What EventBridge's PutEvents takes, written to a file, one JSON object a line. Rules and targets are AWS's matter. */
export async function startEventBus(file: string, onCall?: (call: RecordedCall) => void): Promise<EventBus> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const resource = `arn:aws:events:${region}:${account}:event-bus/default`;
    onCall?.({ caller: callerOf(request.headers), action: "events:PutEvents", resource });
    const { Entries: entries } = PutEvents.parse(JSON.parse(Buffer.concat(chunks).toString()));
    const time = new Date().toISOString();
    const lines = entries.map(({ Source, DetailType, Detail }) => ({
      ...{ Source, DetailType, time },
      detail: JSON.parse(Detail),
    }));
    appendFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    response.writeHead(200, { "content-type": "application/x-amz-json-1.1" });
    response.end(JSON.stringify({ FailedEntryCount: 0, Entries: entries.map((_, id) => ({ EventId: String(id) })) }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: serverUrl(server),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

import { once } from "node:events";
import { appendFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import * as z from "zod";
import { callerOf } from "../call-log.ts";
import { type CallJudge, refusalSentence } from "../permissions/refusal.ts";
import { account, region } from "../template/resolve.ts";
import { answerOwnSiteOnly } from "./own-site.ts";
import { serverUrl } from "./server-url.ts";

const awsJson = { "content-type": "application/x-amz-json-1.1" };

const PutEvents = z.object({
  Entries: z.array(z.object({ Source: z.string(), DetailType: z.string(), Detail: z.string() })).max(10),
});

/** A running event bus. */
export interface EventBus {
  readonly url: string;
  close(): Promise<void>;
}

/** What EventBridge's PutEvents takes, written to a file, one JSON object a line. Rules and targets are AWS's matter. */
export async function startEventBus(file: string, judge: CallJudge = () => undefined): Promise<EventBus> {
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const resource = `arn:aws:events:${region}:${account}:event-bus/default`;
    const refusal = judge({ caller: callerOf(request.headers), action: "events:PutEvents", resource });
    if (refusal !== undefined) return refuse(response, "AccessDeniedException", refusalSentence(refusal));
    const { Entries: entries } = PutEvents.parse(await json(request));
    const time = new Date().toISOString();
    const lines = entries.map(({ Source, DetailType, Detail }) => ({
      ...{ Source, DetailType, time },
      detail: JSON.parse(Detail),
    }));
    appendFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    const EventIds = entries.map((_, id) => ({ EventId: String(id) }));
    response.writeHead(200, awsJson).end(JSON.stringify({ FailedEntryCount: 0, Entries: EventIds }));
  };
  const server = createServer((request, response) => {
    take(request, response).catch((error) => refuse(response, "ValidationException", String(error)));
  });
  answerOwnSiteOnly(server);
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

function refuse(response: ServerResponse, type: string, message: string): void {
  response.writeHead(400, awsJson).end(JSON.stringify({ __type: type, message }));
}

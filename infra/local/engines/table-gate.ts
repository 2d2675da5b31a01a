import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { type RecordedCall, tableCalls } from "../call-log.ts";

/** A refusal in DynamoDB's own form. */
export interface TableRefusal {
  readonly status: 400 | 500;
  /** With the name space that DynamoDB gives it. */
  readonly type: string;
  readonly message: string;
}

/** Looks at what a call does, each table for itself, before it is carried out. */
export type TableJudge = (calls: readonly RecordedCall[]) => TableRefusal | undefined;

/** Stands in front of a DynamoDB engine: reads each call whole, and lets it through or refuses it. */
export function standInFront(server: Server, judge: TableJudge): void {
  const handlers = server.listeners("request");
  server.removeAllListeners("request");
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(request);
    const refusal = judge(tableCalls(request.headers, body.toString()));
    if (refusal !== undefined) return refuse(response, refusal);
    const { headers, method, url } = request;
    for (const handle of handlers)
      handle.call(server, Object.assign(Readable.from([body]), { headers, method, url }), response);
  };
  server.on("request", (request, response) => {
    // A caller that is gone before its call was read gets no answer.
    pass(request, response).catch(() => response.destroy());
  });
}

function refuse(response: ServerResponse, { status, type, message }: TableRefusal): void {
  response.writeHead(status, { "content-type": "application/x-amz-json-1.0" });
  response.end(JSON.stringify({ __type: type, message }));
}

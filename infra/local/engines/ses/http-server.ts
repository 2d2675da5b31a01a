import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { dateAnswers } from "../answer-date.ts";
import { answerOwnSiteOnly } from "../own-site.ts";
import type { SesContext } from "./context.ts";
import { NoAnswer } from "./no-answer.ts";
import type { Operation } from "./operation.ts";
import type { SesFaults } from "./options.ts";
import { callerOf, inputOf, readBody } from "./read-request.ts";
import { ofAccount } from "./refusals.ts";
import { findOperation } from "./router.ts";
import { SesError } from "./ses-error.ts";

/** Uses up one of a fault's count. */
function strikes(
  faults: SesFaults,
  fault: "failBeforeAcceptance" | "resetAfterAcceptance" | "tooManyRequests",
): boolean {
  if (faults[fault] <= 0) return false;
  faults[fault] -= 1;
  return true;
}

function refuseOnDemand(faults: SesFaults): void {
  if (strikes(faults, "tooManyRequests")) throw ofAccount.rateExceeded();
  if (strikes(faults, "failBeforeAcceptance")) throw ofAccount.serverError();
}

function judge(context: SesContext, call: { accessKeyId: string; action: string; resources: string[] }): void {
  try {
    context.options.onCall?.(call);
  } catch (error) {
    throw new SesError("AccessDeniedException", error instanceof Error ? error.message : String(error));
  }
}

/** Carries one request out. */
async function answer(
  context: SesContext,
  faults: SesFaults,
  request: IncomingMessage,
): Promise<{ operation: Operation; result: object }> {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const body = await readBody(request);
  const { operation, pathInput } = findOperation(request.method ?? "GET", url.pathname);
  const caller = callerOf(request);
  const call = operation.prepare(context, inputOf(url, body, pathInput), caller);
  const action = `ses:${call.iamAction ?? operation.action}`;
  judge(context, { accessKeyId: caller.accessKeyId, action, resources: call.resources });
  if (operation.sends) refuseOnDemand(faults);
  return { operation, result: operation.sends ? call.run() : context.transact(call.run) };
}

function reply(response: ServerResponse, status: number, body: object, errorName?: string): void {
  const headers = { "content-type": "application/json", "x-amzn-requestid": randomUUID() };
  response.writeHead(status, errorName === undefined ? headers : { ...headers, "x-amzn-errortype": errorName });
  response.end(JSON.stringify(body));
}

async function handle(
  context: SesContext,
  faults: SesFaults,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { operation, result } = await answer(context, faults, request);
    if (operation.sends && strikes(faults, "resetAfterAcceptance")) {
      request.socket.resetAndDestroy();
      return;
    }
    if (operation.sends && faults.slowAnswerMs > 0) await pause(faults.slowAnswerMs);
    reply(response, 200, result);
  } catch (error) {
    if (error instanceof NoAnswer) return;
    if (error instanceof SesError) reply(response, error.status, { message: error.message }, error.name);
    else reply(response, 500, { message: String(error) }, "InternalServiceErrorException");
  }
}

/** Serves the SES v2 API on the loopback address. */
export async function serve(
  context: SesContext,
  faults: SesFaults,
  port: number,
): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    void handle(context, faults, request, response);
  });
  answerOwnSiteOnly(server);
  dateAnswers(server);
  // A connection that closes under a client that is about to use it would look like an unknown outcome.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the SES engine has no port");
  return { server, url: `http://127.0.0.1:${address.port}` };
}

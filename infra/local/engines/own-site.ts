import type { IncomingMessage, Server, ServerResponse } from "node:http";

const reading = new Set(["GET", "HEAD"]);
const ownHost = /^(127\.0\.0\.1|localhost)(:\d+)?$/;

/**
 * Lets a loopback server answer programs and pages of this machine only. It refuses what came under another name (a page
 * whose name was pointed here), and writes of other sites' pages. Nobody behind it learns of other sites, so no answer
 * gives them leave (CORS).
 */
export function answerOwnSiteOnly(server: Server): void {
  const handlers = server.listeners("request");
  server.removeAllListeners("request");
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const foreign = foreignTo(request);
    if (foreign !== undefined) {
      response.writeHead(403, { "content-type": "text/plain" }).end(`${foreign}\n`);
      return;
    }
    delete request.headers.origin;
    for (const handle of handlers) handle.call(server, request, response);
  });
}

/** Why a request gets no answer. */
function foreignTo({ headers, method = "GET" }: IncomingMessage): string | undefined {
  const { host = "", origin, "sec-fetch-site": site = "none" } = headers;
  if (!ownHost.test(host)) return "This server answers to 127.0.0.1 and localhost only.";
  if (reading.has(method)) return undefined;
  const isOwn = origin === undefined || origin === `http://${host}`;
  if (isOwn && (site === "none" || site === "same-origin")) return undefined;
  return "This server takes no writes from pages of other sites.";
}

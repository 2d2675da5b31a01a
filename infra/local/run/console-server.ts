import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { idOfMessageTag } from "../../../shared/domain/sending/message-tag.ts";
import { answerOwnSiteOnly } from "../engines/own-site.ts";
import { serverUrl } from "../engines/server-url.ts";
import type { OutboxEntry } from "../engines/ses/outbox.ts";
import { LocalRunError } from "../local-run-error.ts";
import type { LocalSystem } from "../local-system.ts";
import { engineOrders, OrderError } from "./engine-orders.ts";

export interface ConsoleServer {
  readonly url: string;
  /** Answers for this system from now on. */
  show(system: LocalSystem): void;
  close(): Promise<void>;
}

/** A page of the outbox has at most this many messages. */
const outboxPage = 1_000;

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const json = (value: unknown): Answer => ({ status: 200, type: "application/json", body: JSON.stringify(value) });
const html = (body: string): Answer => ({ status: 200, type: "text/html; charset=utf-8", body });
const says = (status: number, sentence: string): Answer => ({ status, type: "text/plain", body: `${sentence}\n` });

/**
 * Opens the page's address on loopback, before the system that it shows is there: a taken port is known at once.
 * @param port - 0 for any free port
 * @throws LocalRunError that says what to do when the port is taken
 */
export async function openConsole(port: number): Promise<ConsoleServer> {
  let shown: LocalSystem | undefined;
  const server = createServer((request, response) => {
    void answer(shown, request, response);
  });
  answerOwnSiteOnly(server);
  await listen(server, port);
  return {
    url: serverUrl(server),
    show: (system) => {
      shown = system;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const whyNoPort: Readonly<Record<string, string>> = { EADDRINUSE: "is taken", EACCES: "is not for this user" };

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    const why = whyNoPort[error instanceof Error && "code" in error ? String(error.code) : ""];
    if (why === undefined) throw error;
    const whatToDo = "end what listens there, or choose another with --port (0 for any)";
    throw new LocalRunError(`port ${port} ${why}: ${whatToDo}`, { cause: error });
  }
}

async function answer(
  system: LocalSystem | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { status, type, body } = await answerTo(system, request);
  response.writeHead(status, {
    "content-type": type,
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'",
  });
  response.end(body);
}

async function answerTo(system: LocalSystem | undefined, request: IncomingMessage): Promise<Answer> {
  if (system === undefined) return says(503, "The local system is starting: ask again in some seconds.");
  try {
    const url = new URL(request.url ?? "/", "http://console");
    return request.method === "POST" ? order(system, url, await text(request)) : await route(system, url);
  } catch (error) {
    return says(error instanceof OrderError ? 400 : 500, error instanceof Error ? error.message : String(error));
  }
}

/** What tests tell the engines to answer. */
function order(system: LocalSystem, { pathname }: URL, body: string): Answer {
  const carryOut = engineOrders[pathname];
  if (carryOut === undefined) return says(404, `Orders: POST ${Object.keys(engineOrders).join(", POST ")}`);
  carryOut(system, body);
  return json({});
}

async function route(system: LocalSystem, url: URL): Promise<Answer> {
  switch (url.pathname) {
    case "/":
      return html(document(await page(system)));
    case "/page":
      return html(await page(system));
    case "/refresh.js":
      return { status: 200, type: "text/javascript", body: refreshScript };
    case "/outbox":
      return html(system.mail.page());
    case "/outbox.json":
      return json(system.mail.outbox(Number(url.searchParams.get("after") ?? 0) || 0, outboxPage).map(listed));
    case "/status.json":
      return json(await system.console({ view: "status" }));
    default:
      return says(404, "Pages: / /outbox /outbox.json?after=N /status.json");
  }
}

async function page(system: LocalSystem): Promise<string> {
  return String(await system.console({}));
}

/** The contract's fields first; the business id where the mail carries it. */
function listed({ n, id, to, configurationSet, tags, outcome, ...rest }: OutboxEntry) {
  const message = tags["sw-message"];
  return { n, id: message === undefined ? id : idOfMessageTag(message), to, configurationSet, tags, outcome, ...rest };
}

const refreshScript = `
const page = document.getElementById("page");
setInterval(async () => {
  try {
    const answer = await fetch("/page");
    if (answer.ok) page.innerHTML = await answer.text();
  } catch { /* the local system was ended */ }
}, 1000);
`;

function document(fragment: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>ses-warmup, local</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"></head>
<body><nav><a href="/outbox">outbox</a> <a href="/status.json">status.json</a></nav>
<main id="page">${fragment}</main><script src="/refresh.js"></script></body></html>`;
}

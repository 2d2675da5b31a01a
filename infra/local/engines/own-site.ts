import type { IncomingMessage } from "node:http";

const reading = new Set(["GET", "HEAD"]);

/**
 * Why a loopback server does not answer a request: it came under another name than the machine's own (a page whose name
 * was pointed here), or another site's page wants to write.
 */
export function foreignTo({ headers, method = "GET", socket }: IncomingMessage): string | undefined {
  const own = ["127.0.0.1", "localhost"].map((name) => `${name}:${socket.localPort}`);
  const { host = "", origin, "sec-fetch-site": site = "none" } = headers;
  if (!own.includes(host)) return `This server answers to ${own.join(" and ")} only.`;
  if (reading.has(method)) return undefined;
  const isOwn = origin === undefined || own.some((each) => origin === `http://${each}`);
  if (isOwn && (site === "none" || site === "same-origin")) return undefined;
  return "This server takes no writes from pages of other sites.";
}

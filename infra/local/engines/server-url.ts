import type { Server } from "node:http";

/** Address of a listening loopback server. */
export function serverUrl(server: Server): string {
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the server listens on no port");
  return `http://127.0.0.1:${address.port}`;
}

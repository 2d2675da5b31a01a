import type { Server } from "node:http";

/**
 * Dates a server's answers by this process's time, as AWS dates its own: the product compares its clock with them. Node
 * would date them by the machine's.
 */
export function dateAnswers(server: Server): void {
  server.prependListener("request", (_request, response) => {
    response.setHeader("Date", new Date().toUTCString());
  });
}

import { once } from "node:events";
import type { Server } from "node:http";
import dynalite from "dynalite";
import { serverUrl } from "./server-url.ts";

/** A running DynamoDB engine. */
export interface TableEngine {
  readonly url: string;
  readonly server: Server;
  close(): Promise<void>;
}

/** Starts dynalite on loopback. @param path - folder of its LevelDB; what was written survives the process */
export async function startTableEngine(path: string): Promise<TableEngine> {
  const server = dynalite({ createTableMs: 0, path });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    server,
    url: serverUrl(server),
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

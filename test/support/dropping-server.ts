import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";

/** What both sides of a TLS connection know, in the place of a certificate. */
const sharedKey = Buffer.from("d731ef57be09e5204f0b205b60627028", "hex");
const cipher = { ciphers: "PSK", maxVersion: "TLSv1.2" } as const;

/** A client's options for connections to a `droppingServer` by TLS. */
export const sharedKeyTls = {
  ...cipher,
  pskCallback: () => ({ psk: sharedKey, identity: "test" }),
  checkServerIdentity: () => undefined,
};

export interface DroppingServer {
  readonly port: number;
  /** Connections that were opened. */
  readonly connections: () => number;
  close(): void;
}

/**
 * A server, on loopback, that forgets a connection once it has answered on it as often as told: what comes later is dropped without
 * a word, or the connection is reset, as a load balancer does it with connections that were idle for long.
 */
export function droppingServer({
  tls = false,
  answers = 1,
  afterwards,
}: {
  readonly tls?: boolean;
  readonly afterwards: "silence" | "reset";
  readonly answers?: number;
}): Promise<DroppingServer> {
  const open = new Set<Socket>();
  let count = 0;
  const serve = (socket: Socket): void => {
    count += 1;
    open.add(socket);
    let answered = 0;
    socket.on("error", () => {});
    socket.on("data", (data) => {
      // The start of a request; the rest of it may come in pieces.
      if (!/^[A-Z]+ \S+ HTTP\/1\.1\r\n/.test(data.toString("latin1"))) return;
      answered += 1;
      if (answered <= answers)
        socket.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}");
      else if (afterwards === "reset") socket.resetAndDestroy();
    });
  };
  const server: Server = tls
    ? createTlsServer({ ...cipher, pskCallback: () => sharedKey }, serve)
    : createTcpServer(serve);
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      const close = (): void => {
        for (const socket of open) socket.destroy();
        server.close();
      };
      resolve({ port, connections: () => count, close });
    });
  });
}

import { Agent as HttpAgent } from "node:http";
import { type AgentOptions, Agent as HttpsAgent } from "node:https";
import type { Duplex } from "node:stream";
import { NodeHttpHandler, type NodeHttpHandlerOptions } from "@smithy/node-http-handler";
import type { Clock } from "../ports/clock.ts";

/** A connection that nobody has used for so long may have been dropped by the other side without a word, ms. */
const longestIdleMs = 5_000;

/** Time limits of calls. */
export type Limits = Pick<NodeHttpHandlerOptions, "connectionTimeout" | "requestTimeout" | "throwOnRequestTimeout">;

/**
 * The SDK's handler for calls that are made once. A call on a connection that the other side has dropped gets no answer,
 * and nobody knows what became of it: a client that repeats its calls hides that, one that does not has to avoid it. A
 * function is frozen between two invocations and its timers stand still, so a connection's age is looked at when the
 * next call is made.
 */
export class FreshHttpHandler extends NodeHttpHandler {
  readonly #connections: Connections;

  /** @param tls - options of connections by TLS */
  constructor(limits: Limits, clock: Clock, tls: AgentOptions = {}) {
    const connections = new Connections(clock, tls);
    super({ ...limits, httpAgent: connections.http, httpsAgent: connections.https });
    this.#connections = connections;
  }

  override handle(...call: Parameters<NodeHttpHandler["handle"]>): ReturnType<NodeHttpHandler["handle"]> {
    this.#connections.closeIdle();
    return super.handle(...call);
  }
}

/** As many at once as the SDK opens by itself. */
const kept = { keepAlive: true, maxSockets: 50 };

class Connections {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
  readonly #freeSinceMs = new WeakMap<Duplex, number>();
  readonly #clock: Clock;

  constructor(clock: Clock, tls: AgentOptions) {
    this.#clock = clock;
    this.http = this.#noting(new HttpAgent(kept));
    this.https = this.#noting(new HttpsAgent({ ...kept, ...tls }));
  }

  closeIdle(): void {
    const oldestMs = this.#clock.nowMs() - longestIdleMs;
    const free = [this.http, this.https].flatMap(({ freeSockets }) => Object.values(freeSockets)).flat();
    for (const socket of free) {
      if (socket !== undefined && (this.#freeSinceMs.get(socket) ?? 0) < oldestMs) socket.destroy();
    }
  }

  #noting<Agent extends HttpAgent>(agent: Agent): Agent {
    const keepAlive = agent.keepSocketAlive.bind(agent);
    agent.keepSocketAlive = (socket) => {
      this.#freeSinceMs.set(socket, this.#clock.nowMs());
      return keepAlive(socket);
    };
    return agent;
  }
}

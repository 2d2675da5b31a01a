import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { fileURLToPath } from "node:url";
import * as z from "zod";

export interface FunctionSettings {
  readonly name: string;
  /** File of the bundle the stack would deploy. */
  readonly bundle: string;
  /** The function's own environment, and nothing of this process's but PATH. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly logFile: string;
  readonly aheadMs: () => number;
}

const Reply = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ready") }),
  z.object({ kind: z.literal("answer"), id: z.number(), answer: z.unknown() }),
  z.object({ kind: z.literal("error"), id: z.number(), error: z.string() }),
]);

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

const host = fileURLToPath(new URL("./function-host.ts", import.meta.url));

/** One function in a process of its own, started again whenever it ends. */
export class FunctionProcess {
  readonly #settings: FunctionSettings;
  readonly #log: WriteStream;
  readonly #waiting = new Map<number, Waiting>();
  #process: ChildProcess | undefined;
  #ready = Promise.withResolvers<void>();
  #lastId = 0;
  #closing = false;

  constructor(settings: FunctionSettings) {
    this.#settings = settings;
    this.#log = createWriteStream(settings.logFile, { flags: "a" });
    this.#start();
  }

  get name(): string {
    return this.#settings.name;
  }

  /** Process id, for tests that kill it. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Invocations under way. */
  get invocations(): number {
    return this.#waiting.size;
  }

  /** Resolves when the bundle is loaded: that of the next process, should this one end before. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** Runs the handler. @throws what the handler threw, or that it ran out of time or its process ended */
  async invoke(event: unknown): Promise<unknown> {
    await this.ready;
    const { timeoutMs, name } = this.#settings;
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      // Lambda ends the environment; here only the invocation counts as failed, since its process runs others too.
      const timer = setTimeout(() => this.#settle(id)?.reject(new Error(`${name} timed out`)), timeoutMs);
      this.#waiting.set(id, { resolve, reject, timer });
      this.#tell({ kind: "invoke", id, event, timeoutMs });
    });
  }

  setAheadMs(aheadMs: number): void {
    this.#tell({ kind: "time", aheadMs });
  }

  /** A process may have been killed without our knowing yet: its exit settles what it did not hear, so no error here. */
  #tell(message: { readonly kind: "invoke" | "time"; readonly [field: string]: unknown }): void {
    this.#process?.send(message, () => undefined);
  }

  async close(): Promise<void> {
    this.#closing = true;
    const ended = this.#process?.exitCode === null ? once(this.#process, "exit") : undefined;
    this.#process?.kill();
    await ended;
    this.#log.end();
  }

  #start(): void {
    const { bundle, environment, aheadMs } = this.#settings;
    const child = fork(host, {
      env: {
        PATH: process.env.PATH,
        ...environment,
        LOCAL_BUNDLE: bundle,
        LOCAL_AHEAD_MS: String(aheadMs()),
      },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    this.#process = child;
    child.stdout?.pipe(this.#log, { end: false });
    child.stderr?.pipe(this.#log, { end: false });
    child.on("message", (message) => {
      // The last words of a killed process may arrive after its exit.
      if (child === this.#process) this.#heard(Reply.parse(message));
    });
    child.on("exit", () => this.#ended());
  }

  #heard(reply: z.output<typeof Reply>): void {
    if (reply.kind === "ready") {
      this.setAheadMs(this.#settings.aheadMs());
      this.#ready.resolve();
    } else if (reply.kind === "answer") this.#settle(reply.id)?.resolve(reply.answer);
    else this.#settle(reply.id)?.reject(new Error(reply.error));
  }

  #ended(): void {
    for (const id of [...this.#waiting.keys()]) this.#settle(id)?.reject(new Error(`${this.name}: its process ended`));
    if (this.#closing) return;
    // Who waits for a process that was killed while it loaded is served by the next one.
    const { resolve: resolveEarlier } = this.#ready;
    this.#ready = Promise.withResolvers();
    void this.ready.then(resolveEarlier);
    this.#start();
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    clearTimeout(waiting?.timer);
    return waiting;
  }
}

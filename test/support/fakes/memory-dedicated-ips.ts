import type { DedicatedIp, DedicatedIps } from "../../../shared/ports/dedicated-ips.ts";

/** The account's IPs, by the SES pool each lies in. */
export class MemoryDedicatedIps implements DedicatedIps {
  readonly #sesPoolOf: Map<string, string>;
  /** Moves made, as `192.0.2.1 -> news-warming`. */
  readonly moves: string[] = [];
  /** IPs that SES refuses to move. */
  readonly stuck = new Set<string>();

  constructor(sesPoolOf: Readonly<Record<string, string>>) {
    this.#sesPoolOf = new Map(Object.entries(sesPoolOf));
  }

  async list(): Promise<readonly DedicatedIp[]> {
    return [...this.#sesPoolOf].map(([ip, sesPool]) => ({ ip, sesPool, percentage: 100 }));
  }

  async assign(ip: string, sesPool: string): Promise<void> {
    if (this.stuck.has(ip)) throw new Error(`SES does not move ${ip}`);
    this.moves.push(`${ip} -> ${sesPool}`);
    this.#sesPoolOf.set(ip, sesPool);
  }

  /** An IP that is leased, or moved by hand. */
  put(ip: string, sesPool: string): void {
    this.#sesPoolOf.set(ip, sesPool);
  }

  /** An IP that is given back to SES. */
  release(ip: string): void {
    this.#sesPoolOf.delete(ip);
  }
}

/** One dedicated IP as SES lists it. */
export interface DedicatedIp {
  readonly ip: string;
  /** The SES pool it is in; SES's default pool when nobody moved it. */
  readonly sesPool: string;
  /** SES's own warm-up percentage, 0 to 100; -1 in a managed pool. */
  readonly percentage: number;
}

/** The account's dedicated IPs. Control calls: SES holds them to one a second, so they are never on the send path. */
export interface DedicatedIps {
  list(): Promise<readonly DedicatedIp[]>;
  /** Moves an IP; SES sends from the new pool at once. */
  assign(ip: string, sesPool: string): Promise<void>;
}

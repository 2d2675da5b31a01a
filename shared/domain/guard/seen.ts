/** The account as SES shows it. Quotas are recipients; -1 for no limit. */
export interface SeenAccount {
  /** SES's own warm-up by the calendar, for the whole account. */
  readonly autoWarmup: boolean;
  /** HEALTHY, PROBATION or SHUTDOWN; open, since SES types it as plain text. */
  readonly enforcement: string;
  readonly sendingEnabled: boolean;
  readonly sentLast24Hours: number;
  readonly max24HourSend: number;
  /** Recipients per second. */
  readonly maxSendRate: number;
}

export interface SeenSet {
  readonly exists: boolean;
  /** The SES pool it names; undefined when it names none, and SES uses its default. */
  readonly sesPool?: string | undefined;
  readonly sendingEnabled: boolean;
}

export interface SeenDestination {
  readonly name: string;
  readonly enabled: boolean;
  /** As the API names them, such as DELIVERY_DELAY. */
  readonly types: readonly string[];
  /** ARN of the SNS topic; undefined when it publishes somewhere else. */
  readonly topic?: string | undefined;
}

export interface SeenSesPool {
  readonly exists: boolean;
  /** In a managed pool SES warms up by itself. */
  readonly scaling: "standard" | "managed";
}

export interface SeenIp {
  readonly ip: string;
  readonly sesPool: string;
  /** 0 to 100; -1 in a managed pool. */
  readonly percentage: number;
}

/** Our own counts of the last days, all pools and routes together, in recipients. */
export interface SeenRates {
  readonly days: number;
  readonly accepted: number;
  /** Hard bounces. */
  readonly bounced: number;
  readonly complained: number;
}

/** What one check saw. What could not be read, or was not asked for, is undefined or missing: nothing is found in it. */
export interface Seen {
  readonly account?: SeenAccount | undefined;
  readonly rates?: SeenRates | undefined;
  readonly ips?: readonly SeenIp[] | undefined;
  /** By name. */
  readonly sets: ReadonlyMap<string, SeenSet>;
  /** By configuration set; only of sets that exist. */
  readonly destinations: ReadonlyMap<string, readonly SeenDestination[]>;
  /** By name. */
  readonly sesPools: ReadonlyMap<string, SeenSesPool>;
}

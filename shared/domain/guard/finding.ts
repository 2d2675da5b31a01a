/** Where the facts behind a finding come from; a source that was not read leaves the holds it feeds as they are. */
export type GuardSource = "account" | "rates" | "ips" | "sets" | "destinations" | "ses-pools" | "delivery-events";

/** Everything the guard can find, and where it sees it. */
export const findingSources = {
  "auto-warm-up-on": "account",
  "account-unhealthy": "account",
  "account-rates": "rates",
  "percentage-edited": "ips",
  "ip-moved": "ips",
  "ip-released": "ips",
  "ip-complete-on-arrival": "ips",
  "foreign-ip": "ips",
  "managed-pool": "ses-pools",
  "ses-pool-deleted": "ses-pools",
  "set-repointed": "sets",
  "set-deleted": "sets",
  "set-paused": "sets",
  "event-destination-removed": "destinations",
  "foreign-outgoing-ip": "delivery-events",
} as const satisfies Record<string, GuardSource>;

export type FindingCode = keyof typeof findingSources;

export function isFindingCode(text: string): text is FindingCode {
  return Object.hasOwn(findingSources, text);
}

/** Stands for every pool: what is found concerns the account. */
export const everyPool = "*";

/** One event destination of a set. */
export interface EventPublishing {
  readonly name: string;
  readonly types: readonly string[];
  /** ARN of an SNS topic. */
  readonly topic: string;
}

/** One change that undoes what was found. */
export type Fix =
  | { readonly kind: "disable-auto-warm-up" }
  | { readonly kind: "set-percentage"; readonly ip: string; readonly percentage: number }
  | { readonly kind: "move-ip"; readonly ip: string; readonly sesPool: string }
  /** Takes a released IP out of our record. */
  | { readonly kind: "forget-ip"; readonly pool: string; readonly ip: string }
  | { readonly kind: "point-set"; readonly set: string; readonly sesPool: string }
  | { readonly kind: "create-set"; readonly set: string; readonly sesPool: string }
  | { readonly kind: "publish-events"; readonly set: string; readonly publishing: EventPublishing };

export interface Finding {
  readonly code: FindingCode;
  /** The pool concerned; `*` when it is the whole account. */
  readonly pool: string;
  /** What is wrong, in words, with the value seen and the one expected. */
  readonly sentence: string;
  /** One command that puts it right: of our own CLI where `fixes` do it, of the AWS CLI where only a person can. */
  readonly repair: string;
  /** Whether the pool's allowances stop growing, or an operator is told only. */
  readonly severity: "hold" | "warn";
  readonly fixes: readonly Fix[];
}

/** Whether a finding is about a pool, by itself or with the whole account. */
export function concerns(finding: Pick<Finding, "pool">, pool: string): boolean {
  return finding.pool === everyPool || finding.pool === pool;
}

/** The command that puts right what is found under a code. */
function repairCommand(code: FindingCode, pool: string): string {
  return pool === everyPool ? `ses-warmup repair ${code}` : `ses-warmup repair ${code} --pool ${pool}`;
}

/** A finding that `fixes` put right. */
export function repairable(
  code: FindingCode,
  pool: string,
  sentence: string,
  fixes: readonly [Fix, ...Fix[]],
): Finding {
  return { code, pool, sentence, repair: repairCommand(code, pool), severity: "hold", fixes };
}

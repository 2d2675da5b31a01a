/** Why SES takes no mail for now: the account's quota, a pause, the deployment's own settings, or no answer at all. */
export type CircuitReason = "ses-quota" | "ses-paused" | "ses-misconfigured" | "ses-silent";

/**
 * What a circuit stops: all mail of the account, of a configuration set, of an SES tenant, or from an address or all
 * addresses at a domain. Never more than the answer proves that opened it.
 */
export type CircuitScope =
  | { readonly kind: "account" }
  | { readonly kind: "configuration-set" | "tenant" | "identity"; readonly name: string };

export const account: CircuitScope = { kind: "account" };

/** SES refused one mail for a reason that holds for all others of its scope: until its time nobody asks again. */
export interface Circuit {
  readonly scope: CircuitScope;
  readonly reason: CircuitReason;
  /** Epoch ms. Then one batch tries, and opens the circuit anew if SES still refuses. */
  readonly untilMs: number;
}

/** Open circuits by the text of their scope. */
export type OpenCircuits = ReadonlyMap<string, Circuit>;

/** How long a circuit stays open, ms: a quota is a rolling 24 hours, so head-room comes back a little at a time. */
const circuitMs: Readonly<Record<CircuitReason, number>> = {
  "ses-quota": 300_000,
  "ses-paused": 300_000,
  "ses-misconfigured": 120_000,
  "ses-silent": 60_000,
};

export function circuitAt(scope: CircuitScope, reason: CircuitReason, nowMs: number): Circuit {
  return { scope, reason, untilMs: nowMs + circuitMs[reason] };
}

/** What a mail names beside its configuration set that a circuit may stand for. */
export interface MailNames {
  /** Its From address, without a display name; undefined where nobody knows it, as of held mail. */
  readonly from?: string | undefined;
  readonly tenant?: string | undefined;
}

/** The circuit that keeps a mail from a configuration set, the widest one first; undefined when none does. */
export function circuitOver(circuits: OpenCircuits, mail: MailNames, configurationSet: string): Circuit | undefined {
  if (circuits.size === 0) return undefined;
  return scopesOver(mail, configurationSet)
    .map((scope) => circuits.get(scopeText(scope)))
    .find((circuit) => circuit !== undefined);
}

/** Every scope that a mail by a configuration set lies in, the widest first. */
function scopesOver({ from, tenant }: MailNames, configurationSet: string): CircuitScope[] {
  return [
    account,
    { kind: "configuration-set", name: configurationSet },
    ...(tenant === undefined ? [] : [{ kind: "tenant" as const, name: tenant }]),
    ...(from === undefined ? [] : identitiesOf(from).map((name) => ({ kind: "identity" as const, name }))),
  ];
}

/** The names under which SES may have verified a sender: its domain and its address. */
function identitiesOf(from: string): [domain: string, address: string] {
  const address = from.toLowerCase();
  return [address.slice(address.lastIndexOf("@") + 1), address];
}

/** Starts the text of scopes that are no configuration set: no set's name has a colon. */
const prefixes = { tenant: "tenant:", identity: "identity:" } as const;

/** A scope as text, for keys. It may hold an address: it is never logged (see `scopeFields`). */
export function scopeText(scope: CircuitScope): string {
  switch (scope.kind) {
    case "account":
      return "*";
    case "configuration-set":
      return scope.name;
    case "tenant":
    case "identity":
      return `${prefixes[scope.kind]}${scope.name}`;
    default:
      return scope satisfies never;
  }
}

/** The scope that a text stands for. */
export function scopeOfText(text: string): CircuitScope {
  if (text === scopeText(account)) return account;
  for (const kind of ["tenant", "identity"] as const) {
    if (text.startsWith(prefixes[kind])) return { kind, name: text.slice(prefixes[kind].length) };
  }
  return { kind: "configuration-set", name: text };
}

/** A scope for the log: what it is, and its name unless that may be an address. */
export function scopeFields(scope: CircuitScope): { readonly scope: CircuitScope["kind"]; readonly name?: string } {
  switch (scope.kind) {
    case "account":
    case "identity":
      return { scope: scope.kind };
    case "configuration-set":
    case "tenant":
      return { scope: scope.kind, name: scope.name };
    default:
      return scope satisfies never;
  }
}

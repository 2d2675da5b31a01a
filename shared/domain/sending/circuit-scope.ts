/**
 * What a circuit stops: all mail of the account, of a configuration set, of an SES tenant, or from an address or all
 * addresses at a domain. Never more than the answer proves that opened it.
 */
export type CircuitScope =
  | { readonly kind: "account" }
  | { readonly kind: "configuration-set" | "tenant" | "identity"; readonly name: string };

export const account: CircuitScope = { kind: "account" };

export function setScope(name: string): CircuitScope {
  return { kind: "configuration-set", name };
}

/** Whether there may be any number of scopes of this kind. */
export function isNarrow({ kind }: CircuitScope): boolean {
  return kind === "tenant" || kind === "identity";
}

/** What a mail names beside its configuration set that a circuit may stand for. */
export interface MailNames {
  /** Its From address, without a display name; undefined where nobody knows it, as of held mail. */
  readonly from?: string | undefined;
  readonly tenant?: string | undefined;
}

/** Every scope that a mail by a configuration set lies in, the widest first. */
export function scopesOver({ from, tenant }: MailNames, configurationSet: string): CircuitScope[] {
  return [
    account,
    setScope(configurationSet),
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
  return setScope(text);
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

import type { Caller, SesContext } from "../context.ts";
import { bare, domainOf } from "../message/addresses.ts";
import { identityOf } from "../message/identity-of.ts";

/** Who a mail is from, and the identity that vouches for it. */
export interface Sender {
  readonly address: string;
  /** Absent where nothing verified covers the address. */
  readonly identity: string | undefined;
  /** ARN of the identity; of the domain where there is none. */
  readonly arn: string;
}

export function senderOf({ registry, accountId }: SesContext, from: string, caller: Caller): Sender {
  const address = bare(from);
  const identity = identityOf(registry, address);
  const name = identity ?? domainOf(address);
  return { address, identity, arn: `arn:aws:ses:${caller.region}:${accountId}:identity/${name}` };
}

/** ARN of a resource of the account. */
export function arnOf(
  context: SesContext,
  caller: Caller,
  resource: `${"configuration-set" | "dedicated-ip-pool" | "template"}/${string}`,
): string {
  return `arn:aws:ses:${caller.region}:${context.accountId}:${resource}`;
}

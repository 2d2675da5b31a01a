import { readArn } from "../arn.ts";
import type { Caller, SesContext } from "../context.ts";
import { bare, domainOf } from "../message/addresses.ts";
import { identityOf } from "../message/identity-of.ts";
import { ofMessage } from "../refusals.ts";

/** Who a mail is from, and the identity that vouches for it. */
export interface Sender {
  readonly address: string;
  /** Absent where nothing verified covers the address. */
  readonly identity: string | undefined;
  /** ARN of the identity that the call names, else of the most specific one there is, else of the domain. */
  readonly arn: string;
}

/** @param arn - `FromEmailAddressIdentityArn` of the call */
export function senderOf(context: SesContext, from: string, arn: string | undefined, caller: Caller): Sender {
  const address = bare(from);
  const identity = identityOf(context.registry, address);
  const own = arnOf(context, caller, `identity/${identity ?? domainOf(address)}`);
  if (arn !== undefined && readArn(arn)?.account === context.accountId && !covers(arn, address)) {
    throw ofMessage.notAligned(from, arn);
  }
  return { address, identity, arn: arn ?? own };
}

/** Whether an identity of this name vouches for the address. */
function covers(arn: string, address: string): boolean {
  const name = readArn(arn)?.name.toLowerCase() ?? "";
  return name === address.toLowerCase() || domainOf(address) === name || domainOf(address).endsWith(`.${name}`);
}

/** ARN of a resource of the account. */
export function arnOf(
  context: SesContext,
  caller: Caller,
  resource: `${"configuration-set" | "dedicated-ip-pool" | "identity" | "template"}/${string}`,
): string {
  return `arn:aws:ses:${caller.region}:${context.accountId}:${resource}`;
}

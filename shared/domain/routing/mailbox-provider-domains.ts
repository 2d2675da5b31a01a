import { mailboxProviderGroups } from "./mailbox-provider-groups.ts";
import type { ProviderDomains } from "./mailbox-providers/entry.ts";

/**
 * The shipped table of mailbox providers, in the order in which they are reported: gmail, microsoft and yahoo first.
 *
 * A domain stands with the company whose servers receive its mail, not with the brand on it, because an allowance
 * protects the standing with those servers. Sources: the providers' own help pages, Mozilla's ISP database of mail
 * settings (github.com/thunderbird/autoconfig) and published lists of domains by MX.
 */
export const mailboxProviderDomains: readonly ProviderDomains[] = Object.values(mailboxProviderGroups).flat();

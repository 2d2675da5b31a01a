import { asiaPacific } from "./mailbox-providers/asia-pacific.ts";
import { canada } from "./mailbox-providers/canada.ts";
import { centralEurope } from "./mailbox-providers/central-europe.ts";
import { china } from "./mailbox-providers/china.ts";
import { easternEurope } from "./mailbox-providers/eastern-europe.ts";
import type { ProviderDomains } from "./mailbox-providers/entry.ts";
import { germanSpeaking } from "./mailbox-providers/german-speaking.ts";
import { japan } from "./mailbox-providers/japan.ts";
import { korea } from "./mailbox-providers/korea.ts";
import { latinAmerica } from "./mailbox-providers/latin-america.ts";
import { northernEurope } from "./mailbox-providers/northern-europe.ts";
import { southernEurope } from "./mailbox-providers/southern-europe.ts";
import { unitedStates } from "./mailbox-providers/united-states.ts";
import { westernEurope } from "./mailbox-providers/western-europe.ts";
import { worldwide } from "./mailbox-providers/worldwide.ts";

/**
 * Mailbox providers that meet in one batch of mail, because their people live in one part of the world. The allowances
 * of a provider group are kept together, and a batch reserves at all of them by one write. So a group has ten providers
 * at most (their item stays below one write unit), and a provider stays in its group: moved to another, it begins its
 * day anew.
 */
export const mailboxProviderGroups: Readonly<Record<string, readonly ProviderDomains[]>> = {
  worldwide,
  "united-states": unitedStates,
  canada,
  "latin-america": latinAmerica,
  "german-speaking": germanSpeaking,
  "western-europe": westernEurope,
  "southern-europe": southernEurope,
  "northern-europe": northernEurope,
  "central-europe": centralEurope,
  "eastern-europe": easternEurope,
  japan,
  china,
  korea,
  "asia-pacific": asiaPacific,
};

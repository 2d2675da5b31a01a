import { asiaPacific } from "./mailbox-providers/asia-pacific.ts";
import { eastAsia } from "./mailbox-providers/east-asia.ts";
import { easternEurope } from "./mailbox-providers/eastern-europe.ts";
import type { ProviderDomains } from "./mailbox-providers/entry.ts";
import { germanSpeaking } from "./mailbox-providers/german-speaking.ts";
import { japan } from "./mailbox-providers/japan.ts";
import { latinAmerica } from "./mailbox-providers/latin-america.ts";
import { northAmerica } from "./mailbox-providers/north-america.ts";
import { northernEurope } from "./mailbox-providers/northern-europe.ts";
import { southernEurope } from "./mailbox-providers/southern-europe.ts";
import { westernEurope } from "./mailbox-providers/western-europe.ts";
import { worldwide } from "./mailbox-providers/worldwide.ts";

/**
 * Mailbox providers that meet in one batch of mail, because their people live in one part of the world. The allowances
 * of a group are kept together, and a batch reserves at all of them by one write: so a group stays small (12 providers
 * fit below one write unit with room for brakes), and a provider stays in its group (moved to another it begins its day
 * anew).
 */
export const mailboxProviderGroups: Readonly<Record<string, readonly ProviderDomains[]>> = {
  worldwide,
  "north-america": northAmerica,
  "latin-america": latinAmerica,
  "german-speaking": germanSpeaking,
  "western-europe": westernEurope,
  "southern-europe": southernEurope,
  "northern-europe": northernEurope,
  "eastern-europe": easternEurope,
  japan,
  "east-asia": eastAsia,
  "asia-pacific": asiaPacific,
};

import type { ReplyRule } from "./rule.ts";
import { authenticationRules } from "./rules/authentication.ts";
import { contentRules, messageFormRules } from "./rules/content.ts";
import { listingRules } from "./rules/listings.ts";
import { connectionRules, networkRules } from "./rules/network.ts";
import { outsideRules } from "./rules/outside.ts";
import { policyRules } from "./rules/policy.ts";
import { rateRules } from "./rules/rate.ts";
import { receiverCodeRules } from "./rules/receiver-codes.ts";
import { closedMailboxRules, recipientRules, refusedRecipientRules } from "./rules/recipient.ts";
import { regionalCodeRules } from "./rules/regional-codes.ts";
import { limitedByReputationRules, refusalRules, reputationRules } from "./rules/reputation.ts";
import { senderRules } from "./rules/sender.ts";
import { storageRules } from "./rules/storage.ts";

/** Changes with every change of a rule or of the order, so that counts of different rules are not compared. */
export const rulesVersion = "2026-11-1";

/** Every rule in reading order: the receiver's own codes, then authentication, then wording. The first that holds decides. */
export const replyRules: readonly ReplyRule[] = [
  ...outsideRules,
  ...connectionRules,
  ...receiverCodeRules,
  ...regionalCodeRules,
  ...limitedByReputationRules,
  ...listingRules,
  ...authenticationRules,
  ...closedMailboxRules,
  ...storageRules,
  ...reputationRules,
  ...contentRules,
  ...rateRules,
  ...refusalRules,
  ...senderRules,
  ...recipientRules,
  ...messageFormRules,
  ...policyRules,
  ...networkRules,
  ...refusedRecipientRules,
];

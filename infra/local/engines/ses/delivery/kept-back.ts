import type { SuppressionReason } from "../state/registry.ts";

/** Why SES takes a mail and does not send it to a recipient. */
export type KeptBack = SuppressionReason | "UNSUBSCRIBED";

const guide = "see the Amazon SES Developer Guide";

/** The bounces that report it; a recipient who complained is reported as a complaint. */
export const keptBackBounces = {
  BOUNCE: {
    bounceSubType: "OnAccountSuppressionList",
    diagnosticCode: `Amazon SES did not send the message to this address because it is on the suppression list for your account. For more information about removing addresses from the suppression list, ${guide} at https://docs.aws.amazon.com/ses/latest/DeveloperGuide/sending-email-suppression-list.html`,
  },
  UNSUBSCRIBED: {
    bounceSubType: "UnsubscribedRecipient",
    diagnosticCode: `Amazon SES did not send the message to this address because the recipient has unsubscribed. For more information, ${guide}.`,
  },
} as const;

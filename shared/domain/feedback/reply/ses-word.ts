import type { ReplyLabel } from "./label.ts";

/** A reading of SES's own classification. */
export interface SesWord {
  readonly label: ReplyLabel;
  readonly rule: `ses-${string}`;
}

const word = (label: ReplyLabel, rule: SesWord["rule"]): SesWord => ({ label, rule });

/** The rule of bounces by SES's global suppression list, which SES counts in the account's bounce rate. */
export const globalListRule = "ses-suppressed";

/** SES's own lists and checks: the mailbox provider never saw the mail (SES developer guide, bounce types). */
const neverSent: ReadonlyMap<string, SesWord> = new Map([
  ["Suppressed", word("not_a_signal", globalListRule)],
  ["OnAccountSuppressionList", word("not_a_signal", "ses-account-suppression")],
  ["OnTenantSuppressionList", word("not_a_signal", "ses-tenant-suppression")],
  ["EmailValidationSuppressed", word("not_a_signal", "ses-validation")],
  ["UnsubscribedRecipient", word("not_a_signal", "ses-unsubscribed")],
]);

/** Subtypes that name a cause (SES developer guide, bounce types). `General` and `Undetermined` name none. */
const subTypes: ReadonlyMap<string, SesWord> = new Map([
  ["NoEmail", word("recipient_invalid", "ses-no-email")],
  ["MailboxFull", word("mailbox_full", "ses-mailbox-full")],
  ["MessageTooLarge", word("content_rejected", "ses-message-too-large")],
  ["ContentRejected", word("content_rejected", "ses-content-rejected")],
  ["AttachmentRejected", word("content_rejected", "ses-attachment-rejected")],
  ["CustomTimeoutExceeded", word("network", "ses-custom-timeout")],
]);

/** SES developer guide, delay types. `General` and `Undetermined` name no cause. */
const delayTypes: ReadonlyMap<string, SesWord> = new Map([
  ["IPFailure", word("throttled", "ses-delay-ip-failure")],
  ["SpamDetected", word("throttled", "ses-delay-spam-detected")],
  ["MailboxFull", word("mailbox_full", "ses-delay-mailbox-full")],
  ["BYOIPHostNameLookupUnavailable", word("policy_auth", "ses-delay-host-name-lookup")],
  ["InternalFailure", word("network", "ses-delay-internal")],
  ["RecipientServerError", word("network", "ses-delay-recipient-server")],
  ["TransientCommunicationFailure", word("network", "ses-delay-communication")],
  ["SendingDeferral", word("network", "ses-delay-of-ses")],
]);

/** @returns undefined unless SES kept the mail back itself; then no text matters */
export function neverSentWord(subType: string): SesWord | undefined {
  return neverSent.get(subType);
}

/** What SES's subtype or delay type says by itself; undefined when it names no cause. */
export function sesWord(bounceSubType: string | undefined, delayType: string | undefined): SesWord | undefined {
  return subTypes.get(bounceSubType ?? "") ?? delayTypes.get(delayType ?? "");
}

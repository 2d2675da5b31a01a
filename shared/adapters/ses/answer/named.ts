import { parseMailbox } from "../../../contracts/email-address.ts";
import { type EmailRequest, recipientsOf, sendersOf } from "../../../contracts/email-request.ts";

/** What one call to SES names: an answer is judged by it, so that a fault of the message stays the message's. */
export interface Named {
  /** The configuration set that its route chose; the SES pool of a dedicated route has the same name. */
  readonly configurationSet: string;
  /** Addresses are in lower case, without display names. */
  readonly from: string;
  readonly recipients: ReadonlySet<string>;
  /** Who else it is sent by: in the headers of raw mail, or for bounces. */
  readonly otherSenders: readonly string[];
  readonly tenant: string | undefined;
  readonly contactList: string | undefined;
  readonly template: string | undefined;
  /** ARNs of the identities and the template that the message names. */
  readonly arns: readonly string[];
}

export function namedBy(configurationSet: string, email: EmailRequest): Named {
  const from = addressOf(email.FromEmailAddress);
  const senders = sendersOf(email).map(({ address }) => addressOf(address));
  return {
    configurationSet,
    from,
    recipients: new Set(recipientsOf(email.Destination).map(addressOf)),
    otherSenders: senders.filter((sender) => sender !== from),
    tenant: email.TenantName,
    contactList: email.ListManagementOptions?.ContactListName,
    template: email.Content.Template?.TemplateName,
    arns: [
      email.FromEmailAddressIdentityArn,
      email.FeedbackForwardingEmailAddressIdentityArn,
      email.Content.Template?.TemplateArn,
    ].filter((arn) => arn !== undefined),
  };
}

/** True when the message names something of SES's beside its sender: then a refusal may be about that. */
export function namesItsOwn({ otherSenders, tenant, contactList, template, arns }: Named): boolean {
  return [tenant, contactList, template, ...otherSenders, ...arns].some((name) => name !== undefined);
}

function addressOf(text: string): string {
  return (parseMailbox(text)?.address ?? text).toLowerCase();
}

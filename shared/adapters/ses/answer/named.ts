import { parseMailbox } from "../../../contracts/email-address.ts";
import { type EmailRequest, recipientsOf } from "../../../contracts/email-request.ts";

/** What one call to SES names: an answer is judged by it, so that a fault of the message stays the message's. */
export interface Named {
  /** The configuration set that its route chose; the SES pool of a dedicated route has the same name. */
  readonly configurationSet: string;
  /** Addresses are in lower case, without display names. */
  readonly from: string;
  readonly recipients: ReadonlySet<string>;
  readonly bounceTo: string | undefined;
  readonly tenant: string | undefined;
  readonly contactList: string | undefined;
  readonly template: string | undefined;
  /** ARNs of the identities and the template that the message names. */
  readonly arns: readonly string[];
}

export function namedBy(configurationSet: string, email: EmailRequest): Named {
  const { FeedbackForwardingEmailAddress: bounceTo, Content } = email;
  return {
    configurationSet,
    from: addressOf(email.FromEmailAddress),
    recipients: new Set(recipientsOf(email.Destination).map(addressOf)),
    bounceTo: bounceTo === undefined ? undefined : addressOf(bounceTo),
    tenant: email.TenantName,
    contactList: email.ListManagementOptions?.ContactListName,
    template: Content.Template?.TemplateName,
    arns: [
      email.FromEmailAddressIdentityArn,
      email.FeedbackForwardingEmailAddressIdentityArn,
      Content.Template?.TemplateArn,
    ].filter((arn) => arn !== undefined),
  };
}

/** True when the message names something of SES's beside its sender: then a refusal may be about that. */
export function namesItsOwn({ bounceTo, tenant, contactList, template, arns }: Named): boolean {
  return [bounceTo, tenant, contactList, template].some((name) => name !== undefined) || arns.length > 0;
}

function addressOf(text: string): string {
  return (parseMailbox(text)?.address ?? text).toLowerCase();
}

import * as z from "zod";
import type { SesContext } from "../context.ts";
import { control, type Operation } from "../operation.ts";
import { notFound, SesError } from "../ses-error.ts";
import { type Identity, Tag } from "../state/registry.ts";
import { findSet } from "./configuration-sets.ts";

const typeOf = (name: string): string => (name.includes("@") ? "EMAIL_ADDRESS" : "DOMAIN");
const dkim = { SigningEnabled: true, Status: "SUCCESS", SigningAttributesOrigin: "AWS_SES" };

/** There is no DNS here: the MX record of a MAIL FROM domain is never found. */
const shownMailFrom = ({ domain, rejects }: { domain: string; rejects: boolean }): object => ({
  MailFromDomain: domain,
  MailFromDomainStatus: "PENDING",
  BehaviorOnMxFailure: rejects ? "REJECT_MESSAGE" : "USE_DEFAULT_VALUE",
});

const OneIdentity = z.object({ EmailIdentity: z.string() });

function findIdentity({ registry }: SesContext, name: string): Identity {
  const identity = registry.identities.get(name.toLowerCase());
  if (identity === undefined) throw notFound(`Email identity ${name} does not exist.`);
  return identity;
}

export const identityOperations: Operation[] = [
  control(
    { action: "CreateEmailIdentity", method: "POST", path: "/identities" },
    z.object({
      EmailIdentity: z.string().regex(/^([^\s@]+@)?[A-Za-z0-9.-]+\.[A-Za-z]{2,}$/),
      ConfigurationSetName: z.string().optional(),
      Tags: z.array(Tag).optional(),
    }),
    (context, input) => {
      const name = input.EmailIdentity.toLowerCase();
      if (context.registry.identities.has(name)) {
        throw new SesError("AlreadyExistsException", `Email identity ${name} already exist.`);
      }
      const configurationSet = input.ConfigurationSetName;
      if (configurationSet !== undefined) findSet(context, configurationSet);
      // No mailbox and no DNS here to prove anything with: an identity is verified as soon as it exists.
      context.registry.identities.put(name, { name, configurationSet, tags: input.Tags ?? [] });
      return { IdentityType: typeOf(name), VerifiedForSendingStatus: true, DkimAttributes: dkim };
    },
  ),
  control(
    { action: "GetEmailIdentity", method: "GET", path: "/identities/{EmailIdentity}" },
    OneIdentity,
    (context, input) => {
      const identity = findIdentity(context, input.EmailIdentity);
      return {
        IdentityType: typeOf(identity.name),
        FeedbackForwardingStatus: true,
        VerifiedForSendingStatus: true,
        VerificationStatus: "SUCCESS",
        DkimAttributes: dkim,
        ConfigurationSetName: identity.configurationSet,
        ...(identity.mailFrom !== undefined && { MailFromAttributes: shownMailFrom(identity.mailFrom) }),
        Policies: {},
        Tags: identity.tags,
      };
    },
  ),
  control(
    { action: "DeleteEmailIdentity", method: "DELETE", path: "/identities/{EmailIdentity}" },
    OneIdentity,
    (context, input) => {
      context.registry.identities.delete(findIdentity(context, input.EmailIdentity).name);
      return {};
    },
  ),
  control(
    { action: "PutEmailIdentityMailFromAttributes", method: "PUT", path: "/identities/{EmailIdentity}/mail-from" },
    OneIdentity.extend({
      MailFromDomain: z.string().optional(),
      BehaviorOnMxFailure: z.enum(["USE_DEFAULT_VALUE", "REJECT_MESSAGE"]).optional(),
    }),
    (context, { EmailIdentity, MailFromDomain: domain = "", BehaviorOnMxFailure: behavior }) => {
      const { mailFrom: _before, ...identity } = findIdentity(context, EmailIdentity);
      const mailFrom = domain === "" ? {} : { mailFrom: { domain, rejects: behavior === "REJECT_MESSAGE" } };
      context.registry.identities.put(identity.name, { ...identity, ...mailFrom });
      return {};
    },
  ),
];

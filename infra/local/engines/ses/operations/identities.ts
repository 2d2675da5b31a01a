import * as z from "zod";
import { control, type Operation } from "../operation.ts";
import { notFound, SesError } from "../ses-error.ts";
import { Tag } from "../state/registry.ts";
import { findSet } from "./configuration-sets.ts";

const typeOf = (name: string): string => (name.includes("@") ? "EMAIL_ADDRESS" : "DOMAIN");
const dkim = { SigningEnabled: true, Status: "SUCCESS", SigningAttributesOrigin: "AWS_SES" };

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
    z.object({ EmailIdentity: z.string() }),
    ({ registry }, input) => {
      const identity = registry.identities.get(input.EmailIdentity.toLowerCase());
      if (identity === undefined) throw notFound(`Email identity ${input.EmailIdentity} does not exist.`);
      return {
        IdentityType: typeOf(identity.name),
        FeedbackForwardingStatus: true,
        VerifiedForSendingStatus: true,
        VerificationStatus: "SUCCESS",
        DkimAttributes: dkim,
        ConfigurationSetName: identity.configurationSet,
        Policies: {},
        Tags: identity.tags,
      };
    },
  ),
];

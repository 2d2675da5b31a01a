import type { PutOff, SendAnswer, Stopped } from "../../../ports/mail-sender.ts";
import { deniedResources } from "./denied.ts";
import { type IdentityOwner, ownerOf, unverifiedIdentities } from "./identities.ts";
import { type Named, namesItsOwn } from "./named.ts";
import { isAbout } from "./sentences.ts";
import { isOf, type SesError } from "./ses-error.ts";
import { routeStopped } from "./stop-answers.ts";

const refused = (sentence: string): SendAnswer => ({ kind: "refused", sentence });

const sandbox = refused(
  "A recipient is not verified, and the account is in the SES sandbox: ask AWS for production access, or verify the recipient, then send it again.",
);
const noTenant = refused(
  "SES does not let the tenant that the message names use this identity, configuration set or template, or does not know it: associate the tenant with every configuration set of the deployment, then send it again.",
);
const noList = refused(
  "SES does not know the contact list or topic that the message names: create it, then send it again.",
);
const noTemplate = refused("SES does not know the template that the message names: create it, then send it again.");
const notAllowed = refused(
  "SES does not let this deployment use an identity or a template that the message names by its ARN: allow it there, or remove the ARN, then send it again.",
);
const otherSender = refused(
  "An address of the message other than From and recipients is not verified: verify it or remove it, then send it again.",
);

const putOff = ({ name }: SesError, sentence: string, mayBeRoutes = false): PutOff => ({
  kind: "put-off",
  sentence,
  error: name,
  mayBeRoutes,
});

/** What SES does not know of what the message itself names: its tenant, contact list, topic or template. */
export function answerOfOwn(error: SesError, named: Named): SendAnswer | undefined {
  const { message } = error;
  const { tenant, contactList, template, arns } = named;
  if (tenant !== undefined && /^(?:the |this )?tenant\b/i.test(message)) return noTenant;
  if (contactList !== undefined && /^(?:the |this )?(?:(?:contact ?)?list|topic)\b/i.test(message)) return noList;
  const namesTemplate = template !== undefined || arns.some((arn) => arn.includes(":template/"));
  if (namesTemplate && /^(?:the |this )?template\b/i.test(message)) return noTemplate;
  return isOf(error, "TemplateDoesNotExist") ? noTemplate : undefined;
}

/** Something that SES does not know, in words of its own, by the name that the message gave. */
function answerOfMissing(message: string, { tenant, contactList, template }: Named): SendAnswer | undefined {
  if (tenant !== undefined && isAbout(message, tenant)) return noTenant;
  if (contactList !== undefined && isAbout(message, contactList)) return noList;
  return template !== undefined && isAbout(message, template) ? noTemplate : undefined;
}

/** An identity that is not verified: the sender's, a recipient's (the sandbox), or another one of the message. */
export function answerOfUnverified(error: SesError, named: Named): SendAnswer | undefined {
  if (isOf(error, "MailFromDomainNotVerified")) {
    return putOff(
      error,
      "The custom MAIL FROM domain of the From identity is not verified: put its DNS records right.",
    );
  }
  const identities = unverifiedIdentities(error.message);
  if (identities === undefined) return undefined;
  if (identities.length === 0) {
    const what = "verify the From identity or, in the SES sandbox, ask AWS for production access.";
    return putOff(error, `SES says an address is not verified and does not say which: ${what}`);
  }
  return answerOfOwner(
    ownerOf(identities, named),
    "SES has not verified the identity of the From address in this Region",
  );
}

function answerOfOwner(owner: IdentityOwner, found: string): SendAnswer {
  switch (owner.kind) {
    case "sender":
      return senderStopped(owner.name, `${found}: put the identity right; its mail waits until then.`);
    case "recipient":
      return sandbox;
    case "other":
      return otherSender;
    default:
      return owner satisfies never;
  }
}

function senderStopped(name: string, sentence: string): Stopped {
  return { kind: "stopped", scope: { kind: "identity", name }, reason: "ses-misconfigured", sentence };
}

/** A permission that is missing: judged by the resource that SES names. */
export function answerOfDenied(error: SesError, named: Named): SendAnswer | undefined {
  if (!isOf(error, "AccessDenied", "NotAuthorized") && error.status !== 403) return undefined;
  const [denied] = deniedResources(error.message);
  if (denied === undefined) return undefined;
  if (named.arns.includes(denied.arn)) return notAllowed;
  switch (denied.type) {
    case "configuration-set":
      return denied.name === named.configurationSet ? routeStopped(named) : undefined;
    case "identity": {
      const owner = ownerOf([denied.name.toLowerCase()], named);
      return answerOfOwner(owner, "The dispatcher's role may not send from the identity of the From address");
    }
    case "template":
      return named.template === denied.name ? noTemplate : undefined;
    default:
      return undefined;
  }
}

/** Classes by which SES says that the message itself is wrong. */
const invalid = [
  "BadRequest",
  "InvalidParameter",
  "InvalidParameterCombination",
  "InvalidParameterValue",
  "InvalidTemplate",
  "MalformedInput",
  "MissingParameter",
  "Serialization",
  "Validation",
  "ValidationError",
] as const;

/** What is left: the content, the request, or an answer that nobody has seen yet, which is no reason to give up good mail. */
export function answerOfRefusal(error: SesError, named: Named): SendAnswer {
  if (isOf(error, "MessageRejected")) {
    return refused("SES rejected the content of this message: correct it and send it under a new id.");
  }
  if (error.status === 413 || isOf(error, "RequestEntityTooLarge")) {
    return refused("SES says the message is too large: make it smaller and send it under a new id.");
  }
  if (isOf(error, ...invalid)) {
    return refused("SES says the request is invalid: correct the message and send it under a new id.");
  }
  const missing = isOf(error, "NotFound") ? answerOfMissing(error.message, named) : undefined;
  if (missing !== undefined) return missing;
  const sentence = `SES refused the message with ${error.name} and names nothing that explains it: look the error up, and at what the message names.`;
  return putOff(error, sentence, !namesItsOwn(named));
}

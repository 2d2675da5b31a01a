import { readArn } from "../arn.ts";
import type { Caller, SesContext } from "../context.ts";
import { compose, readSender, type TemplateFinder, templateName } from "../message/compose.ts";
import { SendBulkEmailInput, SendEmailInput, type TemplateInput } from "../message/send-request.ts";
import { readTags } from "../message/tags.ts";
import { type Operation, type PreparedCall, sending } from "../operation.ts";
import { notAuthorized, ofMessage } from "../refusals.ts";
import { refuseOnOrder } from "../send-orders.ts";
import { SesError } from "../ses-error.ts";
import type { ConfigurationSet } from "../state/registry.ts";
import { accept, admit, type Outgoing } from "./accept.ts";
import { refuseWhenPaused } from "./account-state.ts";
import { findSet } from "./configuration-sets.ts";
import { unsubscribed } from "./contact-lists.ts";
import { arnOf, type Sender, senderOf } from "./sender.ts";
import { refuseForTenant } from "./tenants.ts";

const templateFinder =
  ({ registry }: SesContext): TemplateFinder =>
  (name) => {
    const template = registry.templates.get(name);
    if (template === undefined) throw ofMessage.noTemplate(name);
    return template.content;
  };

/** What a send uses of what the account has. */
interface Used {
  readonly sender: Sender;
  readonly setName: string | undefined;
  /** ARNs that a policy must allow, and a tenant must have: identity, configuration set and kept template. */
  readonly arns: string[];
}

function usedBy(
  context: SesContext,
  caller: Caller,
  input: SendEmailInput | SendBulkEmailInput,
  named: { readonly from: string; readonly set?: string; readonly template: TemplateInput | undefined },
): Used {
  const sender = senderOf(context, named.from, input.FromEmailAddressIdentityArn, caller);
  const usual = sender.identity === undefined ? undefined : context.registry.identities.get(sender.identity);
  const setName = input.ConfigurationSetName ?? named.set ?? usual?.configurationSet;
  const template = named.template && templateName(named.template);
  const ownTemplate = template === undefined ? undefined : arnOf(context, caller, `template/${template}`);
  const templateArn = named.template?.TemplateArn ?? ownTemplate;
  const setArn = setName === undefined ? undefined : arnOf(context, caller, `configuration-set/${setName}`);
  return { sender, setName, arns: [sender.arn, setArn, templateArn].filter((arn) => arn !== undefined) };
}

/** Refuses what stands in the way of any mail of the call, and gives the set that it goes through. */
function mayBeSent(
  context: SesContext,
  { arns, setName }: Used,
  input: SendEmailInput | SendBulkEmailInput,
  { accessKeyId }: Caller,
): ConfigurationSet | undefined {
  refuseOnOrder(context, setName);
  const foreign = arns.find((arn) => readArn(arn)?.account !== context.accountId);
  if (foreign !== undefined) throw notAuthorized(accessKeyId, "ses:SendEmail", foreign);
  if (input.TenantName !== undefined) refuseForTenant(context, input.TenantName, arns);
  const set = setName === undefined ? undefined : findSet(context, setName);
  refuseWhenPaused(context, set);
  return set;
}

function sendEmail(context: SesContext, input: SendEmailInput, caller: Caller): PreparedCall {
  const used = usedBy(context, caller, input, { ...readSender(input), template: input.Content.Template });
  const run = (): object => {
    const set = mayBeSent(context, used, input, caller);
    const mail = compose(input, templateFinder(context));
    const { ListManagementOptions: list } = input;
    const optedOut = list === undefined ? new Set<string>() : unsubscribed(context, list, mail.recipients);
    // Tags of the call take the place of those in the header.
    const tags = input.EmailTags === undefined ? (mail.tags ?? {}) : readTags(input.EmailTags);
    const outgoing: Outgoing = { operation: "SendEmail", mail, tags, set, sender: used.sender, caller, optedOut };
    const message = admit(context, outgoing);
    return { MessageId: context.transact(() => accept(context, outgoing, message)) };
  };
  // IAM knows mail that is handed in raw by the name that it had in the first version of the API.
  const iamAction = input.Content.Raw === undefined ? "SendEmail" : "SendRawEmail";
  return { iamAction, resources: used.arns, run };
}

type BulkEntry = SendBulkEmailInput["BulkEmailEntries"][number];

/** What one entry of a bulk call would be as a call of its own. */
function entryAsSend(input: SendBulkEmailInput, entry: BulkEntry): SendEmailInput {
  const data = entry.ReplacementEmailContent?.ReplacementTemplate?.ReplacementTemplateData;
  const defaults = input.DefaultContent.Template ?? {};
  const merged = mergeData(defaults.TemplateData, data);
  const headers = entry.ReplacementHeaders ?? defaults.Headers;
  return {
    FromEmailAddress: input.FromEmailAddress,
    ReplyToAddresses: input.ReplyToAddresses,
    Destination: entry.Destination,
    Content: { Template: { ...defaults, TemplateData: merged, Headers: headers } },
  };
}

/** An entry's values go over the defaults; what cannot be read is left for rendering to report. */
function mergeData(defaults: string | undefined, replacement: string | undefined): string | undefined {
  if (defaults === undefined || replacement === undefined) return replacement ?? defaults;
  try {
    return JSON.stringify({ ...JSON.parse(defaults), ...JSON.parse(replacement) });
  } catch {
    return replacement;
  }
}

function sendBulkEmail(context: SesContext, input: SendBulkEmailInput, caller: Caller): PreparedCall {
  const { Template: template } = input.DefaultContent;
  const used = usedBy(context, caller, input, { from: input.FromEmailAddress ?? "", template });
  const run = (): object => {
    const set = mayBeSent(context, used, input, caller);
    const kept = template && templateName(template);
    if (kept !== undefined) templateFinder(context)(kept);
    const one = (entry: BulkEntry): object => {
      const mail = compose(entryAsSend(input, entry), templateFinder(context));
      const tags = readTags([...(input.DefaultEmailTags ?? []), ...(entry.ReplacementTags ?? [])]);
      const { sender } = used;
      const outgoing: Outgoing = {
        operation: "SendBulkEmail",
        mail,
        tags,
        set,
        sender,
        caller,
        optedOut: new Set<string>(),
      };
      return { Status: "SUCCESS", MessageId: accept(context, outgoing, admit(context, outgoing)) };
    };
    return {
      BulkEmailEntryResults: context.transact(() => input.BulkEmailEntries.map((entry) => orStatus(() => one(entry)))),
    };
  };
  return { resources: used.arns, run };
}

/** One entry's refusal is one entry's result. */
function orStatus(send: () => object): object {
  try {
    return send();
  } catch (error) {
    if (!(error instanceof SesError)) throw error;
    return { Status: error.bulkStatus, Error: error.message };
  }
}

export const sendingOperations: Operation[] = [
  sending({ action: "SendEmail", method: "POST", path: "/outbound-emails" }, SendEmailInput, sendEmail),
  sending(
    { action: "SendBulkEmail", method: "POST", path: "/outbound-bulk-emails" },
    SendBulkEmailInput,
    sendBulkEmail,
  ),
];

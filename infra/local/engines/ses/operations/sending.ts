import type { Caller, SesContext } from "../context.ts";
import { compose, type TemplateFinder, templateName } from "../message/compose.ts";
import { SendBulkEmailInput, SendEmailInput } from "../message/send-request.ts";
import { readTags } from "../message/tags.ts";
import { type Operation, type PreparedCall, sending } from "../operation.ts";
import { refuseOnOrder } from "../send-orders.ts";
import { notFound, SesError } from "../ses-error.ts";
import { accept, admit, type Outgoing } from "./accept.ts";
import { refuseWhenPaused } from "./account-state.ts";
import { findSet } from "./configuration-sets.ts";
import { arnOf, type Sender, senderOf } from "./sender.ts";

const templateFinder =
  ({ registry }: SesContext): TemplateFinder =>
  (name) => {
    const template = registry.templates.get(name);
    if (template === undefined) throw notFound(`Template ${name} does not exist`);
    return template.content;
  };

/** ARNs that a policy must allow for the send: the identity, and the configuration set and template where named. */
function resourcesOf(
  context: SesContext,
  caller: Caller,
  used: { sender: Sender; set?: string | undefined; template?: string | undefined },
): string[] {
  return [
    used.sender.arn,
    ...(used.set === undefined ? [] : [arnOf(context, caller, `configuration-set/${used.set}`)]),
    ...(used.template === undefined ? [] : [arnOf(context, caller, `template/${used.template}`)]),
  ];
}

/** The set that a send uses: the one it names, else the default of its identity. */
function setNameOf({ registry }: SesContext, named: string | undefined, sender: Sender): string | undefined {
  return (
    named ?? (sender.identity === undefined ? undefined : registry.identities.get(sender.identity)?.configurationSet)
  );
}

function sendEmail(context: SesContext, input: SendEmailInput, caller: Caller): PreparedCall {
  const mail = compose(input, templateFinder(context));
  const sender = senderOf(context, mail.from, caller);
  const setName = setNameOf(context, input.ConfigurationSetName ?? mail.configurationSet, sender);
  const template = input.Content.Template && templateName(input.Content.Template);
  const run = (): object => {
    refuseOnOrder(context, setName);
    const set = setName === undefined ? undefined : findSet(context, setName);
    refuseWhenPaused(context, set);
    const tags = { ...mail.tags, ...readTags(input.EmailTags ?? []) };
    const outgoing: Outgoing = { operation: "SendEmail", mail, tags, set, sender, caller };
    const message = admit(context, outgoing);
    return { MessageId: context.transact(() => accept(context, outgoing, message)) };
  };
  // IAM knows mail that is handed in raw by the name that it had in the first version of the API.
  const iamAction = input.Content.Raw === undefined ? "SendEmail" : "SendRawEmail";
  return { iamAction, resources: resourcesOf(context, caller, { sender, set: setName, template }), run };
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
  const sender = senderOf(context, input.FromEmailAddress ?? "", caller);
  const setName = setNameOf(context, input.ConfigurationSetName, sender);
  const template = input.DefaultContent.Template && templateName(input.DefaultContent.Template);
  const run = (): object => {
    refuseOnOrder(context, setName);
    const set = setName === undefined ? undefined : findSet(context, setName);
    refuseWhenPaused(context, set);
    if (template !== undefined) templateFinder(context)(template);
    const one = (entry: BulkEntry): object => {
      const mail = compose(entryAsSend(input, entry), templateFinder(context));
      const tags = readTags([...(input.DefaultEmailTags ?? []), ...(entry.ReplacementTags ?? [])]);
      const outgoing: Outgoing = { operation: "SendBulkEmail", mail, tags, set, sender, caller };
      return { Status: "SUCCESS", MessageId: accept(context, outgoing, admit(context, outgoing)) };
    };
    return {
      BulkEmailEntryResults: context.transact(() => input.BulkEmailEntries.map((entry) => orStatus(() => one(entry)))),
    };
  };
  return { resources: resourcesOf(context, caller, { sender, set: setName, template }), run };
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

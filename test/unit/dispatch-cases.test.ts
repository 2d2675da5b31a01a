import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { SesMailSender } from "../../shared/adapters/ses/ses-mail-sender.ts";
import { aRecord, aStream, settingsFor } from "../support/builders.ts";
import { TestDispatcher } from "../support/dispatcher.ts";
import { list, sesError } from "../support/ses-answers.ts";

/** Answers of SES to one message, as people with this job met them. Each lies as a file beside the repository where it is developed. */
const Case = z.object({
  sendMessage: z.looseObject({ id: z.string(), stream: z.string(), email: z.looseObject({}) }).optional(),
  sesAnswers: z.object({ name: z.string(), status: z.number(), message: z.string() }),
});
type Case = z.output<typeof Case>;

function forms(name: string, own: Case): (readonly [form: string, met: Case])[] {
  const path = fileURLToPath(new URL(`../../../shared/cases/${name}.json`, import.meta.url));
  const file = existsSync(path) ? [["the file", Case.parse(JSON.parse(readFileSync(path, "utf8")))] as const] : [];
  return [["our form", own], ...file];
}

const set = "arn:aws:ses:eu-west-1:111122223333:configuration-set/news-warming";
const poison = (email: object): Case["sendMessage"] => ({ id: "poison", stream: "receipts", email: { ...email } });
const answer = (name: string, status: number, message: string): Case["sesAnswers"] => ({ name, status, message });

/** Dispatches the message of a case among good ones of its stream and of another. @returns the kinds, and what is stopped */
async function among({
  sendMessage: { email, ...rest } = { id: "met", stream: "receipts", email: {} },
  sesAnswers,
}: Case) {
  const dispatcher = new TestDispatcher();
  dispatcher.settings = settingsFor([aStream({ name: "receipts", pool: undefined }), aStream({ pool: undefined })]);
  const { name, message, status } = sesAnswers;
  const client = new SESv2Client({ region: "us-east-1" });
  client.send = async (command: { readonly input: { readonly EmailTags?: { Name?: string; Value?: string }[] } }) => {
    const id = command.input.EmailTags?.find((tag) => tag.Name === "sw-message")?.Value;
    if (id === rest.id) throw sesError(name, message, status);
    return {};
  };
  dispatcher.instead = { sender: new SesMailSender(client, 1_000, dispatcher.log) };
  const good = ["a", "b", "c"].map((id) => aRecord({ id, stream: id === "a" ? "receipts" : "news" }));
  const outcomes = await dispatcher.dispatch(aRecord({ ...rest, email }), ...good);
  const stopped = [...(await dispatcher.recentCircuits.openNow()).keys()];
  const [met, ...others] = outcomes.map(({ kind }) => kind);
  return { met, others, stopped, dispatcher, good };
}

describe.each([
  ...forms("dispatch-poison-tenant", {
    sendMessage: poison({ TenantName: "acme" }),
    sesAnswers: answer("AccessDeniedException", 403, `Tenant not associated with resources [${set}]`),
  }),
  ...forms("dispatch-poison-contact-list", {
    sendMessage: poison(list("spring")),
    sesAnswers: answer("NotFoundException", 404, "List with name: spring doesn't exist."),
  }),
])("a message whose own name SES does not take (%s)", (_, met) => {
  test("is set aside alone, once, with what to do; nothing is stopped", async () => {
    const found = await among(met);
    expect(found).toMatchObject({ met: "quarantined", others: ["sent", "sent", "sent"], stopped: [] });
    expect(found.dispatcher.quarantine.kept).toHaveLength(1);
  });
});

describe.each(
  forms("dispatch-tenant-paused", {
    sendMessage: poison({ TenantName: "acme" }),
    sesAnswers: answer("SendingPausedException", 400, "Sending is paused for tenant acme."),
  }),
)("a paused tenant (%s)", (_, met) => {
  test("makes its own mail wait, and no other", async () => {
    const found = await among(met);
    expect(found).toMatchObject({ met: "parked", others: ["sent", "sent", "sent"], stopped: ["tenant:acme"] });
    const { dispatcher } = found;
    const next = [
      aRecord({ id: "d", email: { TenantName: "acme" } }),
      aRecord({ id: "e", email: { TenantName: "x" } }),
    ];
    expect(await dispatcher.kinds(...next)).toEqual(["parked", "sent"]);
  });
});

describe.each(
  forms("ses-error-paused", {
    sesAnswers: answer(
      "MessageRejected",
      400,
      "Sending paused for this account. For more information, please check the inbox of the email address associated with your AWS account.",
    ),
  }),
)("the pause of the account (%s)", (_, met) => {
  test("makes all mail wait, whatever class SES tells it in", async () => {
    const found = await among(met);
    expect(found).toMatchObject({ met: "parked", others: ["parked", "parked", "parked"], stopped: ["*"] });
    expect(found.dispatcher.quarantine.kept).toEqual([]);
  });
});

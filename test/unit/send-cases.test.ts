import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { sendRequest } from "../../shared/adapters/ses/send-request.ts";
import { parseSendMessage } from "../../shared/contracts/send-message.ts";
import { aSendMessage } from "../support/builders.ts";

/** Messages as others met them. They lie as files beside the repository where it is developed. */
const folder = fileURLToPath(new URL("../../../shared/cases/", import.meta.url));
const Case = z.object({ sendMessage: z.looseObject({ email: z.looseObject({}) }) });

const files = existsSync(folder) ? readdirSync(folder).filter((name) => /^send-.*\.json$/.test(name)) : [];
const kept = files.map((name) => {
  const { sendMessage } = Case.parse(JSON.parse(readFileSync(`${folder}${name}`, "utf8")));
  return [name, sendMessage] as const;
});

const ours = {
  "sw-id": "batch-0-1",
  "sw-pool": "news",
  "sw-route": "warming",
  "sw-provider": "gmail",
  "sw-day": "2026-11-02",
  "sw-stream": "news",
};

const isAscii = (text: string) => Buffer.byteLength(text, "latin1") === Buffer.byteLength(text, "utf8");

const feedbackTags = (letter: string) =>
  aSendMessage({ email: { EmailTags: [{ Name: `ses:feedback-id-${letter}`, Value: "spring" }] } });

const ownForms = [
  ["tag ses:feedback-id-a", feedbackTags("a")],
  ["tag ses:feedback-id-b", feedbackTags("b")],
  ["From with a German name", aSendMessage({ email: { FromEmailAddress: "Jürgen Groß <news@example.com>" } })],
  [
    "From with a Japanese name in quotes",
    aSendMessage({ email: { FromEmailAddress: '"東京, 支店" <news@example.com>' } }),
  ],
  ["a recipient with a name", aSendMessage({ to: ["Zoë <zoe@gmail.com>"] })],
  ["a Japanese carrier's address", aSendMessage({ to: ['"abc..def."@docomo.ne.jp'] })],
] as const;

describe.each([...ownForms, ...kept])("mail that SES takes: %s", (_, message) => {
  test("is sent in the form that SES takes, its own tags beside ours", () => {
    const result = parseSendMessage(JSON.stringify(message));
    if (result.kind === "malformed") throw new Error(result.reason.sentence);
    const {
      FromEmailAddress = "",
      Destination,
      EmailTags = [],
    } = sendRequest("news-warming", result.message.email, ours);
    const written = [FromEmailAddress, ...(Destination?.ToAddresses ?? [])];
    expect(written.filter((text) => !isAscii(text))).toEqual([]);
    const own = z.array(z.unknown()).parse(Case.parse({ sendMessage: message }).sendMessage.email.EmailTags ?? []);
    expect(EmailTags).toEqual(expect.arrayContaining(own));
  });
});

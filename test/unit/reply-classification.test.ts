import { describe, expect, test } from "vitest";
import { classifyReply } from "../../shared/domain/feedback/reply/classify-reply.ts";
import type { ReplyLabel } from "../../shared/domain/feedback/reply/label.ts";

const label = (text: string) => classifyReply({ text }).label;

/** Invented replies in the words receivers use. */
const samples: Readonly<Record<ReplyLabel, readonly string[]>> = {
  throttled: [
    "451 4.7.0 Too many messages from 203.0.113.9, please slow down",
    "421 4.4.5 Too many connections from your host",
    "421 Sending rate exceeded; come back later",
    "550 5.7.1 Hourly message limit exceeded for your IP",
    "450 4.7.1 You have exceeded the maximum number of messages per hour",
    "421 Excessive traffic from 203.0.113.9",
    "450 Mail volume from 203.0.113.9 over threshold, deferred",
    "421 temporarily rate limited because of sender reputation",
    "450 Zu viele Verbindungen von Ihrer IP",
    "421 Trop de connexions simultanées",
    "451 Demasiadas conexiones desde su IP",
    "421 Muitas conexões simultâneas do seu IP",
    "421 Troppe connessioni dal suo IP",
    "421 Te veel verbindingen",
    "451 Przekroczono limit połączeń",
    "451 Слишком много соединений с вашего адреса",
    "550 发送过于频繁",
  ],
  blocked: [
    "554 5.7.1 Client host [203.0.113.9] blocked using list.example.net",
    "550 IP 203.0.113.9 is on our denylist",
    "550 5.7.1 Mail from 203.0.113.9 has been denied. Contact postmaster.",
    "554 Connections from this IP address are not permitted due to poor reputation",
    "450 4.7.1 Client host blocked temporarily; reputation too low",
    "550 We do not accept mail from your network",
    "554 Denied: the sending host is considered a spam source",
    "550 rejected because 203.0.113.9 is listed by SpamCop",
    "554 Ihre IP-Adresse wurde wegen Spam gesperrt",
    "550 Votre adresse IP est sur liste noire",
    "550 Il tuo indirizzo IP è bloccato",
    "554 5.7.1 ACCESS DENIED (CSI: 203.0.113.9)",
    "550 5.7.1 Votre adresse IP est blacklistée",
  ],
  recipient_invalid: [
    "550 5.1.1 The address you wrote to does not exist here",
    "550 mailbox has been blocked due to inactivity",
    "550 5.2.1 The recipient's account is disabled",
    "550 unknown local-part in this domain",
    "551 not our customer",
    "550 5.1.2 No such domain",
    "550 Benutzer unbekannt",
    "550 5.1.1 Empfänger existiert nicht",
    "550 Utilisateur inconnu",
    "550 El usuario no existe",
    "550 Utente sconosciuto",
    "550 Usuário não encontrado",
    "550 Gebruiker onbekend",
    "550 Użytkownik nie istnieje",
    "550 Пользователь не найден",
    "550 用户不存在",
    "550 宛先が存在しません",
  ],
  mailbox_full: [
    "452 4.2.2 The mailbox is over quota; try again later",
    "552 Storage quota limit exceeded for this user",
    "550 Too many messages in the recipient's mailbox",
    "452 4.3.1 Insufficient system storage",
    "552 Postfach voll",
    "552 La boîte aux lettres est pleine",
    "552 Buzón lleno",
    "552 Casella di posta piena",
    "552 Caixa postal cheia",
    "552 Postvak is vol",
    "552 Skrzynka odbiorcy jest pełna",
    "552 Почтовый ящик переполнен",
    "552 邮箱已满",
  ],
  content_rejected: [
    "554 5.7.1 Your message looks like spam",
    "550 This message scored 12.4 spam points",
    "554 5.6.0 Message contains a virus",
    "552 message exceeds the maximum size of 20 MB",
    "554 A URL in the message is listed by SURBL",
    "550 Lone CR or LF in body",
    "554 5.7.1 Message contains a suspect URL",
    "550 Письмо отклонено как спам",
    "550 迷惑メールと判定されました",
  ],
  policy_auth: [
    "421 4.7.24 temporarily rate limited because the SPF record did not pass",
    "421-4.7.0 rate limited until fixed: 421-4.7.0 203.0.113.9 has 421 4.7.0 no PTR record",
    "550 5.7.1 DMARC check did not pass",
    "550 5.7.0 Must issue a STARTTLS command first",
    "554 5.7.1 Relay access denied",
    "504 5.5.2 Helo command rejected: need fully-qualified hostname",
    "450 4.1.8 Sender address rejected: domain not found",
    "530 5.7.0 Authentication required",
    "550 5.7.1 You are not authorized to send to this group",
  ],
  network: [
    "connect to mx.example.com[203.0.113.9]:25: Connection refused",
    "421 4.4.2 Error: timeout exceeded",
    "451 4.3.0 Temporary lookup failure",
    "450 4.1.1 Recipient address rejected: unverified address: Address verification in progress",
    "421 Server too busy, try later",
    "554 5.4.6 Hop count exceeded",
    "554 4.4.7 Message expired: unable to deliver in 840 minutes.<>",
  ],
  other: ["502 Command not implemented", "550 5.5.2 Syntax error, cannot decode response"],
  not_a_signal: [
    "450 4.2.1 The person you wrote to is receiving mail at a rate that prevents more",
    "550 5.2.121 The recipient's hourly limit is reached",
    "451 4.7.1 Greylisting in action, please come back in 00:05:00",
    "Amazon SES did not send the message: the address is on the suppression list for your account",
  ],
};
const all = Object.entries(samples).flatMap(([wanted, texts]) => texts.map((text) => ({ wanted, text })));

test.each(all)("$wanted: $text", ({ wanted, text }) => {
  const found = classifyReply({ text });
  expect(found).toMatchObject({ label: wanted, backoff: wanted === "throttled" || wanted === "blocked" });
  expect(found.unclassified).toBe(false);
});

/** Forms in which SES and receivers pass a reply on. */
const forms: Readonly<Record<string, (reply: string) => string>> = {
  "the prefix": (reply) => `smtp; ${reply}`,
  "expiry with 554": (reply) => `smtp; 554 4.4.7 Message expired: unable to deliver in 840 minutes.<${reply}>`,
  "expiry with 550": (reply) => `550 4.4.7 Message expired: unable to deliver in 72 minutes.<${reply}>`,
  "the old form": (reply) =>
    `5.1.0 - Unknown address error ${reply.slice(0, 3)}-'${reply.slice(4)}' (delivery attempts: 0)`,
  "another server's reply": (reply) =>
    `450 4.0.0 undeliverable: host mx.example.net[198.51.100.7] said: ${reply} (in reply to RCPT TO command)`,
  "expiry around the prefix": (reply) =>
    `554 4.4.7 Message expired: unable to deliver in 840 minutes.<smtp; 554 4.4.7 Message expired: unable to deliver in 9 minutes.<${reply}>>`,
};
/** One line each, with a code: the forms were made for these. */
const enveloped = [
  { wanted: "throttled", reply: "421 4.7.0 Too many messages from 203.0.113.9, slow down" },
  { wanted: "blocked", reply: "554 5.7.1 Your IP address is on our denylist" },
  { wanted: "recipient_invalid", reply: "550 5.1.1 <user@example.com>... No such mailbox" },
  { wanted: "mailbox_full", reply: "552 5.2.2 <user@example.com>... Mailbox is over quota" },
  { wanted: "content_rejected", reply: "554 5.7.1 The message was classified as spam" },
  { wanted: "policy_auth", reply: "550 5.7.1 DMARC check did not pass" },
  { wanted: "network", reply: "451 4.4.2 Connection timed out" },
];

describe.each(Object.entries(forms))("inside %s", (_, wrap) => {
  test.each(enveloped)("$wanted stays $wanted", ({ wanted, reply }) => {
    expect(label(wrap(reply))).toBe(wanted);
  });
});

test("lines with the code repeated read as one sentence, joined or not", () => {
  for (const joint of ["\n", "\r\n", " "]) {
    expect(label(["550-5.7.1 Mail from your", "550-5.7.1 network is", "550 5.7.1 refused"].join(joint))).toBe(
      "blocked",
    );
  }
});

describe("the same words at different providers", () => {
  test.each([
    ["550 5.4.1 Recipient address rejected: Access denied", "microsoft", "recipient_invalid"],
    ["451 4.7.500 Access denied, please come back", "microsoft", "throttled"],
    ["451 4.7.500 Access denied, please come back", "orange", "policy_auth"],
    ["421 4.0.0 resources temporarily unavailable", "yahoo", "throttled"],
    ["421 4.0.0 resources temporarily unavailable", "gmail", "network"],
  ])("%s from %s is %s", (text, provider, wanted) => {
    expect(classifyReply({ text, provider }).label).toBe(wanted);
  });
});

describe("a mailbox provider's own codes decide before words", () => {
  test.each([
    ["421 4.7.1 [TS03] messages from 203.0.113.9 are deferred", "blocked"],
    ["421 4.7.0 [TSS04] messages from 203.0.113.9 are deferred", "throttled"],
    ["550 5.7.1 see our notes (S3140)", "blocked"],
    ["451 4.7.1 see our notes (S775)", "throttled"],
    ["421 RP-002 see our notes", "throttled"],
    ["421 try again RL000003", "throttled"],
    ["554 refused BL000001", "blocked"],
    ["451 4.7.1 wait (G28)", "throttled"],
    ["554 HL:ITC mx12", "throttled"],
    ["554 DT:SPM mx12", "content_rejected"],
    ["550 Ip frequency limited", "throttled"],
    ["554 AUP#CXCNCT", "throttled"],
    ["554 AUP#CXRBL", "blocked"],
    ["421 4.7.1 [HCM1] wait", "throttled"],
    ["550 OFR_102 refus", "blocked"],
  ])("%s is %s", (text, wanted) => {
    expect(label(text)).toBe(wanted);
  });
});

describe("replies that quote an IP", () => {
  const ownIps = ["203.0.113.9", "2001:DB8::9"];

  test.each(["550 5.1.1 203.0.113.9 is refused", "550 5.1.1 [2001:db8::9] is refused"])(
    "%s: ours is about us",
    (text) => {
      expect(classifyReply({ text, ownIps })).toMatchObject({ label: "blocked", rule: "own-ip-refused" });
    },
  );

  test("a part of another IP is not ours", () => {
    expect(classifyReply({ text: "550 5.1.1 1203.0.113.99 is refused", ownIps }).backoff).toBe(false);
  });

  test("what another server was told about its own IP does not slow us down", () => {
    const text =
      "450 undeliverable: host mx.example.net said: 554 Client host [198.51.100.7] blocked using list.example.net";
    expect(classifyReply({ text, ownIps })).toMatchObject({ label: "network", backoff: false });
    expect(classifyReply({ text: text.replace("198.51.100.7", "203.0.113.9"), ownIps }).label).toBe("blocked");
  });

  test("our IP in a reply about a full mailbox changes nothing", () => {
    expect(classifyReply({ text: "552 5.2.2 mailbox full [203.0.113.9]", ownIps }).label).toBe("mailbox_full");
  });
});

describe("a reply that no rule knows", () => {
  test.each([
    ["550 5.1.9 brouhaha", "policy_auth", "fallback-status"],
    ["550 5.6.9 brouhaha", "content_rejected", "fallback-status"],
    ["550 brouhaha", "recipient_invalid", "fallback-code"],
    ["451 brouhaha", "network", "fallback-code"],
    ["554 brouhaha", "other", "fallback-none"],
    ["brouhaha", "other", "fallback-none"],
    ["", "other", "fallback-none"],
  ])("%s is read by its codes and marked", (text, wanted, rule) => {
    expect(classifyReply({ text })).toEqual({ label: wanted, backoff: false, rule, unclassified: true });
  });
});

test.each(["__proto__", "5.7.1".repeat(20_000), "<".repeat(100_000), "550-'".repeat(20_000), "\u0301".repeat(100_000)])(
  "a hostile text is answered (%#)",
  (text) => {
    expect(() => classifyReply({ text, provider: "__proto__", ownIps: [text] })).not.toThrow();
  },
);

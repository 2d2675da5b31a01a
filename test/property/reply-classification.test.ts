import fc from "fast-check";
import { expect, test } from "vitest";
import { classifyEvent } from "../../shared/domain/feedback/reply/classify-event.ts";
import { classifyReply } from "../../shared/domain/feedback/reply/classify-reply.ts";
import { replyLabels } from "../../shared/domain/feedback/reply/label.ts";

const pieces = fc.constantFrom(
  "550 ",
  "550-5.7.1 ",
  "421 4.7.0 ",
  "smtp; ",
  "554 4.4.7 Message expired: unable to deliver in 840 minutes.<",
  "5.1.0 - Unknown address error 550-'",
  "host mx.example.com[192.0.2.1] said: ",
  ">",
  "'",
  "(delivery attempts: 0)",
  "<user@example.com>",
  "203.0.113.9",
  "mailbox ",
  "too many ",
  "blocked ",
  "\n",
  "ошибка ",
  "\ud800",
  "\u0000",
);
const hostile = fc.array(fc.oneof(pieces, fc.string({ unit: "binary" })), { maxLength: 40 }).map((all) => all.join(""));

test("any text gets a known label and a rule; back-off follows from the label", () => {
  fc.assert(
    fc.property(
      hostile,
      fc.option(fc.string(), { nil: undefined }),
      fc.array(fc.string()),
      (text, provider, ownIps) => {
        const found = classifyReply({ text, provider, ownIps });
        expect(replyLabels).toContain(found.label);
        expect(found.backoff).toBe(found.label === "throttled" || found.label === "blocked");
        expect(found.rule).not.toBe("");
      },
    ),
  );
});

test("any event gets an answer for each recipient, at least one", () => {
  const recipients = fc.array(fc.record({ emailAddress: fc.string(), diagnosticCode: hostile }), { maxLength: 4 });
  fc.assert(
    fc.property(fc.constantFrom("Bounce", "DeliveryDelay"), fc.string(), recipients, (eventType, type, listed) => {
      const found = classifyEvent({
        eventType,
        bounce: { bounceType: type, bounceSubType: type, bouncedRecipients: listed },
        deliveryDelay: { delayType: type, delayedRecipients: listed },
      });
      expect(found).toHaveLength(Math.max(1, listed.length));
    }),
  );
});

test("the prefix, the case and the expiry envelope change no label", () => {
  const replies = fc.constantFrom(
    "421 4.7.0 Too many connections from 203.0.113.9, slow down",
    "554 5.7.1 Your IP address is on our denylist",
    "550 5.1.1 No such mailbox",
    "552 5.2.2 The mailbox is over quota",
    "550 5.7.1 DMARC check did not pass",
    "554 5.7.1 The message was classified as spam",
    "450 4.7.1 Try again later",
  );
  fc.assert(
    fc.property(replies, fc.nat({ max: 5000 }), fc.boolean(), (reply, minutes, upper) => {
      const inner = upper ? reply.toUpperCase() : reply;
      const { label } = classifyReply({ text: reply });
      const forms = [`smtp; ${inner}`, `554 4.4.7 Message expired: unable to deliver in ${minutes} minutes.<${inner}>`];
      for (const text of forms) expect(classifyReply({ text }).label).toBe(label);
    }),
  );
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { parseMailboxes } from "../../shared/contracts/mailbox-list.ts";
import { withoutHeader } from "../../shared/contracts/raw-headers.ts";

const address = fc.constantFrom(
  "ann@gmail.com",
  "BOB+x@web.de",
  '"a..b."@docomo.ne.jp',
  "o'neil@xn--bcher-kva.example",
);
const quotedName = fc
  .string({ unit: "grapheme-ascii", maxLength: 20 })
  .map((text) => `"${text.replace(/["\\]/g, "\\$&")}"`);
const name = fc.oneof(quotedName, fc.constantFrom("", "Ann", "Ann B. Lee", "=?UTF-8?Q?J=C3=BCrgen,_x?=", "Zo\u00eb"));
const comment = fc.constantFrom("", " (at work)", " (a (nested) one)", " (eve@evil.example, and more)", " (\\) here)");
const mailbox = fc
  .tuple(address, name, comment, fc.constantFrom(" ", "\t", "  "))
  .map(([plain, shown, said, blank]) => ({ plain, written: `${shown}${blank}<${plain}>${said}` }));
const bare = address.map((plain) => ({ plain, written: plain }));
const members = fc.array(fc.oneof(mailbox, bare), { maxLength: 4 });
const part = members.chain((list) =>
  fc.boolean().map((group) => ({
    plain: list.map(({ plain }) => plain),
    written: group
      ? `Team: ${list.map(({ written }) => written).join(", ")};`
      : list.map(({ written }) => written).join(" , "),
  })),
);

test("of every list of mailboxes that may be written, all are read and no other: names, comments and groups are none", () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
      const list = parts.map(({ written }) => written).filter((written) => written !== "");
      const read = parseMailboxes(list.join(", "))?.map((found) => found.address);
      expect(read).toEqual(parts.flatMap(({ plain }) => plain));
    }),
    { numRuns: 3_000 },
  );
});

test("without a header, every other byte of a message stays, whatever it has in its body", () => {
  const folded = fc.constantFrom("bcc: a@gmail.com", "BCC:", "Bcc: a@gmail.com,\r\n b@gmail.com\r\n\tc@gmail.com");
  const other = fc.constantFrom(
    "From: a@example.com",
    "X-Bcc: 1",
    "Subject: Bcc: 1\r\n Bcc: 2",
    "To: \u00fc@example.com",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(folded, other)), fc.uint8Array({ maxLength: 60 }), (headers, body) => {
      const whole = (lines: readonly string[]) =>
        Buffer.concat([Buffer.from(["X-First: 1", ...lines, "", ""].join("\r\n")), body]);
      const kept = headers.filter((line) => !/^bcc:/i.test(line));
      expect(withoutHeader("bcc", whole(headers)).equals(whole(kept))).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

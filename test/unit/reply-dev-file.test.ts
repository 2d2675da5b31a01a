import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { classifyReply } from "../../shared/domain/feedback/reply/classify-reply.ts";
import { asksForLess, type ReplyLabel, replyLabels } from "../../shared/domain/feedback/reply/label.ts";

/** Labelled public replies that lie beside the repository where it is developed, and nowhere else. */
const path = fileURLToPath(new URL("../../../shared/data/replies-dev.jsonl", import.meta.url));
const label = z.enum(replyLabels);
const Row = z.object({ reply: z.string(), label, accept: z.array(label) });

const merged = (each: ReplyLabel): ReplyLabel => (each === "other" ? "network" : each);

describe.skipIf(!existsSync(path))("on labelled public replies", () => {
  const rows = existsSync(path)
    ? readFileSync(path, "utf8")
        .trim()
        .split("\n")
        .map((line) => Row.parse(JSON.parse(line)))
    : [];
  const judged = rows.map((row) => ({ ...row, found: classifyReply({ text: row.reply }) }));
  /** Rows that are either a reason to send less or none, to every honest reader. */
  const clear = judged.filter(({ accept }) => accept.every(asksForLess) || !accept.some(asksForLess));
  const share = <T>(all: readonly T[], holds: (each: T) => boolean) => all.filter(holds).length / all.length;

  test("93 % get a label that counts", () => {
    expect(
      share(judged, ({ accept, found }) => accept.map(merged).includes(merged(found.label))),
    ).toBeGreaterThanOrEqual(0.93);
  });

  test("95 % of what we send less for is a reason to, and 93 % of the reasons are found", () => {
    const slowed = clear.filter(({ found }) => found.backoff);
    expect(share(slowed, (row) => asksForLess(row.label))).toBeGreaterThanOrEqual(0.95);
    const reasons = clear.filter((row) => asksForLess(row.label));
    expect(share(reasons, ({ found }) => found.backoff)).toBeGreaterThanOrEqual(0.93);
  });

  test("at most 0.5 % of dead and full mailboxes slow us down", () => {
    const dead = judged.filter((row) => row.label === "recipient_invalid" || row.label === "mailbox_full");
    expect(share(dead, ({ found }) => found.backoff)).toBeLessThanOrEqual(0.005);
  });
});

import { createHash } from "node:crypto";

/** Hash of a message's content, the same for the same JSON whatever the order of its keys: 22 characters, 128 bits. */
export function fingerprint(content: unknown): string {
  return createHash("sha256").update(JSON.stringify(content, inKeyOrder)).digest("base64url").slice(0, 22);
}

/** Hash that stands for one message at one recipient: 9 characters, 54 bits. A million of them a day collide never. */
export function mailFingerprint(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 9);
}

function inKeyOrder(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

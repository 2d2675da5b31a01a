import { createHash } from "node:crypto";

/** Hash of a message's content, the same for the same JSON whatever the order of its keys: 22 characters, 128 bits. */
export function fingerprint(content: unknown): string {
  return createHash("sha256").update(JSON.stringify(content, inKeyOrder)).digest("base64url").slice(0, 22);
}

function inKeyOrder(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

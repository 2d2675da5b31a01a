import type { QuarantineReason } from "../domain/sending/outcome.ts";

/** Deepest nesting of objects and lists that a message may have; SES's own request needs 6. */
const maxDepth = 32;

const forbiddenKeys = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Looks for structure that no honest message has, before any schema sees it: nesting that could exhaust a recursive
 * walk, and keys that could reach `Object.prototype`. Walks with a list of its own, so depth costs no stack.
 */
export function structureFault(root: unknown): QuarantineReason | undefined {
  const open: { value: unknown; depth: number }[] = [{ value: root, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value !== "object" || value === null) continue;
    if (depth >= maxDepth) {
      const sentence = `The message nests deeper than ${maxDepth} levels: send a SendMessage v1 whose email is a plain SES request.`;
      return { code: "too-deep", sentence };
    }
    for (const [key, child] of Object.entries(value)) {
      if (!Array.isArray(value) && forbiddenKeys.has(key)) {
        return {
          code: "forbidden-key",
          sentence: `The message has the key "${key}", which is never allowed: remove it.`,
        };
      }
      open.push({ value: child, depth: depth + 1 });
    }
  }
  return undefined;
}

/**
 * JSON writes what is absent as null as well: members that are null are left out. Walks by recursion, so only for what
 * `structureFault` found nothing in.
 */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNulls(member)]));
}

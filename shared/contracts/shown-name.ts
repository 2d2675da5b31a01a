/** A key or a header's name may be anything, an address too: only what looks like a name is repeated in a sentence. */
export function shownName(name: PropertyKey): string {
  const text = String(name);
  return /^[A-Za-z0-9_-]{1,40}$/.test(text) ? text : "(not shown)";
}

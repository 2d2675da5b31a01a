/** One thing that does not fit: where, what stands there, and a sentence that says what was expected. */
export interface Misfit {
  readonly path: readonly string[];
  readonly input: unknown;
  readonly message: string;
}

/** Names to choose from, for a sentence. @param what - where they are defined */
export function oneOf(names: readonly string[], what: string): string {
  return names.length === 0 ? `one defined under ${what} (none is)` : `one of ${names.join(", ")}`;
}

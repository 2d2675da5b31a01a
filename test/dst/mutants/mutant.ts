/** A planted bug: a change of one file of the product, or of the settings that the simulation takes from the stack. */
export interface Mutant {
  readonly name: string;
  /** Path from the root of the repository. */
  readonly file: string;
  /** Text that occurs exactly once. */
  readonly find: string;
  readonly replace: string;
  /** What goes wrong with it. */
  readonly why: string;
}

/** A file's text with the bug in it. @throws when the text to change does not stand there exactly once */
export function changed({ name, file, find, replace }: Mutant, source: string): string {
  const times = source.split(find).length - 1;
  if (times !== 1) throw new Error(`mutant ${name}: expected its text once in ${file}, found it ${times} times`);
  return source.replace(find, () => replace);
}

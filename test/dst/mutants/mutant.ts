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

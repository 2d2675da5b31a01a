/** A call that is taken and never answered: the caller's own time limit ends it. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

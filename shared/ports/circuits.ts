import type { Circuit } from "../domain/sending/circuit.ts";
import type { KnownRate } from "../domain/sending/rate-share.ts";

/** What is on record of SES. */
export interface SesRecord {
  /** Those on record, also such as are over. */
  readonly circuits: readonly Circuit[];
  /** Calls in a row, of all instances, that ended without an answer. */
  readonly unanswered: number;
  /** The account's sending rate; undefined when nobody has written it yet. */
  readonly rate: KnownRate | undefined;
}

/** What SES refused lately for more than one mail, for every instance to see. */
export interface Circuits {
  /** One call, for the account's sending rate as well. */
  read(): Promise<SesRecord>;
  /** Opens a circuit, or keeps it open for longer. @returns false when it was open until then already */
  open(circuit: Circuit): Promise<boolean>;
  /** Gives a circuit another time, if it still has the one that was read. @returns false when somebody was faster */
  move(read: Circuit, untilMs: number): Promise<boolean>;
  /**
   * Keeps count of calls without an answer.
   * @param calls - in a row, by one instance
   * @param goesOn - false when an answer came before them: the count begins anew
   * @returns calls in a row by all instances
   */
  countUnanswered(calls: number, goesOn: boolean): Promise<number>;
}

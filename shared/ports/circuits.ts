import type { Circuit } from "../domain/sending/circuit.ts";
import type { KnownRate } from "../domain/sending/rate-share.ts";

/** What is on record of SES. */
export interface SesRecord {
  /** Those on record, also such as are over. */
  readonly circuits: readonly Circuit[];
  /** The account's sending rate; undefined when nobody has written it yet. */
  readonly rate: KnownRate | undefined;
}

/** What SES refused lately for more than one mail, for every instance to see. */
export interface Circuits {
  /** One call, for the account's sending rate as well. */
  read(): Promise<SesRecord>;
  /** Opens a circuit, or keeps it open for longer. @returns false when it was open until then already */
  open(circuit: Circuit): Promise<boolean>;
}

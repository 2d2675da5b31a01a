import type { Circuit } from "../domain/sending/circuit.ts";

/** What SES refused lately for more than one mail, for every instance to see. */
export interface Circuits {
  /** Those on record, also such as are over. */
  read(): Promise<readonly Circuit[]>;
  /** Opens a circuit, or keeps it open for longer. @returns false when it was open until then already */
  open(circuit: Circuit): Promise<boolean>;
}

import { setScope } from "../../domain/sending/circuit-scope.ts";
import { agree, type Witness } from "../../domain/sending/witness.ts";
import type { PutOff, Stopped } from "../../ports/mail-sender.ts";
import type { SendResult } from "./send-routed.ts";
import type { Routed } from "./work.ts";

type Results = ReadonlyMap<Routed, SendResult>;

/** What one instance of the dispatcher has seen of refusals that may be their route's fault, by configuration set. */
export class Witnesses {
  readonly #kept = new Map<string, Witness>();

  /**
   * Looks through the answers of a batch. Where two witnesses agree, and no mail was accepted in between, what they say
   * is said of their configuration set.
   */
  judge(results: Results): Results {
    const accepting = setsOf([...results].filter(([, { kind }]) => kind === "accepted"));
    for (const set of accepting) this.#kept.delete(set);
    const suspects = [...results].flatMap(([mail, result]): [Routed, PutOff][] => {
      // One that was put off before has been a witness, and others may have been accepted since.
      const isNew = result.kind === "put-off" && result.mayBeRoutes && mail.claim.putOffs === undefined;
      return isNew && !accepting.has(setOf(mail)) ? [[mail, result]] : [];
    });
    const faulty = setsOf(
      suspects.filter(([mail, { error }]) => this.#isConfirmed(setOf(mail), witnessOf(mail, error))),
    );
    for (const set of faulty) this.#kept.delete(set);
    const stopped = suspects.filter(([mail]) => faulty.has(setOf(mail)));
    return new Map([...results, ...stopped.map(([mail, result]) => [mail, stoppedBy(mail, result)] as const)]);
  }

  #isConfirmed(set: string, witness: Witness): boolean {
    const before = this.#kept.get(set);
    if (before?.error !== witness.error) this.#kept.set(set, witness);
    return before !== undefined && agree(before, witness);
  }
}

function setOf({ route }: Routed): string {
  return route.configurationSet;
}

function setsOf(mails: readonly (readonly [Routed, unknown])[]): Set<string> {
  return new Set(mails.map(([mail]) => setOf(mail)));
}

function witnessOf({ record: { message }, stream, names }: Routed, error: string): Witness {
  return { message: message.id, stream: stream.name, from: names.from ?? "", error };
}

function stoppedBy(mail: Routed, { sentence }: PutOff): Stopped {
  return { kind: "stopped", scope: setScope(setOf(mail)), reason: "ses-misconfigured", sentence };
}

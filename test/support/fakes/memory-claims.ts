import type { Claim } from "../../../shared/domain/sending/claim.ts";
import type { ClaimAnswer, ClaimStore, ClaimTimes } from "../../../shared/ports/claim-store.ts";

interface Kept {
  readonly claim: Claim;
  readonly expiresAtMs: number;
}

export class MemoryClaims implements ClaimStore {
  readonly #kept = new Map<string, Kept>();

  async claim(id: string, claim: Claim, { nowMs, untilMs }: ClaimTimes): Promise<ClaimAnswer> {
    const found = this.#kept.get(id);
    const isFree = found === undefined || found.expiresAtMs < nowMs;
    return isFree ? this.#keep(id, claim, untilMs) : answerFor(found.claim, claim);
  }

  async takeOver(id: string, from: Claim, to: Claim, { untilMs }: Pick<ClaimTimes, "untilMs">): Promise<ClaimAnswer> {
    const found = this.#kept.get(id);
    if (found === undefined) throw new Error(`nothing to take over: ${id} was never claimed`);
    const isStillTheirs = found.claim.batch === from.batch && found.claim.attempt === from.attempt;
    return isStillTheirs ? this.#keep(id, to, untilMs) : answerFor(found.claim, to);
  }

  /** The claim in force. */
  of(id: string): Claim | undefined {
    return this.#kept.get(id)?.claim;
  }

  #keep(id: string, claim: Claim, expiresAtMs: number): ClaimAnswer {
    this.#kept.set(id, { claim, expiresAtMs });
    return { kind: "claimed" };
  }
}

function answerFor(found: Claim, asked: Claim): ClaimAnswer {
  const isOwn = found.batch === asked.batch && found.position === asked.position;
  return isOwn ? { kind: "claimed" } : { kind: "taken", by: found };
}

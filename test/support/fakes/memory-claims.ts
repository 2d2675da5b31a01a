import { type Claim, claimLifeMs } from "../../../shared/domain/sending/claim.ts";
import type { ClaimAnswer, ClaimStore } from "../../../shared/ports/claim-store.ts";

interface Kept {
  readonly claim: Claim;
  readonly expiresAtMs: number;
}

export class MemoryClaims implements ClaimStore {
  readonly #kept = new Map<string, Kept>();

  async claim(id: string, claim: Claim, nowMs: number): Promise<ClaimAnswer> {
    const found = this.#kept.get(id);
    const isFree = found === undefined || found.expiresAtMs < nowMs;
    return isFree ? this.#keep(id, claim, nowMs) : answerFor(found.claim, claim);
  }

  async takeOver(id: string, from: Claim, to: Claim, nowMs: number): Promise<ClaimAnswer> {
    const found = this.#kept.get(id);
    if (found === undefined) throw new Error(`nothing to take over: ${id} was never claimed`);
    const isStillTheirs = found.claim.batch === from.batch && found.claim.attempt === from.attempt;
    return isStillTheirs ? this.#keep(id, to, nowMs) : answerFor(found.claim, to);
  }

  /** The claim in force. */
  of(id: string): Claim | undefined {
    return this.#kept.get(id)?.claim;
  }

  #keep(id: string, claim: Claim, nowMs: number): ClaimAnswer {
    this.#kept.set(id, { claim, expiresAtMs: nowMs + claimLifeMs });
    return { kind: "claimed" };
  }
}

function answerFor(found: Claim, asked: Claim): ClaimAnswer {
  const isOwn = found.batch === asked.batch && found.position === asked.position;
  return isOwn ? { kind: "claimed" } : { kind: "taken", by: found };
}

import { WarmUpError } from "../errors.ts";
import { draw } from "../provider-model/draw.ts";
import { providerPrior } from "../provider-model/prior.ts";
import type { OfferAnswer } from "../provider-model/provider-model.ts";
import { drawTraits } from "../provider-model/traits.ts";
import type { ModelledProvider } from "./run-provider.ts";
import type { Scenario } from "./scenario.ts";

/** What a model of somebody's own is made for: one provider, one IP, one seed. */
export interface OwnModelSetup {
  readonly provider: string;
  /** Fraction of all mail that goes to this provider. */
  readonly share: number;
  /** Recipients per UTC day at full volume, all providers. */
  readonly fullPerDay: number;
  /** Uniform in [0, 1), the same row of numbers for each (seed, provider), drawn by nobody else. */
  readonly random: () => number;
}

/** One hour of one day. Days count from 1, hours are 0 to 23. */
export interface OwnModelStep {
  readonly day: number;
  readonly hour: number;
  /** Whole recipients; 0 in many hours. */
  readonly offered: number;
  /** True complaints per accepted recipient, as a fraction. */
  readonly complaintRate: number;
}

/** A mailbox provider as somebody else models it. */
export interface OwnModel {
  /** Asked for every hour of every day, in order. The three parts add up to what was offered. */
  send(step: OwnModelStep): OfferAnswer;
  /** Recipients that the provider would take on this day. Asked for the oracle only, before the day's first hour. */
  capacityToday(day: number): number;
}

export type OwnModelMaker = (setup: OwnModelSetup) => OwnModel;

/** A model of somebody's own threw, or its answer cannot be. */
export class ModelError extends WarmUpError {
  override readonly name = "ModelError";
  readonly retryable = false;
}

const randomPurpose = 40;

/** Makes and checks a model of somebody's own, for one seed. @throws ModelError, then and on each later question */
export function ownModel(make: OwnModelMaker, provider: string, seed: number, scenario: Scenario): ModelledProvider {
  const prior = providerPrior("mid", provider);
  const { number, share } = prior;
  const traits = drawTraits(prior, (purpose, day) => draw(seed, number, purpose, day));
  const complaintRate = scenario.complaintRate ?? traits.complaintRate;
  let drawn = 0;
  const random = (): number => draw(seed, number, randomPurpose, drawn++);
  const at = `for ${provider}, seed ${seed}`;
  const model = asked(`the model ${at}`, () => make({ provider, share, fullPerDay: scenario.fullPerDay, random }));
  checkModel(model, at);
  return {
    complaintRate,
    startDay: () => {},
    endDay: () => {},
    offer(day, hour, offered) {
      const where = `send ${at}, day ${day}, hour ${hour}`;
      const answer = asked(where, () => model.send({ day, hour, offered, complaintRate }));
      return checkAnswer(answer, offered, where);
    },
    capacityToday(day) {
      const where = `capacityToday ${at}, day ${day}`;
      const capacity = asked(where, () => model.capacityToday(day));
      if (typeof capacity === "number" && capacity >= 0) return capacity;
      throw new ModelError(`${where} answered ${told(capacity)}: expected a number of recipients, 0 or more`);
    },
  };
}

function asked<T>(where: string, ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ModelError(`${where} threw: ${message}`, { cause: error });
  }
}

function checkModel(model: Partial<OwnModel> | undefined | null, at: string): void {
  if (typeof model?.send === "function" && typeof model.capacityToday === "function") return;
  throw new ModelError(`the model ${at} is ${told(model)}: expected an object with send and capacityToday`);
}

/** Fractions of a recipient may not add up to the last bit. */
const rounding = 1e-6;

function checkAnswer(answer: Partial<OfferAnswer> | undefined | null, offered: number, where: string): OfferAnswer {
  const { accepted, deferred, blocked } = answer ?? {};
  if (!isCount(accepted) || !isCount(deferred) || !isCount(blocked)) {
    throw new ModelError(`${where} answered ${told(answer)}: expected accepted, deferred and blocked, each 0 or more`);
  }
  const sum = accepted + deferred + blocked;
  if (Math.abs(sum - offered) <= rounding) return { accepted, deferred, blocked };
  throw new ModelError(
    `${where} answered ${told(answer)}: accepted + deferred + blocked is ${sum}, and ${offered} was offered`,
  );
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value < Number.POSITIVE_INFINITY;
}

/** JSON knows neither NaN nor undefined. */
function told(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  const entries = Object.entries(value).map(([key, each]) => `${key}: ${String(each)}`);
  return `{ ${entries.join(", ")} }`;
}

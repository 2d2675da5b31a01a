import { scopesOver, scopeText } from "../../domain/sending/circuit-scope.ts";
import type { SendAnswer, Stopped } from "../../ports/mail-sender.ts";
import type { Heard } from "./recent-circuits.ts";
import type { SendResult } from "./send-routed.ts";
import type { Routed } from "./work.ts";

/** After so many calls in a row without an answer a batch makes no more: what is not called is provably not sent. */
const mostUnanswered = 3;

/** What the answers of one batch say of the calls that it has not made yet. */
export class BatchStops implements Heard {
  unanswered = 0;
  answered = false;
  readonly #stopped = new Map<string, Stopped>();

  /** The result that a message has without a call; undefined when it is to be called. */
  before({ names, route }: Routed): SendResult | undefined {
    if (this.unanswered >= mostUnanswered) return { kind: "silence" };
    return scopesOver(names, route.configurationSet)
      .map((scope) => this.#stopped.get(scopeText(scope)))
      .find((stopped) => stopped !== undefined);
  }

  /** Takes note of how a call ended. */
  heard(answer: SendAnswer): void {
    switch (answer.kind) {
      case "unknown":
        this.unanswered += 1;
        return;
      case "unreachable":
        return;
      case "accepted":
      case "throttled":
      case "refused":
      case "put-off":
      case "stopped":
        this.answered = true;
        this.unanswered = 0;
        if (answer.kind === "stopped") this.#stopped.set(scopeText(answer.scope), answer);
        return;
      default:
        answer satisfies never;
    }
  }
}

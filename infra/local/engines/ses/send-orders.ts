import type { SesContext } from "./context.ts";
import { NoAnswer } from "./no-answer.ts";
import type { SesEngineOptions } from "./options.ts";
import { ofAccount, ofRoute } from "./refusals.ts";

/** What every send is answered on a test's order; of a paused set, every send through it. */
export type SendOrder =
  | { readonly kind: "server-error" | "timeout" | "throttle" | "quota" }
  | { readonly kind: "account-paused"; readonly errorClass?: SesEngineOptions["pausedErrorClass"] }
  | { readonly kind: "set-paused"; readonly set: string };

/**
 * Answers a send as it was ordered, where anything was.
 * @param setName - the configuration set the send goes through
 */
export function refuseOnOrder({ ordered, options, nowMs }: SesContext, setName: string | undefined): void {
  const order = ordered.at(nowMs());
  if (order === undefined) return;
  switch (order.kind) {
    case "server-error":
      throw ofAccount.serverError();
    case "timeout":
      throw new NoAnswer();
    case "throttle":
      throw ofAccount.rateExceeded();
    case "quota":
      throw ofAccount.quotaExceeded(options);
    case "account-paused":
      throw ofAccount.paused(order.errorClass === undefined ? options : { pausedErrorClass: order.errorClass });
    case "set-paused":
      if (order.set === setName) throw ofRoute.setPaused(order.set);
      return;
    default:
      order satisfies never;
  }
}

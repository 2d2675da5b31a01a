import type { EmailRequest } from "../contracts/email-request.ts";
import type { Route } from "../domain/routing/route.ts";
import type { StopReason } from "../domain/sending/circuit.ts";
import type { CircuitScope } from "../domain/sending/circuit-scope.ts";

/** Tags that come back in every SES event of the mail; names and values `[A-Za-z0-9_-]`. */
export type MailTags = Readonly<
  Record<"sw-id" | "sw-pool" | "sw-route" | "sw-provider" | "sw-day" | "sw-stream", string> & {
    /** The business id, where it fits a tag. */
    "sw-message"?: string;
    /** The random sample it counts in; none without it. */
    "sw-arm"?: "trial" | "control";
    /** Why it did not take its first route, `spent_warming`; without it it did, or the application's tags leave no room. */
    "sw-why"?: string;
  }
>;

/** SES takes no mail of a scope for now: what it says holds for more than the mail that was asked about. */
export interface Stopped {
  readonly kind: "stopped";
  readonly scope: CircuitScope;
  readonly reason: StopReason;
  /** What to do, without addresses. */
  readonly sentence: string;
}

/** SES refused this message for a reason that may pass without its sender. */
export interface PutOff {
  readonly kind: "put-off";
  /** What was found and what to do, without addresses. */
  readonly sentence: string;
  /** Class of SES's error. */
  readonly error: string;
  /** True when neither the answer nor the message names anything that explains it: it may be the route's fault. */
  readonly mayBeRoutes: boolean;
}

/** How SES answered one call. Everything but `accepted` and `unknown` proves that nothing was sent. */
export type SendAnswer =
  | { readonly kind: "accepted" }
  /** Over the account's sending rate: the same call may succeed in seconds. */
  | { readonly kind: "throttled" }
  /** No connection to SES came about: the same call may succeed in seconds. */
  | { readonly kind: "unreachable" }
  | Stopped
  /** This message will be refused again. @property sentence - what to do, without addresses */
  | { readonly kind: "refused"; readonly sentence: string }
  | PutOff
  /** No answer, or a server error: SES may have taken the mail. */
  | { readonly kind: "unknown" };

/** One SES SendEmail call, one attempt. Never throws for an answer of SES or the lack of one. */
export interface MailSender {
  send(route: Route, email: EmailRequest, tags: MailTags): Promise<SendAnswer>;
}

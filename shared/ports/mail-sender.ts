import type { EmailRequest } from "../contracts/email-request.ts";
import type { Route } from "../domain/routing/route.ts";

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

/** How SES answered one call. Everything but `accepted` and `unknown` is a known refusal: nothing was sent. */
export type SendAnswer =
  | { readonly kind: "accepted" }
  /** Over the account's sending rate, or SES could not be reached: the same call may succeed in seconds. */
  | { readonly kind: "throttled" }
  /** The 24-hour quota is spent; hours, not seconds. */
  | { readonly kind: "quota-spent" }
  /** Sending is paused for the configuration set, or the whole account is suspended. */
  | { readonly kind: "paused"; readonly scope: "account" | "configuration-set" }
  /** The deployment is at fault, not the message: permissions, a missing configuration set, an unverified domain. */
  | { readonly kind: "misconfigured" }
  /** This message will be refused again. @property sentence - what to do, without addresses */
  | { readonly kind: "refused"; readonly sentence: string }
  /** No answer, or a server error: SES may have taken the mail. */
  | { readonly kind: "unknown" };

/** One SES SendEmail call, one attempt. Never throws for an answer of SES or the lack of one. */
export interface MailSender {
  send(route: Route, email: EmailRequest, tags: MailTags): Promise<SendAnswer>;
}

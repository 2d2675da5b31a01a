import type { SesEngineOptions } from "./options.ts";
import { SesError } from "./ses-error.ts";

/** SES's refusals in its own words: the product reads them. Where the class is not known, an option chooses. */
export const refusals = {
  accountPaused: ({ pausedErrorClass = "SendingPausedException" }: SesEngineOptions): SesError =>
    new SesError(
      pausedErrorClass,
      "Sending paused for this account. For more information, please check the inbox of the email address associated with your AWS account.",
    ),
  setPaused: ({ pausedErrorClass = "SendingPausedException" }: SesEngineOptions, set: string): SesError =>
    new SesError(pausedErrorClass, `Sending is paused for configuration set ${set}`),
  rateExceeded: (): SesError =>
    new SesError("TooManyRequestsException", "Maximum sending rate exceeded.", "ACCOUNT_THROTTLED"),
  quotaExceeded: ({ quotaErrorClass = "TooManyRequestsException" }: SesEngineOptions): SesError =>
    new SesError(quotaErrorClass, "Daily message quota exceeded.", "ACCOUNT_DAILY_QUOTA_EXCEEDED"),
  serverError: (): SesError => new SesError("InternalServiceErrorException", "Service encountered an internal error."),
};

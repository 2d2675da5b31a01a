import type { SendEmailCommandInput } from "@aws-sdk/client-sesv2";
import { type Caller, type Service, serviceError } from "./service.ts";

/** Trouble of the account or of a configuration set that lasts for a while. */
export type SesTrouble = "rate" | "quota" | "paused" | "set-paused" | "suspended" | "set-missing" | "denied";

export interface SesCall {
  readonly atMs: number;
  readonly configurationSet: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly recipients: readonly string[];
  readonly subject: string;
  readonly from: string;
  readonly caller: Caller;
}

export interface SesOptions {
  nowMs(): number;
  /** The trouble a configuration set is in at this moment; undefined for none. */
  troubleOf(configurationSet: string): SesTrouble | undefined;
  readonly configurationSets: ReadonlySet<string>;
  /** Sees every call before it is made. */
  begun(call: SesCall): void;
  /** Sees every call that SES takes. @returns SES's id of the mail */
  accepted(call: SesCall): string;
}

/** Mail whose subject has this in it is rejected for its content. */
export const rejectedMark = "[virus]";

/** SES: takes mail, or says why not. */
export class SesService implements Service {
  readonly name = "ses";
  readonly #options: SesOptions;

  constructor(options: SesOptions) {
    this.#options = options;
  }

  begun(_operation: string, input: object, caller: Caller): void {
    this.#options.begun(this.#callOf(input as SendEmailCommandInput, caller));
  }

  handle(operation: string, input: object, caller: Caller): object {
    if (operation !== "SendEmailCommand") throw new Error(`the simulated SES does not know ${operation}`);
    const call = this.#callOf(input as SendEmailCommandInput, caller);
    const trouble = this.#options.troubleOf(call.configurationSet);
    if (trouble !== undefined) throw troubles[trouble]();
    if (!this.#options.configurationSets.has(call.configurationSet)) throw troubles["set-missing"]();
    if (call.subject.includes(rejectedMark)) {
      throw serviceError("MessageRejected", 400, "Message contains a virus.");
    }
    return { MessageId: this.#options.accepted(call) };
  }

  throttling(): Error {
    return troubles.rate();
  }

  failure(): Error {
    return serviceError("InternalFailure", 500, "The server failed");
  }

  #callOf(input: SendEmailCommandInput, caller: Caller): SesCall {
    const { ToAddresses = [], CcAddresses = [], BccAddresses = [] } = input.Destination ?? {};
    return {
      atMs: this.#options.nowMs(),
      configurationSet: input.ConfigurationSetName ?? "",
      tags: Object.fromEntries((input.EmailTags ?? []).map(({ Name = "", Value = "" }) => [Name, Value])),
      recipients: [...ToAddresses, ...CcAddresses, ...BccAddresses],
      subject: input.Content?.Simple?.Subject?.Data ?? "",
      from: input.FromEmailAddress ?? "",
      caller,
    };
  }
}

const troubles: Readonly<Record<SesTrouble, () => Error>> = {
  rate: () => serviceError("TooManyRequestsException", 429, "Maximum sending rate exceeded."),
  quota: () => serviceError("TooManyRequestsException", 429, "Daily message quota exceeded."),
  paused: () => serviceError("SendingPausedException", 400, "Sending is paused for this account."),
  "set-paused": () => serviceError("SendingPausedException", 400, "Sending is paused for this configuration set."),
  suspended: () => serviceError("AccountSuspendedException", 400, "Your account is suspended."),
  "set-missing": () => serviceError("NotFoundException", 404, "Configuration set does not exist."),
  denied: () => serviceError("AccessDeniedException", 403, "Not authorized to perform ses:SendEmail."),
};

import type { SendEmailCommandInput } from "@aws-sdk/client-sesv2";
import { type Caller, type Service, serviceError } from "./service.ts";

/** Trouble of the account, a configuration set or a tenant that lasts for a while. */
export type SesTrouble =
  | "rate"
  | "quota"
  | "paused"
  | "tenant-paused"
  | "set-paused"
  | "suspended"
  | "set-missing"
  | "pool-missing"
  | "denied";

export interface SesCall {
  readonly atMs: number;
  readonly configurationSet: string;
  /** SES tenant, if the mail names one. */
  readonly tenant: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly recipients: readonly string[];
  readonly subject: string;
  readonly from: string;
  readonly caller: Caller;
}

/** What SES refuses, and until when. */
export interface Refusal {
  readonly trouble: SesTrouble;
  readonly meets: (call: SesCall) => boolean;
  readonly untilMs: number;
}

export interface SesOptions {
  nowMs(): number;
  /** The trouble that a call is in at this moment; undefined for none. */
  troubleOf(call: SesCall): SesTrouble | undefined;
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
    const trouble = this.#options.troubleOf(call);
    if (trouble !== undefined) throw troubles[trouble](call.configurationSet, call.tenant);
    if (!this.#options.configurationSets.has(call.configurationSet))
      throw troubles["set-missing"](call.configurationSet);
    if (call.subject.includes(rejectedMark)) {
      throw serviceError("MessageRejected", 400, "Message contains a virus.");
    }
    return { MessageId: this.#options.accepted(call) };
  }

  throttling(): Error {
    return troubles.rate("");
  }

  failure(): Error {
    return serviceError("InternalFailure", 500, "The server failed");
  }

  #callOf(input: SendEmailCommandInput, caller: Caller): SesCall {
    const { ToAddresses = [], CcAddresses = [], BccAddresses = [] } = input.Destination ?? {};
    return {
      atMs: this.#options.nowMs(),
      configurationSet: input.ConfigurationSetName ?? "",
      tenant: input.TenantName,
      tags: Object.fromEntries((input.EmailTags ?? []).map(({ Name = "", Value = "" }) => [Name, Value])),
      recipients: [...ToAddresses, ...CcAddresses, ...BccAddresses],
      subject: input.Content?.Simple?.Subject?.Data ?? "",
      from: input.FromEmailAddress ?? "",
      caller,
    };
  }
}

const accountPaused =
  "Sending paused for this account. For more information, please check the inbox of the email address associated with your AWS account.";

const troubles: Readonly<Record<SesTrouble, (configurationSet: string, tenant?: string) => Error>> = {
  rate: () => serviceError("TooManyRequestsException", 429, "Maximum sending rate exceeded."),
  quota: () => serviceError("TooManyRequestsException", 429, "Daily message quota exceeded."),
  paused: () => serviceError("MessageRejected", 400, accountPaused),
  "tenant-paused": (_set, tenant) =>
    serviceError("SendingPausedException", 400, `Sending is paused for tenant ${tenant}`),
  "set-paused": (set) => serviceError("SendingPausedException", 400, `Sending is paused for configuration set ${set}`),
  suspended: () => serviceError("AccountSuspendedException", 400, "Your account is suspended."),
  "set-missing": (set) => serviceError("NotFoundException", 404, `Configuration set <${set}> does not exist.`),
  "pool-missing": (set) => serviceError("BadRequestException", 400, `SendingPool <${set}> doesn't exist`),
  denied: (set) =>
    serviceError(
      "AccessDeniedException",
      403,
      `User \`arn:aws:sts::111122223333:assumed-role/dispatcher/x' is not authorized to perform \`ses:SendEmail' on resource \`arn:aws:ses:us-east-1:111122223333:configuration-set/${set}'`,
    ),
};

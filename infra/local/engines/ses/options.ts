import type { PriorName } from "../../../../shared/domain/provider-model/prior.ts";

/** What AWS grants the account; may be changed while the engine runs. */
export interface AccountSettings {
  /** Recipients per second. */
  maxSendRate: number;
  /** Recipients in any 24 hours; -1 for no limit. */
  max24HourSend: number;
  /** False is the sandbox: verified recipients only. */
  productionAccess: boolean;
  enforcementStatus: "HEALTHY" | "PROBATION" | "SHUTDOWN";
  /** Whether SES warms up by the calendar when nobody has said otherwise yet. */
  autoWarmupEnabled: boolean;
}

/** Trouble on demand; may be changed while the engine runs. A count is used up call by call; `Infinity` never ends. */
export interface SesFaults {
  /** Sends answered with a 500 and not accepted. */
  failBeforeAcceptance: number;
  /** Sends that are accepted and whose connection is then reset. */
  resetAfterAcceptance: number;
  /** Sends answered with TooManyRequestsException and not accepted. */
  tooManyRequests: number;
  /** Milliseconds of real time by which every answer to a send is late; it is accepted first. */
  slowAnswerMs: number;
  /** Events that are published twice. */
  repeatEvents: number;
  /** Whether events are published in another order than they happened. */
  shuffleEvents: boolean;
}

/** One authorized call, as IAM would judge it. */
interface SesCall {
  readonly accessKeyId: string;
  /** Such as `ses:SendEmail`. */
  readonly action: string;
  /** ARNs of the identity, configuration set and template of a send; `*` for a control call. */
  readonly resources: string[];
}

export interface SesEngineOptions {
  /** @default 0, any free port */
  readonly port?: number;
  /** The only source of time: milliseconds since 1970, UTC. */
  readonly clock: { nowMs(): number };
  /** Puts up to 10 events on a topic; a rejection makes the engine try the same events again. */
  readonly publish: (topicArn: string, messages: string[]) => Promise<void>;
  /** The mailbox provider that receives for a domain. */
  readonly providerOf: (domain: string) => string;
  /** File of the engine's state. @default ":memory:" */
  readonly databaseFile?: string;
  readonly account?: Partial<AccountSettings>;
  readonly accountId?: string;
  /** How strict the mailbox providers are. @default "mid" */
  readonly prior?: PriorName;
  /** Recipients per UTC day at full volume, all providers. @default 50000 */
  readonly fullPerDay?: number;
  /** @default 1 */
  readonly seed?: number;
  /** Sees each call before it is carried out; an error thrown here refuses the call as access denied. */
  readonly onCall?: (call: SesCall) => void;
  /** Control calls per second and action. @default no limit */
  readonly controlCallsPerSecond?: number;
  /** Where the rest of the mail goes when an IP's warm-up percentage is below 100; AWS's own answer is not known. @default "none" */
  readonly overflowBelowFull?: "none" | "shared";
  /** The error of a spent 24-hour quota; AWS's own answer is not known. @default "TooManyRequestsException" */
  readonly quotaErrorClass?: "TooManyRequestsException" | "LimitExceededException";
  /** The error of a paused account; AWS's own answer in v2 is not known. @default "MessageRejected" */
  readonly pausedErrorClass?: "MessageRejected" | "SendingPausedException";
  /** Fraction of delivered mail that a program answers for its reader. @default 0.002 */
  readonly awayShare?: number;
  readonly faults?: Partial<SesFaults>;
}

export const accountDefaults: AccountSettings = {
  maxSendRate: 10_000,
  max24HourSend: -1,
  productionAccess: true,
  enforcementStatus: "HEALTHY",
  autoWarmupEnabled: false,
};

export const noFaults: SesFaults = {
  failBeforeAcceptance: 0,
  resetAfterAcceptance: 0,
  tooManyRequests: 0,
  slowAnswerMs: 0,
  repeatEvents: 0,
  shuffleEvents: false,
};

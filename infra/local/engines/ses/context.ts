import type { Ordered } from "../ordered.ts";
import type { Carrier } from "./delivery/carrier.ts";
import type { SourceIps } from "./delivery/source-ip.ts";
import type { Emitter } from "./events/emitter.ts";
import type { SendLimits } from "./limits/send-limits.ts";
import type { AccountSettings, SesEngineOptions } from "./options.ts";
import type { SendOrder } from "./send-orders.ts";
import type { Messages } from "./state/messages.ts";
import type { Registry } from "./state/registry.ts";
import type { Suppression } from "./state/suppression.ts";

/** Everything that an operation works with. */
export interface SesContext {
  readonly options: SesEngineOptions;
  readonly accountId: string;
  readonly account: AccountSettings;
  readonly registry: Registry;
  readonly messages: Messages;
  readonly limits: SendLimits;
  /** What every send is answered on a test's order. */
  readonly ordered: Ordered<SendOrder>;
  readonly sourceIps: SourceIps;
  readonly emitter: Emitter;
  readonly carrier: Carrier;
  readonly suppression: Suppression;
  nowMs(): number;
  /** Runs writes as one transaction: all of them are kept, or none. */
  transact<T>(write: () => T): T;
}

/** Who calls, from where. */
export interface Caller {
  readonly accessKeyId: string;
  readonly region: string;
}

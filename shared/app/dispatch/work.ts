import type { Arm } from "../../domain/feedback/arm.ts";
import type { MailTimes } from "../../domain/routing/may-wait.ts";
import type { PassedOver } from "../../domain/routing/passed-over.ts";
import type { Route } from "../../domain/routing/route.ts";
import type { RouteSearch } from "../../domain/routing/route-search.ts";
import type { Stream } from "../../domain/routing/stream.ts";
import type { Circuit } from "../../domain/sending/circuit.ts";
import type { MailNames } from "../../domain/sending/circuit-scope.ts";
import type { Claim } from "../../domain/sending/claim.ts";
import type { Demand } from "../../domain/sending/share-out.ts";
import type { Batch, DispatchPorts, DispatchRecord, DispatchSettings } from "./dispatch-ports.ts";
import type { Outcomes } from "./outcomes.ts";
import type { Unspent } from "./unspent.ts";

/** One batch on its way through the steps. */
export interface Dispatch {
  readonly ports: DispatchPorts;
  readonly settings: DispatchSettings;
  readonly batch: Batch;
  readonly outcomes: Outcomes;
}

/** A record whose stream and recipients are known. */
export interface Admitted {
  readonly record: DispatchRecord;
  /** Position in the batch, from 0. */
  readonly position: number;
  /** With the pool that this message has by the stream's rules. */
  readonly stream: Stream;
  readonly arm: Arm;
  /** Recipients by mailbox provider; never empty. */
  readonly demand: Demand;
  /** What it names that SES may have stopped. */
  readonly names: MailNames;
  readonly times: MailTimes;
}

/** An admitted record that this batch holds the claim of. */
export interface Claimed extends Admitted {
  readonly claim: Claim;
}

/** A claimed record with a route whose allowance is reserved for it. */
export interface Routed extends Claimed {
  readonly route: Route;
  /** Routes it did not take before this one. */
  readonly passedOver: readonly PassedOver[];
  /** The units reserved for it, to be given back should it prove unsent; none on shared IPs. */
  readonly reserved: readonly Unspent[];
}

/** A claimed message on its search for a route. */
export interface Undecided {
  readonly work: Claimed;
  readonly search: RouteSearch;
}

/** A message that no route takes before a circuit ends. */
export interface StoppedMail {
  readonly work: Admitted;
  readonly circuit: Circuit;
  readonly passedOver: readonly PassedOver[];
}

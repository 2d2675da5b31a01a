import { mailFingerprint } from "../../shared/adapters/fingerprint.ts";
import { KnownAnswers } from "../../shared/app/brakes/known-answers.ts";
import { KnownBrakes } from "../../shared/app/brakes/known-brakes.ts";
import type { ClockPorts } from "../../shared/app/clock/trust-clock.ts";
import { applyFeedback, type FeedbackPorts, type FeedbackSettings } from "../../shared/app/feedback/apply-feedback.ts";
import { parseSesEvent, type SesEvent } from "../../shared/contracts/ses-event.ts";
import { brakeRules } from "../../shared/domain/brakes/brake-rule.ts";
import { providerDirectory } from "../../shared/domain/routing/mailbox-provider.ts";
import { noonMs } from "./builders.ts";
import { ManualClock } from "./fakes/manual-clock.ts";
import { MemoryAllowances } from "./fakes/memory-allowances.ts";
import { MemoryAudit } from "./fakes/memory-audit.ts";
import { MemoryBrakes } from "./fakes/memory-brakes.ts";
import { MemoryDeadAddresses } from "./fakes/memory-dead-addresses.ts";
import { MemoryDomainEvents } from "./fakes/memory-domain-events.ts";
import { MemoryMetrics } from "./fakes/memory-metrics.ts";
import { MemoryOutcomes } from "./fakes/memory-outcomes.ts";
import { MemoryProofs } from "./fakes/memory-proofs.ts";
import { MemoryQuarantine } from "./fakes/memory-quarantine.ts";
import { MemoryReceipts } from "./fakes/memory-receipts.ts";
import { MemoryReleaseMarks } from "./fakes/memory-release-marks.ts";
import { MemoryServiceClock } from "./fakes/memory-service-clock.ts";
import { RecordingLog } from "./fakes/recording-log.ts";
import type { EventText } from "./ses-events.ts";

/** The feedback path over fakes, at noon. */
export class TestFeedback {
  readonly clock = new ManualClock(noonMs);
  readonly serviceClock = new MemoryServiceClock(this.clock);
  readonly outcomes = new MemoryOutcomes();
  readonly allowances = new MemoryAllowances();
  readonly brakes = new MemoryBrakes();
  readonly knownAnswers = new KnownAnswers(this.outcomes);
  readonly knownBrakes = new KnownBrakes();
  readonly receipts = new MemoryReceipts();
  readonly proofs = new MemoryProofs();
  readonly deadAddresses = new MemoryDeadAddresses();
  readonly releaseMarks = new MemoryReleaseMarks();
  readonly quarantine = new MemoryQuarantine();
  readonly audit = new MemoryAudit();
  readonly events = new MemoryDomainEvents();
  readonly metrics = new MemoryMetrics();
  readonly log = new RecordingLog();
  settings: FeedbackSettings = {
    providers: providerDirectory(),
    ownIps: ["192.0.2.1"],
    fingerprint: mailFingerprint,
    brakeRules,
    adaptivePools: new Map(),
    refusingDead: new Set(),
  };
  /** Ports that a test puts in the place of a fake. */
  instead: Partial<FeedbackPorts> = {};

  get ports(): FeedbackPorts & ClockPorts {
    const {
      clock,
      serviceClock,
      outcomes,
      allowances,
      brakes,
      knownAnswers,
      knownBrakes,
      receipts,
      proofs,
      deadAddresses,
    } = this;
    const { audit, events, metrics, log, releaseMarks, quarantine } = this;
    return {
      ...{
        releaseMarks,
        quarantine,
        reservations: allowances,
        clock,
        serviceClock,
        outcomes,
        allowances,
        brakes,
        knownAnswers,
        knownBrakes,
        receipts,
        proofs,
        deadAddresses,
        audit,
        events,
        metrics,
        log,
      },
      ...this.instead,
    };
  }

  apply(...events: EventText[]): Promise<ReadonlySet<string>> {
    return applyFeedback(this.ports, this.settings, recordsOf(events));
  }
}

/** Events by record id: `r0`, `r1`, ... */
function recordsOf(events: readonly EventText[]): Map<string, SesEvent> {
  return new Map(
    events.flatMap((event, index): [string, SesEvent][] => {
      const parsed = parseSesEvent(JSON.stringify(event));
      return parsed === undefined ? [] : [[`r${index}`, parsed]];
    }),
  );
}

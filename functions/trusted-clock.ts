import type { MiddlewareObj } from "@middy/core";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { speakFor } from "../shared/app/clock/stamps.ts";
import { type ClockPorts, trustClock } from "../shared/app/clock/trust-clock.ts";
import { WrongClockError } from "../shared/app/clock/wrong-clock-error.ts";
import type { Log } from "../shared/ports/log.ts";

type Ports = ClockPorts & { readonly log: Log };

/** Lets a run begin only where its clock agrees with the service's: it ends before anything is read or written. */
export function onTrustedClock(ports: Ports): MiddlewareObj<unknown> {
  return { before: () => tellWrong(ports) };
}

/**
 * Lets a batch be worked only where the clock agrees with the service's; else all of it goes back to its queue. Asking
 * costs a call, so it is done only where the batch's own stamps do not speak for the clock.
 */
export function onTrustedBatch(ports: Ports): MiddlewareObj<SQSEvent, SQSBatchResponse> {
  return {
    before: async ({ event: { Records: records } }) => {
      if (!speakFor(records.map(stampsOf), ports.clock.nowMs())) await tellWrong(ports);
    },
  };
}

function stampsOf({ attributes }: SQSRecord) {
  return {
    firstReceivedMs: Number(attributes.ApproximateFirstReceiveTimestamp),
    receives: Number(attributes.ApproximateReceiveCount),
  };
}

async function tellWrong(ports: Ports): Promise<void> {
  try {
    await trustClock(ports);
  } catch (error) {
    if (error instanceof WrongClockError) ports.log.error("CLOCK_WRONG", { says: error.message });
    throw error;
  }
}

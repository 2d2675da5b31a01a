import middy from "@middy/core";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { ClockPorts } from "../../shared/app/clock/trust-clock.ts";
import { applyFeedback, type FeedbackPorts, type FeedbackSettings } from "../../shared/app/feedback/apply-feedback.ts";
import { holdOutgoing } from "../../shared/app/guard/hold-outgoing.ts";
import type { HoldPorts } from "../../shared/app/guard/keep-holds.ts";
import { outgoingIpOf, parseSesEvent, type SesEvent } from "../../shared/contracts/ses-event.ts";
import { errorName } from "../../shared/domain/errors.ts";
import type { AllowedIps } from "../../shared/domain/guard/outgoing-ip.ts";
import { batchResponse } from "../batch.ts";
import { onTrustedBatch } from "../trusted-clock.ts";

export interface FeedbackDependencies {
  readonly ports: FeedbackPorts & HoldPorts & ClockPorts;
  readonly settings: FeedbackSettings;
  /** The pools, and the IPs that each configuration set may leave by. */
  readonly outgoing: { readonly pools: readonly string[]; readonly allowed: AllowedIps };
}

/** Consumer of the feedback queue and the proof queue. A record that is no SES event goes to the dead letters. */
export const makeHandler = ({ ports, settings, outgoing }: FeedbackDependencies) =>
  middy<SQSEvent, SQSBatchResponse>()
    .use(onTrustedBatch(ports))
    .handler(async ({ Records: records }) => {
      const events = new Map<string, SesEvent>();
      const unreadable: string[] = [];
      for (const { messageId, body } of records) {
        try {
          const event = parseSesEvent(body);
          if (event !== undefined) events.set(messageId, event);
        } catch (error) {
          ports.log.warn("EVENT_IGNORED", { recordId: messageId, error: errorName(error) });
          unreadable.push(messageId);
        }
      }
      const failed = await applyFeedback(ports, settings, events);
      await holdOutgoing(
        ports,
        outgoing,
        [...events.values()].flatMap((event) => outgoingIpOf(event) ?? []),
      );
      return batchResponse([...unreadable, ...failed]);
    });

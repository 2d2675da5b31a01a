import middy from "@middy/core";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { applyFeedback, type FeedbackPorts } from "../../shared/app/feedback/apply-feedback.ts";
import { parseSesEvent, type SesEvent } from "../../shared/contracts/ses-event.ts";
import type { ProviderDirectory } from "../../shared/domain/routing/mailbox-provider.ts";
import { batchResponse } from "../batch.ts";

export interface FeedbackDependencies {
  readonly ports: FeedbackPorts;
  readonly providers: ProviderDirectory;
}

/** Consumer of the feedback queue and the proof queue. A record that is no SES event goes to the dead letters. */
export const makeHandler = ({ ports, providers }: FeedbackDependencies) =>
  middy<SQSEvent, SQSBatchResponse>().handler(async ({ Records: records }) => {
    const events = new Map<string, SesEvent>();
    const unreadable: string[] = [];
    for (const { messageId, body } of records) {
      try {
        const event = parseSesEvent(body);
        if (event !== undefined) events.set(messageId, event);
      } catch {
        ports.log.warn("EVENT_IGNORED", { recordId: messageId });
        unreadable.push(messageId);
      }
    }
    const failed = await applyFeedback(ports, providers, events);
    return batchResponse([...unreadable, ...failed]);
  });

import type { Configuration } from "../../shared/contracts/configuration.ts";
import { writeKept } from "./kept-file.ts";
import { region } from "./template/resolve.ts";
import { nameOf, type Template } from "./template/template.ts";
import type { VirtualClock } from "./virtual-time.ts";

export interface Deployed {
  readonly clock: VirtualClock;
  readonly template: Template;
  readonly queueUrl: (name: string) => string;
  readonly urls: { readonly queues: string; readonly tables: string; readonly mail: string; readonly events: string };
}

/** What the CLI needs to reach this system, and what time it has. */
export function writeDeployment(
  file: string,
  configuration: Configuration,
  { clock, template, queueUrl, urls }: Deployed,
): void {
  const table = (part: string): string => nameOf(template, "AWS::DynamoDB::GlobalTable", part);
  const queue = (part: string): string => queueUrl(nameOf(template, "AWS::SQS::Queue", part));
  const nowMs = clock.nowMs();
  const deployment = {
    configuration,
    stateTable: table("StateTable"),
    ledgerTable: table("LedgerTable"),
    heldTable: table("HeldTable"),
    sendQueueUrl: queue("SendPathSendQueue"),
    parkedQueueUrl: queue("ParkedQueue"),
    quarantineQueueUrl: queue("QuarantineQueue"),
    feedbackQueueUrl: queue("FeedbackPathFeedbackQueue"),
    proofQueueUrl: queue("FeedbackPathProofQueue"),
    deadLettersQueueUrls: [
      queue("SendPathSendDeadLetters"),
      queue("SendPathParkedDeadLetters"),
      queue("FeedbackPathFeedbackDeadLetters"),
      queue("FeedbackPathProofDeadLetters"),
    ],
    environment: {
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: "cli",
      AWS_SECRET_ACCESS_KEY: "local",
      AWS_ENDPOINT_URL_SQS: urls.queues,
      AWS_ENDPOINT_URL_DYNAMODB: urls.tables,
      AWS_ENDPOINT_URL_SESV2: urls.mail,
      AWS_ENDPOINT_URL_EVENTBRIDGE: urls.events,
    },
    clock: { realMs: nowMs - clock.aheadMs, virtualMs: nowMs, rate: 1 },
  };
  writeKept(file, JSON.stringify(deployment), { flush: false });
}

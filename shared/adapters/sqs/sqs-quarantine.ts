import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { QuarantineReason } from "../../domain/sending/outcome.ts";
import type { Quarantine } from "../../ports/quarantine.ts";
import { splitText } from "../split-text.ts";
import { textAttribute } from "./message-attributes.ts";

/** SQS counts attributes towards its limit of 1 MiB; this much of it is kept for the body, in bytes. */
const maxBodyBytes = 1_000_000;

/**
 * Keeps records on the quarantine queue: the body unchanged, the reason in attributes `code` and `sentence`. A body that
 * leaves no room for its reason is kept in two messages that carry `part` ("1/2", "2/2").
 */
export class SqsQuarantine implements Quarantine {
  readonly #client: SQSClient;
  readonly #queueUrl: string;

  constructor(client: SQSClient, queueUrl: string) {
    this.#client = client;
    this.#queueUrl = queueUrl;
  }

  async keep(body: string, { code, sentence }: QuarantineReason): Promise<void> {
    // SQS takes no empty body: a space stands for it.
    const parts = splitText(body === "" ? " " : body, maxBodyBytes);
    for (const [index, part] of parts.entries()) {
      await this.#client.send(
        new SendMessageCommand({
          QueueUrl: this.#queueUrl,
          MessageBody: part,
          MessageAttributes: {
            code: textAttribute(code),
            sentence: textAttribute(sentence),
            ...(parts.length > 1 && { part: textAttribute(`${index + 1}/${parts.length}`) }),
          },
        }),
      );
    }
  }
}

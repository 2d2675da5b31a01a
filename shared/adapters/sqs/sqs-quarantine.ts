import { type MessageAttributeValue, SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { KeptTimes } from "../../domain/sending/id-life.ts";
import type { QuarantineReason } from "../../domain/sending/outcome.ts";
import type { NotedMessage, Quarantine } from "../../ports/quarantine.ts";
import { splitText } from "../split-text.ts";
import { quarantineAttributes as named, textAttribute, timeAttributes } from "./message-attributes.ts";

/** SQS counts attributes towards its limit of 1 MiB; this much of it is kept for the body, in bytes. */
const maxBodyBytes = 1_000_000;

/**
 * Puts records on the quarantine queue, the way into the list of what was set aside: the body unchanged, the reason in
 * attributes. A body that leaves no room for its reason is sent in two messages; the second names the first.
 */
export class SqsQuarantine implements Quarantine {
  readonly #client: SQSClient;
  readonly #queueUrl: string;

  constructor(client: SQSClient, queueUrl: string) {
    this.#client = client;
    this.#queueUrl = queueUrl;
  }

  async keep(body: string, reason: QuarantineReason, times: KeptTimes): Promise<void> {
    // SQS takes no empty body: a space stands for it.
    const parts = splitText(body === "" ? " " : body, maxBodyBytes);
    let first: string | undefined;
    for (const [index, part] of parts.entries()) {
      const sent = await this.#send(part, reason, {
        ...timeAttributes(times),
        ...(parts.length > 1 && { [named.part]: textAttribute(`${index + 1}/${parts.length}`) }),
        ...(first !== undefined && { [named.of]: textAttribute(first) }),
      });
      first ??= sent;
    }
  }

  async note(message: NotedMessage, reason: QuarantineReason): Promise<void> {
    await this.#send(JSON.stringify(message), reason, { [named.noted]: textAttribute("true") });
  }

  /** @returns SQS's id of the message */
  async #send(
    MessageBody: string,
    { code, sentence }: QuarantineReason,
    attributes: Record<string, MessageAttributeValue>,
  ): Promise<string | undefined> {
    const reason = { [named.code]: textAttribute(code), [named.sentence]: textAttribute(sentence) };
    const { MessageId: id } = await this.#client.send(
      new SendMessageCommand({
        QueueUrl: this.#queueUrl,
        MessageBody,
        MessageAttributes: { ...reason, ...attributes },
      }),
    );
    return id;
  }
}

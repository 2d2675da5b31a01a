import type { ChangeMessageVisibilityCommandInput, SendMessageCommandInput } from "@aws-sdk/client-sqs";
import type { Queue } from "./queue.ts";
import { type Service, serviceError } from "./service.ts";

/** Longest delay and longest visibility timeout SQS takes, seconds. */
const mostDelaySeconds = 900;
const mostHiddenSeconds = 43_200;

/** SQS as the functions call it. Reading and deleting is done by Lambda's event source mapping. */
export class SqsService implements Service {
  readonly name = "sqs";
  readonly #queues: ReadonlyMap<string, Queue>;
  readonly #nowMs: () => number;
  /** Told of every call that SQS refuses for what it asks. */
  readonly #refused: (what: string) => void;

  constructor(queues: readonly Queue[], nowMs: () => number, refused: (what: string) => void) {
    this.#queues = new Map(queues.map((queue) => [queue.url, queue]));
    this.#nowMs = nowMs;
    this.#refused = refused;
  }

  handle(operation: string, input: object): object {
    switch (operation) {
      case "SendMessageCommand":
        return this.#send(input as SendMessageCommandInput);
      case "ChangeMessageVisibilityCommand":
        return this.#changeVisibility(input as ChangeMessageVisibilityCommandInput);
      default:
        throw new Error(`the simulated SQS does not know ${operation}`);
    }
  }

  throttling(): Error {
    return serviceError("RequestThrottled", 403, "The request was denied due to request throttling");
  }

  failure(): Error {
    return serviceError("InternalError", 500, "The server failed");
  }

  #send({ QueueUrl, MessageBody, DelaySeconds, MessageAttributes = {} }: SendMessageCommandInput): object {
    if (typeof MessageBody !== "string" || MessageBody === "") throw this.#invalid("MessageBody");
    if (DelaySeconds !== undefined && !isWholeUpTo(DelaySeconds, mostDelaySeconds))
      throw this.#invalid(`DelaySeconds ${DelaySeconds}`);
    const texts = Object.entries(MessageAttributes).map(([name, { StringValue = "" }]) => [name, StringValue]);
    const delayMs = DelaySeconds === undefined ? undefined : DelaySeconds * 1000;
    const message = { body: MessageBody, attributes: Object.fromEntries(texts) };
    return { MessageId: this.#queue(QueueUrl).send(message, this.#nowMs(), delayMs) };
  }

  #changeVisibility({ QueueUrl, ReceiptHandle = "", VisibilityTimeout }: ChangeMessageVisibilityCommandInput): object {
    if (!isWholeUpTo(VisibilityTimeout, mostHiddenSeconds))
      throw this.#invalid(`VisibilityTimeout ${VisibilityTimeout}`);
    this.#queue(QueueUrl).changeVisibility(ReceiptHandle, VisibilityTimeout * 1000, this.#nowMs());
    return {};
  }

  #invalid(what: string): Error {
    this.#refused(`SQS does not take ${what}`);
    return serviceError("InvalidParameterValue", 400, what);
  }

  #queue(url: string | undefined): Queue {
    const queue = this.#queues.get(url ?? "");
    if (queue === undefined) throw serviceError("QueueDoesNotExist", 400, `no queue ${url}`);
    return queue;
  }
}

function isWholeUpTo(value: number | undefined, most: number): value is number {
  return value !== undefined && Number.isInteger(value) && value >= 0 && value <= most;
}

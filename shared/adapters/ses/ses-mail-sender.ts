import { type SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import type { EmailRequest } from "../../contracts/email-request.ts";
import type { Route } from "../../domain/routing/route.ts";
import type { Log } from "../../ports/log.ts";
import type { MailSender, MailTags, SendAnswer } from "../../ports/mail-sender.ts";
import { answerForError } from "./send-answer.ts";
import { sendRequest } from "./send-request.ts";

/** SES v2. The client must be made with `maxAttempts: 1`: SendEmail has no idempotency token. */
export class SesMailSender implements MailSender {
  readonly #client: SESv2Client;
  readonly #timeoutMs: number;
  readonly #log: Log;

  constructor(client: SESv2Client, timeoutMs: number, log: Log) {
    this.#client = client;
    this.#timeoutMs = timeoutMs;
    this.#log = log;
  }

  async send({ configurationSet }: Route, email: EmailRequest, tags: MailTags): Promise<SendAnswer> {
    try {
      await this.#client.send(new SendEmailCommand(sendRequest(configurationSet, email, tags)), {
        abortSignal: AbortSignal.timeout(this.#timeoutMs),
      });
      return { kind: "accepted" };
    } catch (error) {
      const answer = answerForError(error);
      const fields = { claim: tags["sw-id"], error: error instanceof Error ? error.name : "unknown" };
      if (answer.kind === "refused") this.#log.error("SES_REFUSED", fields);
      else if (answer.kind === "throttled") this.#log.warn("SES_THROTTLED", fields);
      else if (answer.kind !== "unknown") this.#log.error("SES_STOPPED", fields);
      return answer;
    }
  }
}

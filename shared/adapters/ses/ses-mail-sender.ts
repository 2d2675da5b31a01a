import { type SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import type { EmailRequest } from "../../contracts/email-request.ts";
import { errorName } from "../../domain/errors.ts";
import type { Route } from "../../domain/routing/route.ts";
import { scopeFields } from "../../domain/sending/circuit-scope.ts";
import type { Log, LogFields } from "../../ports/log.ts";
import type { MailSender, MailTags, SendAnswer } from "../../ports/mail-sender.ts";
import { answerForError } from "./answer/answer-for-error.ts";
import { namedBy } from "./answer/named.ts";
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
      const answer = answerForError(error, namedBy(configurationSet, email));
      this.#tell(answer, { claim: tags["sw-id"], error: errorName(error) });
      return answer;
    }
  }

  #tell(answer: SendAnswer, fields: LogFields): void {
    switch (answer.kind) {
      case "refused":
        this.#log.error("SES_REFUSED", { ...fields, says: answer.sentence });
        return;
      case "stopped":
        this.#log.error("SES_STOPPED", { ...fields, ...scopeFields(answer.scope), says: answer.sentence });
        return;
      case "throttled":
      case "unreachable":
        this.#log.warn("SES_THROTTLED", fields);
        return;
      case "unknown":
        this.#log.warn("SES_NO_ANSWER", fields);
        return;
      case "accepted":
      case "put-off": // told once for a message that is put off again and again, by whoever knows how often
        return;
      default:
        answer satisfies never;
    }
  }
}

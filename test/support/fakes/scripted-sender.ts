import type { EmailRequest } from "../../../shared/contracts/email-request.ts";
import type { Route } from "../../../shared/domain/routing/route.ts";
import type { MailSender, MailTags, SendAnswer } from "../../../shared/ports/mail-sender.ts";

export interface SendCall {
  readonly route: Route;
  readonly email: EmailRequest;
  readonly tags: MailTags;
}

/** Answers as told, then always the same: it accepts everything, unless it is told otherwise. */
export class ScriptedSender implements MailSender {
  readonly calls: SendCall[] = [];
  readonly #answers: (SendAnswer | Error)[] = [];
  /** Answers the calls that no answer was told for. */
  otherwise: SendAnswer = { kind: "accepted" };
  /** Runs inside each call, before it is answered. */
  whileSending: (call: SendCall) => void | Promise<void> = () => {};

  /** Answers of the next calls, in order; an error is thrown. */
  answer(...answers: (SendAnswer | Error)[]): void {
    this.#answers.push(...answers);
  }

  async send(route: Route, email: EmailRequest, tags: MailTags): Promise<SendAnswer> {
    const call = { route, email, tags };
    this.calls.push(call);
    const answer = this.#answers.shift() ?? this.otherwise;
    await this.whileSending(call);
    if (answer instanceof Error) throw answer;
    return answer;
  }

  /** First recipient and route of each call, as `ann@gmail.com news-warming`. */
  get sent(): string[] {
    return this.calls.map(
      ({ email, route }) => `${email.Destination.ToAddresses?.[0] ?? "nobody"} ${route.configurationSet}`,
    );
  }
}

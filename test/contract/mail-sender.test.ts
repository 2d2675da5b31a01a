import { describe, expect, test } from "vitest";
import { SesMailSender } from "../../shared/adapters/ses/ses-mail-sender.ts";
import { dedicatedRoute } from "../../shared/domain/routing/route.ts";
import { account, setScope } from "../../shared/domain/sending/circuit-scope.ts";
import { aSendMessage, parsed } from "../support/builders.ts";
import { RecordingLog } from "../support/fakes/recording-log.ts";
import { openEngine, openSendingEngine, type TestEngine } from "../support/ses-engine.ts";

const tags = {
  "sw-id": "batch-0-1",
  "sw-pool": "news",
  "sw-route": "warming",
  "sw-provider": "gmail",
  "sw-day": "2026-11-02",
  "sw-stream": "news",
};
/** The set that the engine's support makes. */
const route = { ...dedicatedRoute("news", "warming"), configurationSet: "news" };

function senderOf({ client }: TestEngine, timeoutMs = 5_000) {
  const log = new RecordingLog();
  const sender = new SesMailSender(client, timeoutMs, log);
  const send = (changes: Record<string, unknown> = {}, by = route) =>
    sender.send(by, parsed(aSendMessage(changes)).email, tags);
  return { log, send };
}

describe("mail sender in SES", () => {
  test("accepted mail left by the route's configuration set, with our tags in its events", async () => {
    const opened = await openSendingEngine();
    expect(await senderOf(opened).send()).toEqual({ kind: "accepted" });
    await opened.engine.idle();
    const [sent] = opened.events;
    const ours = Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]]));
    expect(sent?.mail.tags).toMatchObject({ ...ours, "ses:configuration-set": ["news"] });
  });

  test("raw content arrives as the bytes the application encoded", async () => {
    const opened = await openSendingEngine();
    const mime = "From: news@example.com\r\nTo: ann@gmail.com\r\nSubject: Hi\r\n\r\nGrüße";
    const Content = { Raw: { Data: Buffer.from(mime).toString("base64") } };
    expect(await senderOf(opened).send({ email: { Content } })).toEqual({ kind: "accepted" });
  });

  test("over the rate is throttled", async () => {
    const opened = await openSendingEngine({ account: { maxSendRate: 1 } });
    const { send, log } = senderOf(opened);
    await send();
    expect(await send()).toEqual({ kind: "throttled" });
    expect(log.of("SES_THROTTLED")).toHaveLength(1);
  });

  test.each([undefined, "LimitExceededException" as const])(
    "the spent quota is told by %s",
    async (quotaErrorClass) => {
      const opened = await openSendingEngine({
        account: { max24HourSend: 1 },
        ...(quotaErrorClass && { quotaErrorClass }),
      });
      const { send, log } = senderOf(opened);
      await send();
      expect(await send()).toMatchObject({ kind: "stopped", scope: account, reason: "ses-quota" });
      expect(log.of("SES_STOPPED")).toHaveLength(1);
    },
  );

  test("an unverified From stops its sender, with what to do", async () => {
    const { send } = senderOf(await openSendingEngine());
    expect(await send({ email: { FromEmailAddress: "News <news@example.org>" } })).toMatchObject({
      kind: "stopped",
      scope: { kind: "identity", name: "news@example.org" },
      sentence: expect.stringMatching(/put the identity right/),
    });
  });

  test("a configuration set that does not exist stops its route, not the message", async () => {
    const { send } = senderOf(await openSendingEngine());
    expect(await send({}, { ...route, configurationSet: "gone" })).toMatchObject({
      kind: "stopped",
      scope: setScope("gone"),
      reason: "ses-misconfigured",
    });
  });

  test("a reply that is lost is unknown, although SES took the mail", async () => {
    const opened = await openSendingEngine({ faults: { resetAfterAcceptance: 1 } });
    expect(await senderOf(opened).send()).toEqual({ kind: "unknown" });
    expect(opened.engine.outbox(0)).toHaveLength(1);
  });

  test("no answer in time is unknown", async () => {
    const opened = await openSendingEngine();
    opened.engine.faults.slowAnswerMs = 2_000;
    const startMs = performance.now();
    expect(await senderOf(opened, 100).send()).toEqual({ kind: "unknown" });
    expect(performance.now() - startMs).toBeLessThan(1_500);
  });

  test("a server error is unknown", async () => {
    const opened = await openSendingEngine();
    opened.engine.faults.failBeforeAcceptance = 1;
    expect(await senderOf(opened).send()).toEqual({ kind: "unknown" });
  });

  test("one call is one attempt: an answer that says to come back is not tried again", async () => {
    const opened = await openSendingEngine();
    opened.engine.faults.tooManyRequests = 1;
    expect(await senderOf(opened).send()).toEqual({ kind: "throttled" });
    expect(opened.engine.outbox(0)).toEqual([]);
  });

  test("SES that cannot be reached took nothing: the call may be made again", async () => {
    const opened = await openEngine();
    opened.client.config.endpoint = async () => ({ protocol: "http:", hostname: "127.0.0.1", port: 1, path: "/" });
    expect(await senderOf(opened).send()).toEqual({ kind: "unreachable" });
  });

  test("no line of the log holds an address or a subject", async () => {
    const { send, log } = senderOf(await openSendingEngine());
    await send({ email: { FromEmailAddress: "news@example.org" } });
    expect(JSON.stringify(log.lines)).not.toMatch(/@|Hello/);
  });
});

import { afterEach, expect, test, vi } from "vitest";
import { defaultProvider } from "../../shared/adapters/environment-credentials.ts";
import { answerForError } from "../../shared/adapters/ses/answer/answer-for-error.ts";
import { namedBy } from "../../shared/adapters/ses/answer/named.ts";
import { account } from "../../shared/domain/sending/circuit-scope.ts";
import { aSendMessage, parsed } from "../support/builders.ts";

afterEach(() => vi.unstubAllEnvs());

test("a function's credentials are those of its environment", async () => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "id");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
  vi.stubEnv("AWS_SESSION_TOKEN", "token");
  expect(await defaultProvider()()).toMatchObject({
    accessKeyId: "id",
    secretAccessKey: "secret",
    sessionToken: "token",
  });
});

test("without them the error says what was expected, and is the deployment's fault", async () => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", undefined);
  const error: unknown = await defaultProvider()().catch((thrown: unknown) => thrown);
  expect(String(error)).toMatch(/expected AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment/);
  const named = namedBy("shared", parsed(aSendMessage()).email);
  expect(answerForError(error, named)).toMatchObject({ kind: "stopped", scope: account, reason: "ses-misconfigured" });
});

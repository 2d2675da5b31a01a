import { fromEnv } from "@aws-sdk/credential-provider-env";
import { WarmUpError } from "../domain/errors.ts";

/** The environment holds no credentials. Named as the SDK names its own, for who tells what an error means. */
export class NoCredentialsError extends WarmUpError {
  override readonly name = "CredentialsProviderError";
  readonly retryable = false;
}

/**
 * In bundles of functions this stands in for the SDK's chain of credential providers (infra/aws/bundling): Lambda gives
 * a Node function the credentials of its role by AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, and
 * SSO, profiles and instance metadata are never asked. The CLI keeps the chain.
 */
export function defaultProvider(): ReturnType<typeof fromEnv> {
  const fromEnvironment = fromEnv();
  return async () => {
    try {
      return await fromEnvironment();
    } catch (cause) {
      const expected = "expected AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, as Lambda sets them";
      throw new NoCredentialsError(`A function has no credentials: ${expected}.`, { cause });
    }
  };
}

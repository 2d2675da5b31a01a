import type { ConfigurationInput } from "../../shared/contracts/configuration.ts";
import { ConfigurationError, parseConfiguration } from "../../shared/contracts/parse-configuration.ts";

/** A small configuration that fits, but for the changes. */
export const written = (changes: Partial<ConfigurationInput> = {}): ConfigurationInput => ({
  identities: ["example.com"],
  pools: { news: { ips: ["192.0.2.1"] } },
  streams: { letter: { pool: "news" } },
  ...changes,
});

/** What an operator reads of a configuration that does not fit. */
export function errorOf(configuration: unknown): string {
  try {
    parseConfiguration(configuration);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  throw new Error("expected a configuration error");
}

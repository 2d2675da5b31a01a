import type { $ZodIssue } from "zod/v4/core";
import { WarmUpError } from "../domain/errors.ts";
import type { Pool } from "../domain/routing/pool.ts";
import type { Stream } from "../domain/routing/stream.ts";
import type { WarmUpPlan } from "../domain/warm-up/plan.ts";
import { planPresets } from "../domain/warm-up/plan-presets.ts";
import { Configuration } from "./configuration.ts";
import { poolRuleOf } from "./pool-rule.ts";

/** A configuration that cannot be deployed. The message has one line for each error: path, value, what was expected. */
export class ConfigurationError extends WarmUpError {
  override readonly name = "ConfigurationError";
  readonly retryable = false;
}

/** Validates what an operator wrote. @throws ConfigurationError that lists every error found */
export function parseConfiguration(written: unknown): Configuration {
  const result = Configuration.safeParse(written, { reportInput: true });
  if (result.success) return result.data;
  const lines = result.error.issues.map(line);
  throw new ConfigurationError(`The warm-up configuration has ${lines.length} error(s):\n${lines.join("\n")}`);
}

function line(issue: $ZodIssue): string {
  const path = issue.path.map(String).join(".") || "(top level)";
  if (issue.code === "unrecognized_keys") {
    return `  ${path}: unknown key ${issue.keys.map((key) => JSON.stringify(key)).join(", ")}: remove or correct it`;
  }
  // A key that does not fit says so in issues of its own.
  const [inner = issue] = issue.code === "invalid_key" ? issue.issues : [];
  return `  ${path}: ${shown(issue.input)} ${inner.message}`;
}

function shown(value: unknown): string {
  const text = value === undefined ? "(missing)" : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** Pools of a validated configuration, plans resolved. */
export function poolsOf(configuration: Configuration): ReadonlyMap<string, Pool> {
  const plans: ReadonlyMap<string, WarmUpPlan> = new Map([
    ...Object.entries(planPresets),
    ...Object.entries(configuration.plans),
  ]);
  return new Map(
    Object.entries(configuration.pools).map(([name, { ips, plan, overflowTo }]) => {
      const resolved = typeof plan === "string" ? plans.get(plan) : plan;
      if (resolved === undefined) throw new ConfigurationError(`pools.${name}.plan: ${String(plan)} is not a plan`);
      return [name, { name, ips, plan: resolved, overflowTo }];
    }),
  );
}

const minuteMs = 60_000;

/** Streams of a validated configuration. */
export function streamsOf(configuration: Configuration): ReadonlyMap<string, Stream> {
  return new Map(
    Object.entries(configuration.streams).map(([name, stream]) => [
      name,
      {
        name,
        pool: stream.pool,
        poolRules: stream.poolRules.map(poolRuleOf),
        sharedAllowed: stream.sharedAllowed,
        whenFull: stream.whenFull,
        longestHoldMs: stream.longestHoldMinutes * minuteMs,
        onUnknown: stream.onUnknown,
        unknownWaitMs: stream.unknownWaitMinutes * minuteMs,
        refuseDead: stream.refuseDead,
        referenceShare: stream.referenceShare,
        identities: stream.identities ?? configuration.identities,
      },
    ]),
  );
}

import { textKey } from "../provider-model/draw.ts";
import { meets, type RuledMail } from "./pool-rule.ts";
import { sharedRouteName } from "./route.ts";
import type { Stream } from "./stream.ts";

/**
 * The stream as it stands for one message: its pool is that of the first rule whose conditions the message meets, else
 * the stream's own (guide row 10). A message has one pool, wherever its recipients are.
 */
export function streamFor(stream: Stream, mail: RuledMail): Stream {
  const rule = stream.poolRules.find(({ when }) => meets(mail, when));
  return rule === undefined ? stream : { ...stream, pool: rule.pool };
}

const choices = new WeakMap<Stream, number>();

/**
 * A number that stands for how a configured stream chooses pools: another one means that its pool or its rules are others, and that
 * mail may have another pool by them.
 */
export function poolChoiceOf(stream: Stream): number {
  const known = choices.get(stream);
  if (known !== undefined) return known;
  const { pool, poolRules } = stream;
  const text = JSON.stringify({ pool, poolRules }, (_, value) => (value instanceof Set ? [...value] : value));
  const choice = textKey(text);
  choices.set(stream, choice);
  return choice;
}

/** The stream as it may stand for its messages: once for each pool they may be given, its own first. */
export function streamByPool(stream: Stream): readonly Stream[] {
  const pools = new Set([stream.pool, ...stream.poolRules.map(({ pool }) => pool)]);
  return [...pools].map((pool) => ({ ...stream, pool }));
}

/** Whether any of a stream's mail may be given to a pool. */
export function hasPool({ pool, poolRules }: Stream): boolean {
  return pool !== undefined || poolRules.some((rule) => rule.pool !== undefined);
}

/** Names of the pools that a stream's mail may be given, its own first; `shared` stands for none. */
export function poolNamesOf(stream: Stream): readonly string[] {
  return streamByPool(stream).map(({ pool }) => pool ?? sharedRouteName);
}

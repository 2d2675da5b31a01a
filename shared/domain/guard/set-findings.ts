import { type ExpectedSet, publishedEvents, sesPoolNamesOf } from "./expected.ts";
import { type EventPublishing, type Finding, type Fix, repairable } from "./finding.ts";
import type { Seen, SeenDestination, SeenSet } from "./seen.ts";

/** What is wrong with configuration sets, their event destinations and the SES pools they name. */
export function setFindings(sets: readonly ExpectedSet[], seen: Seen): Finding[] {
  const topics = usualTopics(sets, seen);
  return sets.flatMap((expected) => {
    const set = seen.sets.get(expected.set);
    if (set !== undefined && !set.exists) return [deleted(expected, topics)];
    const destinations = seen.destinations.get(expected.set);
    return [
      ...(set === undefined ? [] : [...repointed(expected, set), ...paused(expected, set)]),
      ...(destinations === undefined ? [] : unpublished(expected, destinations, topics)),
      ...sesPoolNamesOf(expected, set).flatMap((name) => sesPool(expected, name, seen)),
    ];
  });
}

function repointed({ set, sesPool, pool }: ExpectedSet, seen: SeenSet): Finding[] {
  if (seen.sesPool === sesPool) return [];
  const named = seen.sesPool === undefined ? "names no SES pool" : `names SES pool ${seen.sesPool}`;
  const sentence = `Configuration set ${set} ${named}, expected ${sesPool}: its mail leaves from other IPs.`;
  return [repairable("set-repointed", pool, sentence, [{ kind: "point-set", set, sesPool }])];
}

/** Somebody may have meant it: an operator is told, and growth without mail stops by itself. */
function paused({ set, pool }: ExpectedSet, { sendingEnabled }: SeenSet): Finding[] {
  if (sendingEnabled) return [];
  const sentence = `Sending is disabled for configuration set ${set}, expected enabled: mail for it is parked.`;
  const repair = `aws sesv2 put-configuration-set-sending-options --configuration-set-name ${set} --sending-enabled`;
  return [{ code: "set-paused", pool, sentence, repair, severity: "warn", fixes: [] }];
}

type Topics = ReadonlyMap<string, string>;

/** A set that is made anew publishes its events again. */
function deleted({ set, sesPool, pool }: ExpectedSet, topics: Topics): Finding {
  const sentence = `Configuration set ${set} does not exist, expected one that names SES pool ${sesPool}: SES refuses its mail.`;
  const publish = publishings(set, topics).map((publishing): Fix => ({ kind: "publish-events", set, publishing }));
  return repairable("set-deleted", pool, sentence, [{ kind: "create-set", set, sesPool }, ...publish]);
}

function unpublished({ set, pool }: ExpectedSet, seen: readonly SeenDestination[], topics: Topics): Finding[] {
  return Object.entries(publishedEvents).flatMap(([kind, types]) => {
    const name = `${set}-${kind}`;
    const topic = topics.get(kind);
    const wrong = whatIsWrong(
      seen.find((each) => each.name === name),
      types,
      topic,
    );
    if (wrong === undefined) return [];
    const sentence = `Event destination ${name} ${wrong}, expected it to publish ${types.join(", ")}: what becomes of the mail is not counted.`;
    if (topic === undefined) return [withoutTopic({ set, name, pool, types }, sentence)];
    const publishing = { name, types, topic };
    return [repairable("event-destination-removed", pool, sentence, [{ kind: "publish-events", set, publishing }])];
  });
}

/** @param topic - where such events of the other sets go; undefined when none are left */
function whatIsWrong(
  seen: SeenDestination | undefined,
  types: readonly string[],
  topic: string | undefined,
): string | undefined {
  if (seen === undefined) return "does not exist";
  if (!seen.enabled) return "is disabled";
  const lacking = types.filter((type) => !seen.types.includes(type));
  if (lacking.length > 0) return `lacks ${lacking.join(", ")}`;
  if (seen.topic === undefined) return "publishes to no SNS topic";
  return seen.topic === topic ? undefined : `publishes to ${seen.topic} and not to ${topic}, as the other sets do`;
}

/** Nothing is left that tells the topic: only a person can look it up. */
function withoutTopic(
  { set, name, pool, types }: { set: string; name: string; pool: string; types: readonly string[] },
  sentence: string,
): Finding {
  const destination = `Enabled=true,MatchingEventTypes=[${types.join(",")}],SnsDestination={TopicArn=TOPIC_ARN}`;
  const repair = `aws sesv2 create-configuration-set-event-destination --configuration-set-name ${set} --event-destination-name ${name} --event-destination '${destination}'`;
  return { code: "event-destination-removed", pool, sentence, repair, severity: "hold", fixes: [] };
}

function publishings(set: string, topics: Topics): EventPublishing[] {
  return Object.entries(publishedEvents).flatMap(([kind, types]) => {
    const topic = topics.get(kind);
    return topic === undefined ? [] : [{ name: `${set}-${kind}`, types, topic }];
  });
}

/** The topic that most sets publish each kind of event to: all of them share one. */
function usualTopics(sets: readonly ExpectedSet[], { destinations }: Seen): Topics {
  const found = Object.keys(publishedEvents).flatMap((kind): [string, string][] => {
    const counts = new Map<string, number>();
    for (const { set } of sets) {
      const topic = destinations.get(set)?.find(({ name }) => name === `${set}-${kind}`)?.topic;
      if (topic !== undefined) counts.set(topic, (counts.get(topic) ?? 0) + 1);
    }
    const [usual] = [...counts].toSorted(([, one], [, other]) => other - one);
    return usual === undefined ? [] : [[kind, usual[0]]];
  });
  return new Map(found);
}

/** SES warms the IPs of a managed pool by itself, whatever our allowances say. */
function sesPool({ set, sesPool: own, pool }: ExpectedSet, name: string, { sesPools }: Seen): Finding[] {
  const seen = sesPools.get(name);
  if (seen === undefined) return [];
  const create = `aws sesv2 create-dedicated-ip-pool --pool-name ${name} --scaling-mode STANDARD`;
  const base = { pool, severity: "hold" as const, fixes: [] };
  if (!seen.exists && name === own) {
    const sentence = `SES pool ${name} of configuration set ${set} does not exist, expected a standard one: SES refuses its mail.`;
    return [{ ...base, code: "ses-pool-deleted", sentence, repair: create }];
  }
  if (!seen.exists || seen.scaling === "standard") return [];
  const sentence = `SES pool ${name}, which configuration set ${set} names, is managed, expected a standard one: SES warms its IPs up by itself, so it is refused.`;
  if (name !== own) return [repairable("managed-pool", pool, sentence, [{ kind: "point-set", set, sesPool: own }])];
  const repair = `aws sesv2 delete-dedicated-ip-pool --pool-name ${name} && ${create}`;
  return [{ ...base, code: "managed-pool", sentence, repair }];
}

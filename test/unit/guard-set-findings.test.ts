import { testFindings } from "../support/guard-findings.ts";
import type { GuardedSystem } from "../support/guarded.ts";

const destinationsOf = (system: GuardedSystem, set: string) => system.settings.sets.get(set)!;

testFindings([
  {
    what: "a set names a managed pool",
    code: "managed-pool",
    held: ["news"],
    says: ["SES pool theirs", "news-warming", "is managed", "refused"],
    change: ({ settings }) => {
      settings.sesPools.set("theirs", "managed");
      settings.sets.get("news-warming")!.sesPool = "theirs";
    },
    repairs: ["news-warming -> news-warming"],
  },
  {
    what: "a set is pointed at another SES pool",
    code: "set-repointed",
    held: ["news"],
    says: ["news-established names SES pool shop-established", "expected news-established"],
    change: ({ settings }) => {
      settings.sets.get("news-established")!.sesPool = "shop-established";
    },
    repairs: ["news-established -> news-established"],
  },
  {
    what: "the shared set names no pool any more",
    code: "set-repointed",
    held: ["news", "shop"],
    says: ["shared names no SES pool", "expected ses-shared-pool"],
    change: ({ settings }) => {
      settings.sets.get("shared")!.sesPool = undefined;
    },
    repairs: ["shared -> ses-shared-pool"],
  },
  {
    what: "a set is deleted",
    code: "set-deleted",
    held: ["shop"],
    says: ["Configuration set shop-warming does not exist", "expected one that names SES pool shop-warming"],
    change: ({ settings }) => settings.sets.delete("shop-warming"),
    repairs: [
      "new shop-warming -> shop-warming (14400 s)",
      "shop-warming-feedback publishes",
      "shop-warming-proof publishes",
    ],
  },
  {
    what: "an event destination is removed",
    code: "event-destination-removed",
    held: ["news"],
    says: ["news-warming-feedback does not exist", "expected it to publish DELIVERY, BOUNCE"],
    change: (system) => {
      destinationsOf(system, "news-warming").destinations.shift();
    },
    repairs: ["news-warming-feedback publishes"],
  },
  {
    what: "an event destination is disabled",
    code: "event-destination-removed",
    held: ["news", "shop"],
    says: ["shared-proof is disabled"],
    change: (system) => {
      const set = destinationsOf(system, "shared");
      set.destinations = set.destinations.map((each) => ({ ...each, enabled: !each.name.endsWith("-proof") }));
    },
    repairs: ["shared-proof publishes"],
  },
  {
    what: "an event destination lacks a type",
    code: "event-destination-removed",
    held: ["shop"],
    says: ["shop-established-feedback lacks COMPLAINT"],
    change: (system) => {
      const set = destinationsOf(system, "shop-established");
      const types = (all: readonly string[]) => all.filter((type) => type !== "COMPLAINT");
      set.destinations = set.destinations.map((each) => ({ ...each, types: types(each.types) }));
    },
    repairs: ["shop-established-feedback publishes"],
  },
  {
    what: "an event destination publishes elsewhere",
    code: "event-destination-removed",
    held: ["shop"],
    says: ["shop-established-proof publishes to arn:elsewhere"],
    change: (system) => {
      const set = destinationsOf(system, "shop-established");
      set.destinations = set.destinations.map((each) =>
        each.name.endsWith("-proof") ? { ...each, topic: "arn:elsewhere" } : each,
      );
    },
    repairs: ["shop-established-proof publishes"],
  },
]);

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of source files
import type { Mutant } from "./mutant.ts";

const wayOut = "shared/app/release/way-out.ts";
const seenRoom = "shared/app/release/seen-room.ts";
const routeSearch = "shared/domain/routing/route-search.ts";

/** Bugs of ways out: mail waits though it could leave, or is put back though it could not. */
export const wayOutMutants: readonly Mutant[] = [
  {
    name: "release-blind-to-overflow",
    file: wayOut,
    find: "startSearch(deployment, mail, stops)",
    replace:
      "startSearch({ ...deployment, pools: new Map([...deployment.pools].map(([name, pool]) => [name, { ...pool, overflowTo: undefined }])) }, mail, stops)",
    why: "Held mail does not see the room of the pool that its own overflows to.",
  },
  {
    name: "release-blind-to-shared",
    file: wayOut,
    find: "isDedicated(search.next) ? await room.take(search.next, message.demand) : undefined",
    replace: 'isDedicated(search.next) ? await room.take(search.next, message.demand) : "spent"',
    why: "Mail that a wall held stays held when it falls, although shared IPs are open to it.",
  },
  {
    name: "release-ignores-walls",
    file: "shared/app/release/release-held.ts",
    find: "stops: { walls, circuits }",
    replace: "stops: { walls: new Map(), circuits }",
    why: "Mail behind a wall is put back with every run, and held again.",
  },
  {
    name: "release-never-reads-walls-again",
    file: "shared/app/recent-walls.ts",
    find: "const readEveryMs = 60_000;",
    replace: "const readEveryMs = 36_000_000;",
    why: "A wall that fell keeps mail for as long as an environment lives.",
  },
  {
    name: "room-of-an-hour-later",
    file: seenRoom,
    find: "day: utcDay(this.#nowMs)",
    replace: "day: utcDay(this.#nowMs + 3_600_000)",
    why: "In the last hour of a day nobody sees its room.",
  },
  {
    name: "waiting-mail-not-read",
    file: "shared/adapters/dynamo/held-mail.ts",
    find: '":provider": { S: `room#${provider}#` }',
    replace: '":provider": { S: `room-${provider}#` }',
    why: "Mail that waits for room is found only when its time is over.",
  },
  {
    name: "overflow-held-behind-a-circuit",
    file: routeSearch,
    find: "return waits(mail) ? undefined : firstCircuitToEnd(passedOver);",
    replace: "return waits(mail) ? firstCircuitToEnd(passedOver) : undefined;",
    why: "Mail that never waits for room is held for hours because SES took nothing for minutes.",
  },
  {
    name: "circuit-taken-for-no-room",
    file: "shared/app/dispatch/hold.ts",
    find: "if (circuit !== undefined) return parkBehind",
    replace: 'if (circuit?.scope.kind === "account") return parkBehind',
    why: "Of all stops only the account's is waited out; a configuration set's counts as no room.",
  },
  {
    name: "another-round-past-send-before",
    file: "shared/domain/routing/may-wait.ts",
    find: "return Math.min(nowMs + longestHoldMs, sendBeforeMs);",
    replace: "return nowMs + longestHoldMs + 0 * sendBeforeMs;",
    why: "Mail without a route is kept beyond the time it may be sent at.",
  },
];

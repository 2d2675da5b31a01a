import type { WallLevel } from "../../../shared/domain/quality/wall.ts";
import type { Mail } from "../system/workload.ts";
import { setsOfMail } from "./sets-of-mail.ts";

/**
 * Configuration sets that held mail may leave by now. Shared IPs count only for a stream that does not wait for its own.
 * @param open - sets of dedicated IPs with room for all
 */
export function waysOut(mail: Mail, wall: WallLevel | undefined, open: ReadonlySet<string>): readonly string[] {
  const sets = setsOfMail(mail);
  const isOpen = (set: string): boolean => open.has(set) || (set === "shared" && mail.stream === "news");
  return sets.filter((set) => isOpen(set) && isLeft(set, sets, wall));
}

/** Whether a wall leaves a set to mail. @param sets - those of the mail, its own pool's first */
function isLeft(set: string, sets: readonly string[], wall: WallLevel | undefined): boolean {
  switch (wall) {
    case undefined:
    case "hold-growth":
      return true;
    case "no-warming":
      return !set.endsWith("-warming");
    case "no-overflow":
      return set === sets[0]?.replace("-warming", "-established");
    default:
      return wall satisfies never;
  }
}

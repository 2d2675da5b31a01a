import { advise } from "./advise.ts";
import { audit } from "./audit.ts";
import { changeVerb } from "./change.ts";
import { classify } from "./classify.ts";
import { forecast } from "./forecast.ts";
import { ips } from "./ips.ts";
import { lift } from "./lift.ts";
import { plan } from "./plan.ts";
import { repair } from "./repair.ts";
import { setAsideVerb } from "./set-aside.ts";
import { simulate } from "./simulate.ts";
import { status } from "./status.ts";
import type { Verb } from "./verb.ts";

/** Every verb of the command, in the order they are listed. `help` is the command's own. */
export const verbs: ReadonlyMap<string, Verb> = new Map([
  ["status", status],
  ["ips", ips],
  ["plan", plan],
  ["start", changeVerb("start", "starts the warm-up of a pool whose IPs are idle")],
  ["pause", changeVerb("pause", "nothing leaves by warming IPs, of a pool or to one provider, until it is resumed")],
  ["resume", changeVerb("resume", "goes on where it was paused")],
  ["restart", changeVerb("restart", "back to day one, for a pool, one provider, or one IP that is established")],
  ["complete", changeVerb("complete", "counts as warm from now on; a pool's IPs become established")],
  ["disable", changeVerb("disable", "the pool is warmed by hand: nothing is limited, the guard still warns")],
  ["enable", changeVerb("enable", "ses-warmup limits again what was disabled")],
  ["quarantine", setAsideVerb("quarantine", "mail that can never be sent as it is, with what to do; puts it back")],
  ["dead-letters", setAsideVerb("dead-letters", "mail and SES events that could not be worked; puts them back")],
  ["audit", audit],
  ["repair", repair],
  ["lift", lift],
  ["classify", classify],
  ["advise", advise],
  ["forecast", forecast],
  ["simulate", simulate],
]);

import type { KnownRate } from "../../../shared/domain/sending/rate-share.ts";
import { noonMs } from "../../support/builders.ts";
import { CountingChance } from "../../support/fakes/counting-chance.ts";
import { MemoryCircuits } from "../../support/fakes/memory-circuits.ts";
import { MemorySendRates } from "../../support/fakes/memory-send-rates.ts";
import { type Benchmark, check, type Figures, type Findings } from "../benchmark.ts";
import { round } from "../statistics.ts";
import { VirtualClock } from "../virtual-clock.ts";
import { Account, rates as accountRates } from "./account.ts";
import { Backlog } from "./backlog.ts";
import { ourEnvironment } from "./ours.ts";
import { limitedByConcurrency, limitedInProcess, type Peer, unpaced } from "./peers.ts";

interface Run {
  /** Environments at work, and how many the deployment may have. */
  readonly environments: number;
  readonly most: number;
  /** One environment alone needs large batches to carry 300 mails a second; of 50 each has 17 s for 1 mail a second. */
  readonly batchSize: number;
  /** Another application sends half of the account's rate. */
  readonly besideAnother?: boolean;
  /** Nobody ever tells the account's rate. */
  readonly untold?: boolean;
}

const runs: readonly Run[] = [
  { environments: 1, most: 7, batchSize: 50 },
  { environments: 5, most: 7, batchSize: 25 },
  { environments: 20, most: 22, batchSize: 25 },
  { environments: 50, most: 52, batchSize: 10 },
];

/** What no bar is about. */
const harder: Readonly<Record<string, Run>> = {
  besideAnother: { environments: 5, most: 7, batchSize: 25, besideAnother: true },
  untold: { environments: 5, most: 7, batchSize: 25, untold: true },
};

export const benchmark: Benchmark = {
  what: "an SES account with 50 and then 300 mails a second, emptied by 1 to 50 environments, virtual time",
  size: 100_000,
  bars: runs.flatMap(({ environments }) => [
    { figure: `environments${environments}.utilisation`, atLeast: 0.97 },
    { figure: `environments${environments}.throttlesPerThousand`, atMost: 1 },
    { figure: `environments${environments}.receivesPerMessage`, atMost: 1.02 },
  ]),
  run: compare,
};

async function compare(messages: number): Promise<Findings> {
  const ours: Record<string, Figures> = {};
  const peer: Record<string, Figures> = {};
  const ratio: Record<string, Figures> = {};
  for (const run of runs) {
    const name = `environments${run.environments}`;
    const own = await emptied(messages, ourRun(run));
    const peers = {
      limitedInProcess: await emptied(messages, peerRun(run, limitedInProcess)),
      unpaced: await emptied(messages, peerRun(run, unpaced)),
      limitedByConcurrency: await emptied(messages, peerRun(run, limitedByConcurrency)),
    };
    ours[name] = own;
    peer[name] = peers;
    ratio[name] = { utilisationToConcurrency: round(own.utilisation / peers.limitedByConcurrency.utilisation) };
  }
  for (const [name, run] of Object.entries(harder)) ours[name] = await emptied(messages, ourRun(run));
  return { ours, peer, ratio, rounds: 1 };
}

interface Setting {
  readonly clock: VirtualClock;
  readonly account: Account;
  readonly backlog: Backlog;
  readonly rates: CountedRates;
}

/** Counts the calls that sharing the rate costs. */
class CountedRates extends MemorySendRates {
  calls = 0;

  override count(period: number): Promise<KnownRate> {
    this.calls += 1;
    return super.count(period);
  }
}

/** @returns what was counted until so many messages were sent; more were always waiting */
async function emptied(messages: number, start: (setting: Setting) => Promise<unknown>) {
  const clock = new VirtualClock(noonMs);
  const account = new Account(clock, messages);
  const backlog = new Backlog(clock);
  const rates = new CountedRates();
  await clock.run(start({ clock, account, backlog, rates }));
  check(account.repeats === 0, `${account.repeats} messages were sent twice`);
  return {
    /** Of the mails that the rate would have allowed. */
    utilisation: round((account.sent + account.othersSent) / account.possible),
    throttlesPerThousand: round((account.throttles * 1000) / account.sent),
    receivesPerMessage: round(backlog.receivesPerMessage),
    /** Calls to the table for sharing the rate. */
    tableCallsPerMessage: round(rates.calls / account.sent),
  };
}

/** The rate is read by the guard when the run begins and when it is raised; environments find out when they are counted. */
function ourRun({ environments, most, batchSize, besideAnother, untold }: Run) {
  return (setting: Setting): Promise<unknown> => {
    const { rates } = setting;
    const tell = (perSecond: number): void => void (untold === true || rates.tell(perSecond));
    tell(accountRates.first);
    setting.account.whenRaised = () => tell(accountRates.raised);
    const shared = { ...setting, chance: new CountingChance(), circuits: new MemoryCircuits(rates) };
    const ours = Array.from({ length: environments }, () => ourEnvironment({ ...shared, most, batchSize }));
    return Promise.all([...ours, ...(besideAnother === true ? [setting.account.sendForAnother()] : [])]);
  };
}

function peerRun({ environments, batchSize }: Run, work: (peer: Peer) => Promise<void>) {
  return (setting: Setting): Promise<unknown> =>
    Promise.all(Array.from({ length: environments }, (_, index) => work({ ...setting, index, batchSize })));
}

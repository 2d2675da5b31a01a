import { describe, expect, test } from "vitest";
import { page } from "../../functions/console/page/page.ts";
import type { AllowanceStatus, PoolStatus, Status } from "../../shared/app/status/status.ts";

const quietQueue = { visible: 0, inFlight: 0, delayed: 0 };

function anAllowance(given: Partial<AllowanceStatus> = {}): AllowanceStatus {
  const counts = { allowance: 2000, used: 1500, deferred: 0, blocked: 0, bounced: 0, complained: 0 };
  return { provider: "gmail", route: "warming", ...counts, rule: "grow", why: "1,000 of 1,000 used", ...given };
}

function aPool(given: Partial<PoolStatus> = {}): PoolStatus {
  const byRoute = { warming: 1500, established: 0, shared: 500 };
  const quiet = { paused: false, byHand: false, holds: [], ips: [], providers: [], reference: [], history: [] };
  return { pool: "news", phase: "warming", ...quiet, byRoute, allowances: [anAllowance()], ...given };
}

function aStatus(given: Partial<Status> = {}): Status {
  return {
    day: "2026-11-02",
    pools: [aPool()],
    streams: [{ stream: "letters", pool: "news" }],
    shared: { accepted: 94 },
    held: 12,
    quarantined: 3,
    deadLetters: 0,
    queues: { send: quietQueue, parked: quietQueue, quarantine: quietQueue, deadLetters: quietQueue },
    ...given,
  };
}

/** What a reader sees: the page without its style and its tags. */
const textOf = (markup: string) =>
  markup
    .replace(/<style>.*<\/style>/s, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");

describe("the page", () => {
  test("shows the split of a pool's mail in recipients and percent", () => {
    const text = textOf(page(aStatus()));
    expect(text).toContain("Warming IPs 1,500 (75 %)");
    expect(text).toContain("Established IPs 0 (0 %)");
    expect(text).toContain("SES shared IPs 500 (25 %)");
  });

  test("shows each provider's allowance with its rule and reason", () => {
    const text = textOf(page(aStatus({ pools: [aPool({ allowances: [anAllowance({ deferred: 31, blocked: 4 })] })] })));
    expect(text).toContain("gmail warming 2,000 1,500 31 4 grow 1,000 of 1,000 used");
  });

  test("says where the warm-up stands, with a mark for what an operator or the guard changed", () => {
    const text = textOf(page(aStatus({ pools: [aPool({ since: "2026-10-20", paused: true, byHand: true })] })));
    expect(text).toContain("warming since 2026-10-20 paused by hand");
    expect(textOf(page(aStatus({ pools: [aPool()] })))).not.toMatch(/paused|by hand|since [^ ]+ held/);
  });

  test("warns of each hold with what to do", () => {
    const sentence = "IP 192.0.2.1 lies in SES pool x, expected in news-warming. Repair: ses-warmup repair ip-moved";
    const holds = [{ code: "ip-moved", sentence, since: "2026-11-01" }];
    const markup = page(aStatus({ pools: [aPool({ holds })] }));
    expect(markup).toContain('class="sw-warning" role="alert"');
    expect(textOf(markup)).toContain(`${sentence} (ip-moved, since 2026-11-01)`);
    expect(page(aStatus())).not.toContain('class="sw-warning"');
  });

  test("warns of a stream behind a wall", () => {
    const wall = { level: "no-warming", cause: "bounces", why: "70 of 1000 <bounced>", sinceMs: 0 } as const;
    const markup = page(aStatus({ streams: [{ stream: "letters", pool: "news", wall }] }));
    expect(textOf(markup)).toContain("letters: 70 of 1000 &lt;bounced&gt; (no-warming, bounces, pool news)");
    const streams = [{ stream: "letters", pool: "news", pools: ["news", "shop"], wall }];
    expect(textOf(page(aStatus({ streams })))).toContain("(no-warming, bounces, pools news, shop)");
    expect(page(aStatus())).not.toContain("behind a wall");
  });

  test("lists the IPs with their state, progress at each provider, and advice", () => {
    const providers = [
      { provider: "gmail", paused: false, takesLong: false, graduatedOn: "2026-11-01", level: 900, target: 1000 },
      {
        provider: "yahoo",
        paused: false,
        takesLong: false,
        level: 200,
        target: 1000,
        daysLeft: 5,
        readyOn: "2026-11-07",
      },
      { provider: "apple", paused: true, takesLong: false, level: 0, target: 1000 },
      { provider: "other", paused: false, takesLong: false, level: 50, target: 1000 },
      {
        provider: "web.de",
        paused: false,
        takesLong: true,
        level: 50,
        target: 1000,
        daysLeft: 9,
        readyOn: "2026-11-11",
      },
    ];
    const ips = [
      { ip: "192.0.2.1", pool: "news", state: "warming", since: "2026-10-20", warmUpDay: 14 } as const,
      { ip: "192.0.2.2", pool: "news", state: "not-listed-by-ses" } as const,
    ];
    const advice = { ips: 2, enough: 1, monthlyUsd: 24.95, says: "1 would do" };
    const text = textOf(page(aStatus({ pools: [aPool({ ips, providers, advice })] })));
    expect(text).toContain("192.0.2.1 warming, day 14, since 2026-10-20");
    expect(text).toContain("192.0.2.2 not listed by SES");
    expect(text).toContain("Warm-up complete at 1 of 5 providers");
    expect(text).toContain("gmail 900 1,000 complete since 2026-11-01");
    expect(text).toContain("yahoo 200 1,000 5 days left, 2026-11-07 at the latest");
    expect(text).toContain("apple 0 1,000 paused");
    expect(text).toContain("other 50 1,000 does not grow now");
    expect(text).toContain("web.de 50 1,000 9 days left, 2026-11-11 at the latest; takes longer than the plan says");
    expect(text).toContain("1 would do");
  });

  test("tells by provider whether warming IPs do better than others", () => {
    const share = { hits: 1, total: 200, low: 0, high: 0.02 };
    const reference = [
      { provider: "gmail", verdict: "dedicated-worse", trial: share, control: share, why: "9 of 100, 0 of 100" },
      { provider: "yahoo", verdict: "not-yet-known", trial: share, control: share, why: "nothing yet" },
    ] as const;
    const text = textOf(page(aStatus({ pools: [aPool({ reference })] })));
    expect(text).toContain("whether warming IPs do better at 1 of 2 providers");
    expect(text).toContain("gmail warming IPs do worse than others 9 of 100, 0 of 100");
    expect(text).toContain("yahoo not yet known nothing yet");
  });

  test("puts allowances without mail behind a line that opens", () => {
    const quiet = anAllowance({ provider: "seznam", used: 0 });
    const markup = page(aStatus({ pools: [aPool({ allowances: [anAllowance(), quiet] })] }));
    expect(markup.indexOf("seznam")).toBeGreaterThan(markup.indexOf("<details"));
    expect(textOf(markup)).toContain("1 allowance without mail today");
  });

  test("draws the curve so far, one bar a day with its figures", () => {
    const history = [
      { day: "2026-10-30", allowance: 50, used: 50 },
      { day: "2026-11-02", allowance: 65, used: 20 },
    ];
    const markup = page(aStatus({ pools: [aPool({ history })] }));
    expect(markup.match(/class="sw-used"/g)).toHaveLength(2);
    expect(markup).toContain("<title>2026-11-02: 20 of 65</title>");
    expect(markup).not.toMatch(/NaN|Infinity|undefined/);
  });

  test("shows held mail, the queues, what was set aside and the mail of streams without a pool", () => {
    const queues = {
      send: { visible: 7, inFlight: 2, delayed: 1 },
      parked: quietQueue,
      quarantine: quietQueue,
      deadLetters: quietQueue,
    };
    const text = textOf(page(aStatus({ queues })));
    expect(text).toContain("Held for room or time 12");
    expect(text).toContain("Send queue 7 waiting , 2 in flight , 1 delayed");
    expect(text).toContain("Quarantine 3");
    expect(text).toContain("Dead letters 0");
    expect(text).toContain("sent by shared IPs 94");
  });

  test("says so when a pool has no allowance and no history", () => {
    const text = textOf(
      page(aStatus({ pools: [aPool({ allowances: [], byRoute: { warming: 0, established: 0, shared: 0 } })] })),
    );
    expect(text).toContain("No allowance is open today");
    expect(text).toContain("Nothing has left by warming IPs yet.");
  });

  test("never runs or loads what it shows, whatever the names", () => {
    const hostile = `"><script>alert(1)</script><img src=x onerror='alert(1)'>`;
    const allowances = [anAllowance({ provider: hostile, rule: hostile, why: hostile })];
    const history = [{ day: hostile, allowance: 5, used: 5 }];
    const holds = [{ code: hostile, sentence: hostile, since: hostile }];
    const ips = [{ ip: hostile, state: "warming", since: hostile } as const];
    const providers = [
      { provider: hostile, paused: false, takesLong: false, level: 1, target: 2, daysLeft: 1, readyOn: hostile },
    ];
    const advice = { ips: 1, enough: 0, monthlyUsd: 1, says: hostile };
    const pool = aPool({ pool: hostile, since: hostile, allowances, history, holds, ips, providers, advice });
    const markup = page(aStatus({ day: hostile, pools: [pool] }));
    expect(markup).not.toMatch(/<script|<img|<link|<use|<iframe|javascript:|https?:/i);
    expect(markup.replace(/"[^"]*"/g, "")).not.toMatch(/<[^>]*\son\w+=/); // outside quoted values
    expect(markup).toContain("&lt;script&gt;");
  });

  test("follows the browser's colours unless the dashboard has its own", () => {
    expect(page(aStatus())).toContain("prefers-color-scheme:dark");
    expect(page(aStatus())).toContain('<div class="sw-page">');
    expect(page(aStatus(), "dark")).toContain('<div class="sw-page sw-dark">');
  });
});

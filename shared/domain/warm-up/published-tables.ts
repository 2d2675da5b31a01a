/** A vendor's published warm-up table. */
export interface PublishedTable {
  /** Where it was published, and what was added. */
  readonly source: string;
  /** Recipients per IP and day, all providers together, up to SES's ceiling of 50,000. */
  readonly perDay: readonly number[];
}

/** Published tables by the name a pool's plan may have. They differ thirtyfold on the same day: pick one knowingly. */
export const publishedTables: Readonly<Record<string, PublishedTable>> = {
  "ses-45-days": {
    source:
      "SES's automatic warm-up: up to 50,000 by day 45 (aws.amazon.com/about-aws/whats-new/2017/03). The points between are not published; a geometric curve from 200 is assumed.",
    perDay: [
      200, 227, 257, 291, 330, 375, 425, 481, 546, 619, 701, 795, 902, 1022, 1159, 1314, 1489, 1689, 1914, 2170, 2460,
      2789, 3162, 3585, 4064, 4608, 5224, 5922, 6714, 7612, 8630, 9783, 11_091, 12_574, 14_256, 16_162, 18_322, 20_772,
      23_549, 26_698, 30_267, 34_314, 38_902, 44_103, 50_000,
    ],
  },
  sendgrid: {
    source: "SendGrid's automated warm-up, 24 times its hourly limits (github.com/sendgrid/docs, IP warmup schedule).",
    perDay: [480, 672, 936, 1320, 1848, 2592, 3624, 5064, 7080, 9912, 13_896, 19_440, 24_000, 38_088, 53_328],
  },
  sparkpost: {
    source: "SparkPost's stages, one a day (github.com/SparkPost/support-docs, automated IP warm-up).",
    perDay: [200, 500, 1000, 2000, 5000, 10_000, 20_000, 40_000, 50_000],
  },
  "braze-conservative": {
    source:
      "Braze's conservative plan (github.com/braze-inc/braze-docs, IP warming); it ends at 8,000 and doubles every third day from there.",
    perDay: [
      50, 50, 50, 100, 100, 100, 500, 500, 500, 1000, 1000, 1000, 2000, 2000, 2000, 4000, 4000, 4000, 8000, 8000, 8000,
      16_000, 16_000, 16_000, 32_000, 32_000, 32_000, 50_000,
    ],
  },
  "braze-moderate": {
    source: "Braze's moderate plan (same page).",
    perDay: [50, 100, 500, 1000, 2000, 4000, 8000, 16_000, 25_000, 35_000, 50_000],
  },
  "braze-aggressive": {
    source: "Braze's aggressive plan (same page).",
    perDay: [50, 100, 500, 1000, 5000, 10_000, 20_000, 40_000, 70_000],
  },
};

import * as z from "zod";

/** Most tags of an application's on one message: of the 50 that SES takes, eight are ses-warmup's own. */
export const maxTags = 42;

/** Beside names of its own form, SES takes these two: they become a part of the mail's Feedback-ID header. */
const tagName = /^(?:[A-Za-z0-9_-]{1,256}|ses:feedback-id-[ab])$/;

export const EmailTag = z.strictObject({
  Name: z
    .string()
    .regex(tagName, "is not a tag name: expected 1 to 256 of A-Z a-z 0-9 _ -, ses:feedback-id-a or ses:feedback-id-b")
    .refine((name) => !name.startsWith("sw-"), "starts with sw-, which is kept for ses-warmup's own tags: rename it"),
  Value: z.string().regex(/^[A-Za-z0-9_-]{1,256}$/, "is not a tag value: expected 1 to 256 of A-Z a-z 0-9 _ -"),
});

export type EmailTag = z.output<typeof EmailTag>;

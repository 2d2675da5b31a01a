import type { Mutant } from "./mutant.ts";

const signs = "shared/app/feedback/read-signs.ts";

/** Bugs in what is made of SES's events. */
export const feedbackMutants: readonly Mutant[] = [
  {
    name: "complaint-by-suppression-counted",
    file: signs,
    find: 'gravest(classifyEvent(event)).label === "not_a_signal" ? [] : complaintOf(event)',
    replace: "complaintOf(event)",
    why: "Mail that SES kept back by its suppression list counts as complaints, and walls rise.",
  },
  {
    name: "complaint-counted-for-each-recipient",
    file: signs,
    find: 'return address === undefined ? [] : [{ address, kind: "complained" }];',
    replace:
      'return address === undefined ? [] : (named.length > 0 ? named : destination).map((each) => ({ address: each, kind: "complained" as const }));',
    why: "One complaint of a mail to fifty people counts as fifty.",
  },
  {
    name: "sign-new-at-every-delivery",
    file: signs,
    find: "const mail = settings.fingerprint(",
    replace: "const mail = String(Math.random()) + settings.fingerprint(",
    why: "An event that comes twice counts twice.",
  },
  {
    name: "complaints-not-read",
    file: signs,
    find: '    case "Complaint":\n',
    replace: '    case "Complaint, as it was once called":\n',
    why: "Complaints are taken for events of another kind, and nobody counts them.",
  },
  {
    name: "feedback-batch-fails-as-a-whole",
    file: "functions/feedback/handler.ts",
    find: "return batchResponse([...unreadable, ...failed]);",
    replace: "return batchResponse(unreadable.length > 0 ? records.map(({ messageId }) => messageId) : [...failed]);",
    why: "One record that is no event takes those beside it to the dead letters.",
  },
];

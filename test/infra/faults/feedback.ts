import { noonMs, today } from "../../support/builders.ts";
import { TestFeedback } from "../../support/feedback.ts";
import { aBounce, aDelivery, aRateDelay, type EventText } from "../../support/ses-events.ts";
import { type Fault, lines } from "./fault.ts";

/** What the feedback function logs of a batch of SES events. */
async function told(...events: EventText[]) {
  const feedback = new TestFeedback();
  feedback.allowances.nowMs = noonMs;
  feedback.allowances.grant({ pool: "news", route: "warming", provider: "gmail", day: today }, 1_000, 100);
  await feedback.apply(...events);
  return { lines: lines("FeedbackPathFunctionLogs", feedback.log) };
}

/** So many mails that SES could not render, among so many that it delivered. */
async function notRendered(count: number, delivered: number) {
  const feedback = new TestFeedback();
  if (count > 0) feedback.log.warn("RENDERING_FAILED", { stream: "news", count });
  await feedback.apply(...many(delivered + count, aDelivery));
  return { lines: lines("FeedbackPathFunctionLogs", feedback.log) };
}

const unknownReply = () => aBounce("Transient", "General", "smtp; 459 4.9.9 the moon is in the wrong house");
const many = (count: number, event: () => EventText) => Array.from({ length: count }, event);

/** What SES's events say. */
export const feedbackFaults: readonly Fault[] = [
  {
    what: "a provider limits mail of warming IPs",
    rings: ["FeedbackPathAlarmsBrakeOn"],
    happens: () => told(...many(8, aRateDelay)),
  },
  { what: "mail is delivered", rings: [], happens: () => told(...many(50, aDelivery)) },
  {
    what: "a provider answers in words that no rule knows",
    rings: ["FeedbackPathAlarmsUnclassified"],
    happens: () => told(...many(20, unknownReply)),
  },
  {
    what: "SES cannot render one mail in ten",
    rings: ["FeedbackPathAlarmsMailNotRendered"],
    happens: () => notRendered(2, 18),
  },
  { what: "SES cannot render one mail in thousands", rings: [], happens: () => notRendered(1, 1_999) },
  { what: "a provider answers once in words that no rule knows", rings: [], happens: () => told(unknownReply()) },
];

import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { Construct, IConstruct } from "constructs";

/** What the person who is called reads: what happened, what it does to the mail, where to go on. */
export interface AlarmText {
  /** What is seen, in a few words. */
  readonly title: string;
  /** What it means for mail and reputation; a sentence. */
  readonly impact: string;
  /** Heading in docs/runbook.md, as a link anchor. */
  readonly runbookAnchor: string;
}

export interface RunbookAlarmProps extends AlarmText {
  readonly metric: IMetric;
  readonly threshold: number;
  /** @default the metric reaches the threshold or passes it */
  readonly comparisonOperator?: ComparisonOperator;
  /**
   * Nothing measured any more is what it tells: it goes to INSUFFICIENT_DATA, once some three periods are empty. A stack
   * that was just made has nothing measured yet, and tells nobody. @default nothing measured is nothing wrong
   */
  readonly onSilence?: boolean;
}

/** An alarm that says what it means and where the runbook goes on. Without both it cannot be built. */
export class RunbookAlarm extends Alarm {
  readonly text: AlarmText;
  readonly #onSilence: boolean;

  constructor(scope: Construct, id: string, props: RunbookAlarmProps) {
    const { title, impact, runbookAnchor, onSilence = false, ...alarm } = props;
    if (impact.trim() === "") throw new Error(`alarm ${id}: write what it means for the mail`);
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(runbookAnchor))
      throw new Error(`alarm ${id}: name a heading of docs/runbook.md`);
    super(scope, id, {
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: onSilence ? TreatMissingData.MISSING : TreatMissingData.NOT_BREACHING,
      ...alarm,
      alarmDescription: `${title}. ${impact} Runbook: docs/runbook.md#${runbookAnchor}`,
    });
    this.text = { title, impact, runbookAnchor };
    this.#onSilence = onSilence;
  }

  /** Tells a topic whenever it begins to ring. */
  tell(topic: ITopic): void {
    const action = new SnsAction(topic);
    this.addAlarmAction(action);
    if (this.#onSilence) this.addInsufficientDataAction(action);
  }
}

/** Every alarm below a construct, in the order of the tree. */
export function alarmsWithin(scope: IConstruct): readonly RunbookAlarm[] {
  return scope.node.findAll().filter((construct) => construct instanceof RunbookAlarm);
}

import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
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
  /** Periods in a row that must breach. @default 1 */
  readonly evaluationPeriods?: number;
  /** @default nothing measured is nothing wrong */
  readonly treatMissingData?: TreatMissingData;
}

/** An alarm that says what it means and where the runbook goes on. Without both it cannot be built. */
export class RunbookAlarm extends Alarm {
  readonly text: AlarmText;

  constructor(scope: Construct, id: string, props: RunbookAlarmProps) {
    const { title, impact, runbookAnchor, ...alarm } = props;
    if (impact.trim() === "") throw new Error(`alarm ${id}: write what it means for the mail`);
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(runbookAnchor))
      throw new Error(`alarm ${id}: name a heading of docs/runbook.md`);
    super(scope, id, {
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...alarm,
      alarmDescription: `${title}. ${impact} Runbook: docs/runbook.md#${runbookAnchor}`,
    });
    this.text = { title, impact, runbookAnchor };
  }
}

/** Every alarm below a construct, in the order of the tree. */
export function alarmsWithin(scope: IConstruct): readonly RunbookAlarm[] {
  return scope.node.findAll().filter((construct) => construct instanceof RunbookAlarm);
}

import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IAlarm,
  type IWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { ALARM_RULES, type AlarmRule } from './alarm-rules.ts';
import { metricOf } from './metric.ts';
import type { Subjects } from './subjects.ts';

export interface DashboardProps {
  stackName: string;
  subjects: Subjects;
  alarms: IAlarm[];
  apiKeyExpires: Date;
}

/** Columns of a dashboard (CloudWatch User Guide, "Dashboard body structure and syntax"). */
const COLUMNS = 24;
const GRAPHS_IN_ROW = 3;

/** The figures of the alarms with their thresholds, and how busy the API is, on one page named as the stack. */
export function dashboardOf(scope: Construct, id: string, props: DashboardProps): Dashboard {
  const { stackName, subjects, alarms, apiKeyExpires } = props;
  const rules = Object.entries(ALARM_RULES).filter(([, rule]) => subjects[rule.of].length > 0);
  const graphs = [traffic(subjects), ...rules.map(([name, rule]) => graph(name, rule, subjects))];
  return new Dashboard(scope, id, {
    dashboardName: stackName,
    widgets: [
      [
        new TextWidget({
          width: COLUMNS,
          height: 2,
          markdown: `# ${stackName}\nThe API key ends on **${apiKeyExpires.toISOString().slice(0, 10)}**: deploy before then. What each alarm means: docs/operations.md.`,
        }),
      ],
      [new AlarmStatusWidget({ width: COLUMNS, height: 4, title: 'Alarms', alarms })],
      ...inRows(graphs),
    ],
  });
}

function graph(name: string, rule: AlarmRule, subjects: Subjects): IWidget {
  return new GraphWidget({
    title: name,
    width: COLUMNS / GRAPHS_IN_ROW,
    left: subjects[rule.of].map((subject) =>
      metricOf(rule, subject).with({ label: subject.name || rule.metric }),
    ),
    leftAnnotations: rule.above > 0 ? [{ value: rule.above, label: 'alarm' }] : [],
    leftYAxis: { min: 0, showUnits: false, ...(rule.unit && { label: rule.unit }) },
  });
}

/** Requests, and those that the caller should not have sent: no alarm, since nobody can tell what is usual. */
function traffic({ api }: Subjects): IWidget {
  const counted = { ...ALARM_RULES['server-errors'], minutes: 1 };
  return new GraphWidget({
    title: 'requests',
    width: COLUMNS / GRAPHS_IN_ROW,
    left: ['Requests', '4XXError'].map((metric) => metricOf({ ...counted, metric }, api[0]!)),
    leftYAxis: { min: 0, showUnits: false },
  });
}

const inRows = (widgets: IWidget[]): IWidget[][] =>
  Array.from({ length: Math.ceil(widgets.length / GRAPHS_IN_ROW) }, (_, row) =>
    widgets.slice(row * GRAPHS_IN_ROW, (row + 1) * GRAPHS_IN_ROW),
  );

import { Button } from 'react-aria-components';
import type { RecordedRequest } from '../../../../recorder/recorded-request.ts';
import type { Row } from '../../../../recorder/waterfall.ts';
import { localJson } from '../../api/local-route.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import { Value } from '../../parts/value.tsx';
import { handlerOf, valuesOf } from './values.ts';

/** The values of a row, and the test context that its handler can be run with. */
export function StepValues({ row, request }: { row: Row; request: RecordedRequest }) {
  const { subject, label, step } = row;
  const handler = handlerOf(subject);
  return (
    <section className="step-values" aria-label="Values of the step">
      <h3>
        {step !== null && <span className="step-number">{step}</span>}
        {label}
      </h3>
      {handler !== null && step !== null && 'step' in subject && (
        <TestContext id={request.id} step={step} name={subject.step.name} handler={handler} />
      )}
      <div className="values">
        {valuesOf(subject, request).map(([name, value]) => (
          <Value key={name} name={name} value={value} />
        ))}
      </div>
    </section>
  );
}

interface TestContextProps {
  id: string;
  step: number;
  /** Of the resolver or AppSync function, as `evaluate` takes it. */
  name: string;
  handler: 'request' | 'response';
}

/** Makes of a step what `appsync-local evaluate` and AppSync's EvaluateCode run its handler with. */
function TestContext({ id, step, name, handler }: TestContextProps) {
  const file = `${name}.${handler}.json`;
  const context = async (): Promise<string> => {
    const path = `/_local/requests/${id}/steps/${step}/context?handler=${handler}` as const;
    return JSON.stringify((await localJson<{ context: object }>(path)).context, null, 2);
  };
  return (
    <div className="tools">
      <CopyButton text={context} title={`Context of ${handler} of ${name}`}>
        Copy test context
      </CopyButton>
      <Button className="button" onPress={() => void context().then((text) => download(file, text))}>
        Download test context
      </Button>
      <CopyButton
        text={() => `npx appsync-local evaluate ${name} --function ${handler} --context ${file}`}
        title="Runs the handler with the downloaded context"
      >
        Copy evaluate command
      </CopyButton>
    </div>
  );
}

function download(file: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = file;
  link.click();
  URL.revokeObjectURL(url);
}

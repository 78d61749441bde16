import type { AppSyncFunctionView, ResolverView, RunView } from '../../../../functions/function-view.ts';
import { timeText } from '../../ground/words.ts';
import { useRepeated } from '../../parts/use-repeated.ts';
import { loadRuns, reasonOf } from './asks.ts';
import { Facts, Several } from './facts.tsx';
import { msText } from './invocation-table.tsx';
import { countedNames } from './rows.ts';
import { addressOf } from './where.ts';

const NO_SOURCE = 'no source map';

export const ResolverDetail = ({ resolver, isShown }: { resolver: ResolverView; isShown: boolean }) => (
  <>
    <Facts facts={factsOfResolver(resolver)} />
    <Runs name={resolver.field} isShown={isShown} />
  </>
);

function factsOfResolver(resolver: ResolverView): Parameters<typeof Facts>[0]['facts'] {
  const { kind, dataSources, functions, source, reason } = resolver;
  return [
    ['Kind', reason === undefined ? KINDS[kind] : `does not run here: ${reason}`],
    ['Source', <code key="source">{source ?? NO_SOURCE}</code>],
    ['Data source', dataSources.join(', ')],
    ...(functions.length > 0
      ? [['Steps', <Steps key="steps" names={functions} />] as [string, React.ReactNode]]
      : []),
  ];
}

const KINDS: Record<ResolverView['kind'], string> = {
  UNIT: 'unit resolver',
  PIPELINE: 'pipeline resolver',
  NOT_RUN: 'does not run here',
};

const Steps = ({ names }: { names: string[] }) => (
  <Several
    of={countedNames(names).map(([name, times]) => (
      <span key={name}>
        <a href={addressOf({ list: 'function', name })}>{name}</a>
        {times > 1 && ` × ${times}`}
      </span>
    ))}
  />
);

export const AppSyncFunctionDetail = ({ of, isShown }: { of: AppSyncFunctionView; isShown: boolean }) => (
  <>
    <Facts
      facts={[
        ['Kind', of.reason === undefined ? 'AppSync function' : `does not run here: ${of.reason}`],
        ['Source', <code key="source">{of.source ?? NO_SOURCE}</code>],
        ['Data source', of.dataSources.join(', ')],
        ['Used by', <Users key="users" fields={of.usedBy} />],
      ]}
    />
    <Runs name={of.name} isShown={isShown} />
  </>
);

const Users = ({ fields }: { fields: string[] }) =>
  fields.length === 0 ? (
    'no resolver'
  ) : (
    <Several
      of={fields.map((name) => (
        <a key={name} href={addressOf({ list: 'resolver', name })}>
          {name}
        </a>
      ))}
    />
  );

/** Its runs in the recorded requests, each with the way to its request. */
function Runs({ name, isShown }: { name: string; isShown: boolean }) {
  const { known, problem } = useRepeated<RunView[]>(isShown, [], () => loadRuns(name), reasonOf, name);
  if (problem !== undefined || known.length === 0) {
    return (
      <p className={problem === undefined ? 'empty' : 'notice'} role="status">
        {problem ?? 'None of the recorded requests ran it.'}
      </p>
    );
  }
  return (
    <div className="some-rows" tabIndex={0} role="region" aria-label={`Runs of ${name}`}>
      <table className="rows-table">
        <thead>
          <tr>
            <th>In request</th>
            <th>Outcome</th>
            <th className="number">Took</th>
            <th className="number when">At</th>
          </tr>
        </thead>
        <tbody>
          {known.map(({ requestId, title, at, ms, error }, index) => (
            <tr key={`${requestId} ${index}`}>
              <td className="operation">
                <a href={`#requests/${requestId}`}>{title}</a>
              </td>
              <td className={error === null ? 'good' : 'bad'} title={error ?? undefined}>
                {error === null ? 'answered' : error.split(':')[0]}
              </td>
              <td className="number">{msText(ms)}</td>
              <td className="number when">
                <time dateTime={at}>{timeText(new Date(at)).slice(0, 8)}</time>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

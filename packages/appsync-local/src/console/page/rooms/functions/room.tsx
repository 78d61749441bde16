import { type ReactNode, useState } from 'react';
import { Button, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { FunctionsView } from '../../../../functions/function-view.ts';
import { counted } from '../../../../ground/counted.ts';
import { useThing } from '../../ground/place.ts';
import { Problem } from '../../parts/problem.tsx';
import type { RoomProps } from '../../parts/room.ts';
import { useRepeated } from '../../parts/use-repeated.ts';
import { loadFunctions, reasonOf } from './asks.ts';
import { FunctionTable } from './function-table.tsx';
import { LambdaDetail } from './lambda-detail.tsx';
import { LogView } from './log-view.tsx';
import { matching, rowsOf } from './rows.ts';
import { AppSyncFunctionDetail, ResolverDetail } from './run-detail.tsx';
import { type List, LISTS, thingOf, type Where, whereIn } from './where.ts';

const TITLES: Record<List, string> = {
  lambda: 'Lambda functions',
  resolver: 'Resolvers',
  function: 'AppSync functions',
  log: 'Log',
};

const NOUNS: Record<Exclude<List, 'log'>, string> = {
  lambda: 'Lambda function',
  resolver: 'resolver',
  function: 'AppSync function',
};

/** What code there is, what it did, and what it logged. */
export function FunctionsRoom({ isShown }: RoomProps) {
  const { known, problem } = useRepeated<FunctionsView | undefined>(
    isShown,
    undefined,
    loadFunctions,
    reasonOf,
  );
  const [where, go] = useWhere();
  const detail = known && <Detail {...{ known, where, go, isShown }} />;
  const isOpen = where.list !== 'log' && where.name !== undefined;
  return (
    <div className="split functions" data-open={isOpen}>
      <section className="split-list" aria-label="Functions of the app">
        <ToggleButtonGroup
          className="toggles"
          aria-label="What to list"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[where.list]}
          onSelectionChange={([list]) => go({ list: list as List })}
        >
          {LISTS.map((list) => (
            <ToggleButton key={list} id={list} className="button">
              {TITLES[list]}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        <Problem text={problem} />
        {where.list === 'log' ? (
          <LogView isShown={isShown} id={where.name} go={go} titleOf={titlesOf(known)} />
        ) : (
          known && <Listed list={where.list} view={known} selected={where.name} go={go} />
        )}
      </section>
      {isOpen && detail}
    </div>
  );
}

/** Lambda functions by their logical ids, which say more than the names that CloudFormation makes of them. */
function titlesOf(known: FunctionsView | undefined): (source: string) => string {
  const titles = new Map(known?.lambdas.map(({ name, logicalId }) => [name, logicalId]));
  return (source) => titles.get(source) ?? source;
}

function useWhere(): [Where, (where: Where) => void] {
  const [thing, go] = useThing('functions');
  return [whereIn(thing), (where) => go(thingOf(where))];
}

interface ListedProps {
  list: Exclude<List, 'log'>;
  view: FunctionsView;
  selected: string | undefined;
  go(where: Where): void;
}

function Listed({ list, view, selected, go }: ListedProps) {
  const [text, setText] = useState('');
  const all = rowsOf(view, list);
  const rows = matching(all, text);
  return (
    <>
      <div className="tools">
        <label>
          Filter <input type="search" value={text} onChange={({ target }) => setText(target.value)} />
        </label>
        <span role="status">
          {rows.length === all.length
            ? counted(all.length, NOUNS[list])
            : `${rows.length} of ${counted(all.length, NOUNS[list])}`}
        </span>
      </div>
      <FunctionTable
        label={TITLES[list]}
        what={list === 'lambda' ? 'Runtime' : 'Data source'}
        rows={rows}
        selected={selected}
        select={(name) => go({ list, name })}
      />
    </>
  );
}

interface DetailProps {
  known: FunctionsView;
  where: Where;
  isShown: boolean;
  go(where: Where): void;
}

function Detail({ known, where: { list, name, id }, isShown, go }: DetailProps) {
  const lambda = known.lambdas.find((one) => list === 'lambda' && one.name === name);
  const resolver = known.resolvers.find((one) => list === 'resolver' && one.field === name);
  const appSyncFunction = known.appSyncFunctions.find((one) => list === 'function' && one.name === name);
  const title = lambda?.logicalId ?? name ?? '';
  return (
    <Panel title={title} onClose={() => go({ list })}>
      {lambda ? (
        <LambdaDetail key={lambda.name} {...{ lambda, isShown, id, go }} isRecording={known.isRecording} />
      ) : resolver ? (
        <ResolverDetail resolver={resolver} isShown={isShown} />
      ) : appSyncFunction ? (
        <AppSyncFunctionDetail of={appSyncFunction} isShown={isShown} />
      ) : (
        <p className="notice" role="status">
          The app no longer has a function or resolver of this name.
        </p>
      )}
    </Panel>
  );
}

const Panel = ({ title, onClose, children }: { title: string; onClose(): void; children: ReactNode }) => (
  <section className="split-detail" aria-label="The function">
    <header>
      <h2>{title}</h2>
      <Button className="button" onPress={onClose}>
        Close
      </Button>
    </header>
    {children}
  </section>
);

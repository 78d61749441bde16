import { useEditorContext, useExecutionContext } from '@graphiql/react';
import { GraphiQL } from 'graphiql';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { sampleTabs } from '../../api/samples.ts';
import { memoryStorage, storageFor } from '../../ground/storage.ts';
import { useStore } from '../../ground/store.ts';
import type { RoomProps } from '../../parts/room.ts';
import { AnswerBar } from './answer-bar.tsx';
import { createAnswers } from './answers.ts';
import { EventPanel } from './event-panel.tsx';
import { createFetcher } from './fetcher.ts';
import { seedTabs } from './seed-tabs.ts';
import { Tools } from './tools.tsx';

/** GraphiQL for this API, and the events of its subscriptions. */
export function QueryRoom({ console, theme, isShown }: RoomProps) {
  const schema = useStore(console.schema);
  return (
    <div className="query">
      {schema !== undefined && <Editors {...{ console, theme, isShown }} />}
      <EventPanel console={console} />
    </div>
  );
}

/** Rendered once the schema is known or refused, since GraphiQL reads its default tabs only when it starts. */
function Editors({ console, theme, isShown }: RoomProps) {
  const known = useStore(console.schema);
  const [first] = useState(known);
  useReloadWhenKnown(first == null && known != null);
  const defaultTabs = useMemo(() => (first ? sampleTabs(first.introspection) : undefined), [first]);
  const storage = useMemo(() => {
    // What GraphiQL stores before the caller is known must not prevent the samples later.
    const chosen = defaultTabs ? storageFor(console.settings.title) : memoryStorage();
    seedTabs(chosen, defaultTabs ?? []);
    return chosen;
  }, [console, defaultTabs]);
  const [answers] = useState(createAnswers);
  const tab = useRef('');
  const onTab = useCallback((id: string): void => {
    tab.current = id;
  }, []);
  const fetcher = useMemo(() => createFetcher(console, answers, () => tab.current), [console, answers]);
  return (
    <GraphiQL
      fetcher={fetcher}
      schema={known?.schema ?? null}
      storage={storage}
      defaultTabs={defaultTabs}
      shouldPersistHeaders={false}
      defaultEditorToolsVisibility="variables"
      forcedTheme={theme}
    >
      <GraphiQL.Logo>
        <Refresh isShown={isShown} />
        <RunByKeys isShown={isShown} />
      </GraphiQL.Logo>
      <GraphiQL.Toolbar>{(buttons) => <Tools buttons={buttons} console={console} />}</GraphiQL.Toolbar>
      <GraphiQL.Footer>
        <AnswerBar console={console} answers={answers} onTab={onTab} />
      </GraphiQL.Footer>
    </GraphiQL>
  );
}

/**
 * GraphiQL 4.1 keeps tabs in one place for the whole page, so a second instance would show the tabs of the first. The caller is
 * remembered.
 */
function useReloadWhenKnown(isKnown: boolean): void {
  useEffect(() => {
    if (isKnown) {
      location.reload();
    }
  }, [isKnown]);
}

/** CodeMirror measures itself wrongly while it is hidden. */
function Refresh({ isShown }: { isShown: boolean }) {
  const { queryEditor, variableEditor, headerEditor, responseEditor } = useEditorContext({ nonNull: true });
  useEffect(() => {
    if (isShown) {
      [queryEditor, variableEditor, headerEditor, responseEditor].forEach((editor) => editor?.refresh());
    }
  }, [isShown, queryEditor, variableEditor, headerEditor, responseEditor]);
  return null;
}

/** Ctrl Enter outside of the editors, which have it themselves: nothing has the focus when the page has just been opened. */
function RunByKeys({ isShown }: { isShown: boolean }) {
  const { run } = useExecutionContext({ nonNull: true });
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const isRun = event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.defaultPrevented;
      if (isRun && isShown && event.target === document.body) {
        event.preventDefault();
        run();
      }
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [isShown, run]);
  return null;
}

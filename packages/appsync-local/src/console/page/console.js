import { createAuthBar } from './auth-bar.js';
import { createEventLog } from './event-log.js';
import { createFetcher } from './fetcher.js';
import { introspect } from './introspection.js';
import { sampleTabs } from './samples.js';
import { createStatus } from './status.js';
import { memoryStorage, seedTabs, storageFor } from './storage.js';

const element = (id) => document.getElementById(id);

const status = createStatus(element('status'));
const settings = await fetch('/_local/console.json').then((response) => response.json());
const auth = createAuthBar(element('auth'), settings);
const events = createEventLog(element('events'));
const fetcher = createFetcher({ auth, status, events });

const root = ReactDOM.createRoot(element('graphiql'));
const storage = storageFor(settings.title);
const scratch = memoryStorage();
let mounts = 0;

/** Mounts a GraphiQL, which reads its default tabs and fetches the schema only when it starts. */
function mount(defaultTabs) {
  mounts += 1;
  if (defaultTabs) seedTabs(storage, defaultTabs[0]);
  const props = {
    fetcher,
    defaultTabs,
    // What GraphiQL stores before the caller is known must not prevent the samples later.
    storage: defaultTabs ? storage : scratch,
    shouldPersistHeaders: false,
    defaultEditorToolsVisibility: 'variables',
  };
  root.render(React.createElement(GraphiQL, props));
}

/**
 * Reads the schema as the chosen caller. If GraphiQL has started without a schema, the page reloads once there is one: GraphiQL
 * 4.1 keeps tabs in one place for the whole page, so a second instance would show the tabs of the first. The caller is
 * remembered.
 */
async function connect() {
  const schema = await introspect(fetcher);
  if (schema && mounts > 0) return location.reload();
  if (mounts > 0) return;
  mount(schema ? sampleTabs(schema) : undefined);
  auth.onChange(schema ? () => void introspect(fetcher) : () => void connect());
}

// A key that is pasted before the first answer counts too.
auth.onChange(() => void connect());
await connect();

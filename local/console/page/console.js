import { createAuthBar } from './auth-bar.js';
import { createEventLog } from './event-log.js';
import { createFetcher } from './fetcher.js';
import { introspect } from './introspection.js';
import { sampleTabs } from './samples.js';
import { createStatus } from './status.js';
import { seedTabs, storageFor } from './storage.js';

const element = (id) => document.getElementById(id);

const status = createStatus(element('status'));
const settings = await fetch('/_local/console.json').then((response) => response.json());
const auth = createAuthBar(element('auth'), settings);
const events = createEventLog(element('events'));
const fetcher = createFetcher({ auth, status, events });

const root = ReactDOM.createRoot(element('graphiql'));
const storage = storageFor(settings.title);
let mounts = 0;

/** A fresh GraphiQL: it looks at its default tabs and asks for the schema only when it starts. */
function mount(defaultTabs) {
  mounts += 1;
  if (defaultTabs) seedTabs(storage, defaultTabs[0]);
  const props = {
    key: mounts,
    fetcher,
    defaultTabs,
    storage,
    shouldPersistHeaders: false,
    defaultEditorToolsVisibility: 'variables',
  };
  root.render(React.createElement(GraphiQL, props));
}

/** Learns the schema as the chosen caller; GraphiQL starts anew only when it had none to show. */
async function connect() {
  const schema = await introspect(fetcher);
  if (schema || mounts === 0) {
    mount(schema ? sampleTabs(schema) : undefined);
    auth.onChange(schema ? () => void introspect(fetcher) : () => void connect());
  }
}

// A key that is pasted before the first answer counts too.
auth.onChange(() => void connect());
await connect();

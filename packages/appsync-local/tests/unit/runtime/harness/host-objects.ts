/** Objects that belong to this process: whoever holds one of them holds `Function`, and with it everything. */
const HOST: ReadonlySet<object> = new Set(intrinsics());

function intrinsics(): object[] {
  const globals = Reflect.ownKeys(globalThis).flatMap((key) => {
    const { value } = Object.getOwnPropertyDescriptor(globalThis, key) as { value?: unknown };
    return isObject(value) ? [value, (value as { prototype?: unknown }).prototype] : [];
  });
  const hidden = [
    async () => {},
    function* () {},
    async function* () {},
    [][Symbol.iterator](),
    ''[Symbol.iterator](),
  ];
  const chains = hidden.flatMap((value) => chainOf(value));
  return [globalThis, ...globals, ...chains].filter(isObject);
}

function chainOf(value: object): object[] {
  const parent = Object.getPrototypeOf(value) as object | null;
  return parent ? [parent, ...chainOf(parent)] : [];
}

/**
 * Looks at everything that can be reached from a value by members, accessors, symbols and prototypes.
 *
 * @param seen what has been looked at before, which is not looked at again
 * @returns the path to the first object of this process, or undefined: `.stash.found.2.[[Prototype]]`
 */
export function pathToHost(root: unknown, seen: WeakSet<object> = new WeakSet()): string | undefined {
  const waiting: { value: unknown; path: string }[] = [{ value: root, path: '' }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, path } = next;
    if (!isObject(value) || seen.has(value)) {
      continue;
    }
    if (HOST.has(value)) {
      return path;
    }
    seen.add(value);
    waiting.push({ value: Object.getPrototypeOf(value), path: `${path}.[[Prototype]]` });
    for (const key of Reflect.ownKeys(value)) {
      // V8 makes it when it is asked, of the realm that asks: of this one here, of its own in there.
      if (key === Symbol.iterator && isArguments(value)) {
        continue;
      }
      const { value: member, get, set } = Object.getOwnPropertyDescriptor(value, key)!;
      for (const reached of [member, get, set]) {
        waiting.push({ value: reached, path: `${path}.${String(key)}` });
      }
    }
  }
  return undefined;
}

const isArguments = (value: object): boolean =>
  Object.prototype.toString.call(value) === '[object Arguments]';

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

import { type Server, start } from 'appsync-local';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataOf, errorOf } from '../harness/answers.ts';
import { subscribe } from '../harness/subscribe.ts';

let server: Server;
beforeAll(async () => {
  server = await start({ app: import.meta.dirname });
});
afterAll(() => server?.close());

/** The data of an operation that must succeed. */
const ask = async <Data>(document: string, variables: object = {}): Promise<Data> =>
  dataOf(await server.graphql<Data>(document, { ...variables }));

const ADD = `mutation ($todo: NewTodo!) {
  addTodo(todo: $todo) { listId todoId title status dueOn labels }
}`;

interface Todo {
  listId: string;
  todoId: string;
  title: string;
  status: string;
}

async function createList(name: string): Promise<string> {
  const { createList: list } = await ask<{ createList: { listId: string } }>(
    'mutation ($name: String!) { createList(name: $name) { listId name } }',
    { name },
  );
  return list.listId;
}

async function addTodo(listId: string, title: string, more: object = {}): Promise<Todo> {
  const data = await ask<{ addTodo: Todo }>(ADD, { todo: { listId, title, ...more } });
  return data.addTodo;
}

const complete = ({ listId, todoId }: { listId: string; todoId: string }) =>
  server.graphql<{ completeTodo: Todo }>(
    `mutation ($listId: ID!, $todoId: ID!) {
      completeTodo(listId: $listId, todoId: $todoId) { listId todoId title status }
    }`,
    { listId, todoId },
  );

describe('a to-do app of L1 constructs: tables in two stacks, code inline and in S3', () => {
  it('creates a list, which can be read', async () => {
    const listId = await createList('Groceries');

    const data = await ask('query ($listId: ID!) { todoList(listId: $listId) { name listId } }', {
      listId,
    });

    expect(data).toEqual({ todoList: { name: 'Groceries', listId } });
    expect(listId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('adds a to-do in a pipeline over both tables', async () => {
    const listId = await createList('Garden');

    const todo = await addTodo(listId, 'Weed', { dueOn: '2030-05-01' });

    expect(todo).toEqual({
      listId,
      todoId: expect.any(String),
      title: 'Weed',
      status: 'OPEN',
      dueOn: '2030-05-01',
      labels: [],
    });
    const read = await ask(
      'query ($listId: ID!, $todoId: ID!) { todo(listId: $listId, todoId: $todoId) { title } }',
      { listId, todoId: todo.todoId },
    );
    expect(read).toEqual({ todo: { title: 'Weed' } });
  });

  it('refuses a to-do for a list that is not there, in the pipeline’s own words', async () => {
    const error = errorOf(await server.graphql(ADD, { todo: { listId: 'nowhere', title: 'Lost' } }));

    expect(error).toMatchObject({
      errorType: 'ListNotFound',
      message: 'No list nowhere',
      path: ['addTodo'],
    });
  });

  it('pages through the to-dos of a list by a field of the list', async () => {
    const listId = await createList('Three');
    for (const title of ['one', 'two', 'three']) {
      await addTodo(listId, title);
    }
    const page = `query ($listId: ID!, $nextToken: String) {
      todoList(listId: $listId) { todos(limit: 2, nextToken: $nextToken) { todos { title } nextToken } }
    }`;
    interface Page {
      todoList: { todos: { todos: object[]; nextToken: string | null } };
    }

    const first = await ask<Page>(page, { listId });
    const { nextToken } = first.todoList.todos;
    const second = await ask<Page>(page, { listId, nextToken });

    expect(first.todoList.todos.todos).toEqual([{ title: 'one' }, { title: 'two' }]);
    expect(second.todoList.todos).toEqual({ todos: [{ title: 'three' }], nextToken: null });
  });

  it('filters by an enum, completes a to-do and clears what is done', async () => {
    const listId = await createList('Mixed');
    await addTodo(listId, 'open');
    const done = await complete(await addTodo(listId, 'done'));
    const openAndDone = `query ($listId: ID!) {
      todoList(listId: $listId) {
        open: todos(status: OPEN) { todos { title } }
        done: todos(status: DONE) { todos { title } }
      }
    }`;

    const before = await ask(openAndDone, { listId });
    const cleared = await ask('mutation ($listId: ID!) { clearDone(listId: $listId) }', { listId });
    const again = await ask('mutation ($listId: ID!) { clearDone(listId: $listId) }', { listId });
    const after = await ask(openAndDone, { listId });

    expect(done).toMatchObject({ data: { completeTodo: { title: 'done', status: 'DONE' } } });
    const open = { todos: [{ title: 'open' }] };
    expect(before).toEqual({ todoList: { open, done: { todos: [{ title: 'done' }] } } });
    expect([cleared, again]).toEqual([{ clearDone: 1 }, { clearDone: 0 }]);
    expect(after).toEqual({ todoList: { open, done: { todos: [] } } });
  });

  it('says what condition of DynamoDB failed', async () => {
    const { data, errors } = await complete({ listId: 'none', todoId: 'none' });

    expect(data).toEqual({ completeTodo: null });
    expect(errors).toMatchObject([
      {
        errorType: 'TodoNotFound',
        message: 'No todo none',
        errorInfo: { cause: 'DynamoDB:ConditionalCheckFailedException' },
      },
    ]);
  });

  it('scans with a filter expression', async () => {
    const listId = await createList('Due');
    await addTodo(listId, 'soon', { dueOn: '2020-01-01', labels: ['a', 'b'] });
    await addTodo(listId, 'late', { dueOn: '2020-12-01' });

    const data = await ask('{ dueBefore(day: "2020-06-01") { title labels } }');

    expect(data).toEqual({ dueBefore: [{ title: 'soon', labels: ['a', 'b'] }] });
  });

  it('tells subscribers, by argument and by one of two mutations', async () => {
    const listId = await createList('Watched');
    const added = await subscribe(server, `subscription { todoAdded(listId: "${listId}") { title } }`);
    const changed = await subscribe(
      server,
      `subscription { todoChanged(listId: "${listId}") { title status } }`,
    );

    await addTodo(await createList('Elsewhere'), 'unheard');
    await complete(await addTodo(listId, 'heard'));

    expect(await added.next()).toEqual({ data: { todoAdded: { title: 'heard' } } });
    expect(await changed.next()).toEqual({ data: { todoChanged: { title: 'heard', status: 'OPEN' } } });
    expect(await changed.next()).toEqual({ data: { todoChanged: { title: 'heard', status: 'DONE' } } });
    added.close();
    changed.close();
  });
});

import { type Caller, type Server, start } from 'appsync-local';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataOf, errorOf } from '../harness/answers.ts';
import { apisOf } from '../harness/apis-of.ts';
import { subscribe, type Subscription } from '../harness/subscribe.ts';

const app = import.meta.dirname;
/** A key of another API: that of every local one. */
const SOME_KEY = { 'x-api-key': 'da2-localdevkey000000000000000' };

let apis: string[];
let server: Server;
beforeAll(async () => {
  apis = await apisOf(app);
  server = await start({ app, api: apis[1] });
});
afterAll(() => server?.close());

/** The data of an operation that must succeed. */
const ask = async (as: Caller, document: string, variables: object = {}) =>
  dataOf(await server.graphql(document, { ...variables }, { as }));

const SAY = `mutation ($room: String!, $text: String!, $urgency: Int, $topics: [String!]) {
  say(room: $room, text: $text, urgency: $urgency, topics: $topics) { room author text urgency topics sentAt }
}`;
const EVERYTHING = 'subscription { everything { room text } }';
const alice: Caller = { user: 'alice' };
const bob: Caller = { user: 'bob' };

const say = (who: Caller, room: string, text: string, more: object = {}) =>
  ask(who, SAY, { room, text, urgency: 1, ...more });

const hear = (who: Caller, args: string): Promise<Subscription> =>
  subscribe(server, `subscription { heard(${args}) { author text } }`, { as: who });

const heardText = async (subscription: Subscription): Promise<unknown> =>
  (await subscription.next()).data?.heard?.text;

describe('a chat in two stages that stores nothing and knows no API key', () => {
  it('is there once in each stage', () => {
    expect(apis.map((title) => title.split('/')[0])).toEqual(['Beta-Chat', 'Live-Chat']);
  });

  it('answers from code alone', async () => {
    const asBob = await ask(bob, '{ rooms whoAmI }');
    const asMachine = await ask('iam', '{ whoAmI }');

    expect(asBob).toEqual({ rooms: ['lobby', 'attic'], whoAmI: 'bob' });
    expect(asMachine).toEqual({ whoAmI: expect.stringMatching(/^arn:aws:iam::000000000000:/) });
  });

  it('fills in default arguments, and what the identity says', async () => {
    const { say: message } = await ask(
      alice,
      'mutation { say(room: "lobby", text: "hi") { room author text urgency topics sentAt } }',
    );

    expect(message).toEqual({
      room: 'lobby',
      author: 'alice',
      text: 'hi',
      urgency: 1,
      topics: null,
      sentAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
  });

  it('filters by equality, inequality and order at once', async () => {
    const urgent = await hear(bob, 'room: "attic", minUrgency: 5');

    await say(alice, 'lobby', 'other room', { urgency: 9 });
    await say(bob, 'attic', 'myself', { urgency: 9 });
    await say(alice, 'attic', 'too calm', { urgency: 4 });
    await say(alice, 'attic', 'just urgent', { urgency: 5 });

    expect(await heardText(urgent)).toBe('just urgent');
    urgent.close();
  });

  it('filters by an element of a list', async () => {
    const cats = await hear(bob, 'room: "topics", topic: "cats"');

    await say(alice, 'topics', 'nothing');
    await say(alice, 'topics', 'dogs only', { topics: ['dogs'] });
    await say(alice, 'topics', 'both', { topics: ['dogs', 'cats'] });

    expect(await heardText(cats)).toBe('both');
    cats.close();
  });

  it('ends the subscriptions of a room that is closed, and no others', async () => {
    const cellar = await hear(bob, 'room: "cellar"');
    const hall = await hear(bob, 'room: "hall"');

    await ask('iam', 'mutation { closeRoom(room: "cellar") { room } }');
    await say(alice, 'cellar', 'is anybody there?');
    await say(alice, 'hall', 'welcome');

    await cellar.completed();
    expect(await heardText(hall)).toBe('welcome');
    hall.close();
  });

  it('lets only signed requests hear everything, by the directive of the field', async () => {
    const everything = await subscribe(server, EVERYTHING, { as: 'iam' });
    const asBob = subscribe(server, EVERYTHING, { as: bob });

    await expect(asBob).rejects.toThrow(/Not Authorized to access everything on type Subscription/);
    await say(bob, 'anywhere', 'all ears');

    expect((await everything.next()).data?.everything).toEqual({ room: 'anywhere', text: 'all ears' });
    everything.close();
  });

  it('takes no API key', async () => {
    expect(server.apiKey).toBeUndefined();
    expect(errorOf(await server.graphql('{ rooms }', {}, { as: 'apiKey', headers: SOME_KEY }))).toMatchObject(
      {
        errorType: 'UnauthorizedException',
      },
    );
  });
});

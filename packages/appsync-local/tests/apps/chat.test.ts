import { beforeAll, describe, expect, it } from 'vitest';
import type { Subscription } from '../harness/client.ts';
import { apiKey, type Credentials, iam, user } from '../harness/target.ts';
import { startLocal } from '../server/harness/local-server.ts';
import { listedApis, serve, synthesize } from './harness/foreign-app.ts';

let assembly: string;
let apis: string[];
beforeAll(async () => {
  assembly = await synthesize(() => import('./chat/app.ts'));
  apis = await listedApis(assembly);
});
const chat = serve(() => ['--app', assembly, '--api', apis[1]!]);

const SAY = `mutation ($room: String!, $text: String!, $urgency: Int, $topics: [String!]) {
  say(room: $room, text: $text, urgency: $urgency, topics: $topics) { room author text urgency topics sentAt }
}`;
const alice = user('alice');
const bob = user('bob');

const say = (who: Credentials, room: string, text: string, more: object = {}) =>
  chat.succeed<{ say: object }, object>(SAY, { room, text, urgency: 1, ...more }, who);

const hear = (who: Credentials, args: string): Promise<Subscription> =>
  chat.subscribe(`subscription { heard(${args}) { author text } }`, {}, who);

const heardText = async (subscription: Subscription): Promise<unknown> =>
  (await subscription.next()).data?.heard?.text;

describe('a chat in two stages that stores nothing and knows no API key', () => {
  it('is there once in each stage', () => {
    expect(apis.map((title) => title.split('/')[0])).toEqual(['Beta-Chat', 'Live-Chat']);
  });

  it('answers from code alone', async () => {
    const asBob = await chat.succeed('{ rooms whoAmI }', {}, bob);
    const asMachine = await chat.succeed('{ whoAmI }', {}, iam);

    expect(asBob).toEqual({ rooms: ['lobby', 'attic'], whoAmI: 'bob' });
    expect(asMachine).toEqual({ whoAmI: expect.stringMatching(/^arn:aws:iam::000000000000:/) });
  });

  it('fills in default arguments, and what the identity says', async () => {
    const { say: message } = await chat.succeed<{ say: object }, object>(
      'mutation { say(room: "lobby", text: "hi") { room author text urgency topics sentAt } }',
      {},
      alice,
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

    await chat.succeed('mutation { closeRoom(room: "cellar") { room } }', {}, iam);
    await say(alice, 'cellar', 'is anybody there?');
    await say(alice, 'hall', 'welcome');

    expect(await cellar.socket.next()).toMatchObject({ type: 'complete' });
    expect(await heardText(hall)).toBe('welcome');
    hall.close();
  });

  it('lets only signed requests hear everything, by the directive of the field', async () => {
    const everything = await chat.subscribe('subscription { everything { room text } }', {}, iam);
    const asBob = chat.subscribe('subscription { everything { room text } }', {}, bob);

    await expect(asBob).rejects.toThrow(/Not Authorized to access everything on type Subscription/);
    await say(bob, 'anywhere', 'all ears');

    expect((await everything.next()).data?.everything).toEqual({ room: 'anywhere', text: 'all ears' });
    everything.close();
  });

  it('takes no API key', async () => {
    expect(await chat.fail('{ rooms }', {}, apiKey)).toMatchObject({ errorType: 'UnauthorizedException' });
  });

  it('says at its start what opens it instead of a key', async () => {
    const server = await startLocal(['--memory', '--app', assembly, '--api', apis[0]!]);

    const { port } = new URL(server.origin);
    expect(server.output).toMatch(/^chat-beta$/m);
    expect(server.output).toMatch(
      new RegExp(`^User token +npx appsync-local token --user alice --port ${port}$`, 'm'),
    );
    expect(server.output).toMatch(/^IAM keys +AKIALOCALDEVELOPMENT local-development-secret$/m);
    expect(server.output).not.toContain('API key');
  });
});

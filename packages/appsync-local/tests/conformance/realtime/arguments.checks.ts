import assert from 'node:assert/strict';
import type { Check, ConformanceApi } from '../check.ts';
import { ALL_FIELDS, idsUntil, open, publish, unique, using } from './wire.ts';

const DATA_GUIDE = 'AppSync developer guide, aws-appsync-real-time-data';

interface Case {
  /** Arguments of `onMessage` as a document has them. */
  args: string;
  message: Record<string, unknown>;
  /** What the mutation selects. @default everything */
  selection?: string;
  /** Declarations and values, where `args` names variables. */
  declared?: string;
  variables?: Record<string, unknown>;
}

/**
 * Whether a message reaches a subscription with these arguments. A second subscription, to everything, tells when the
 * message has been through.
 */
async function reaches(
  api: ConformanceApi,
  { args, message, selection, declared, variables }: Case,
): Promise<boolean> {
  const id = unique();
  return using(open(api), async (wire) => {
    await wire.subscribe('filtered', `subscription ${declared ?? ''} { onMessage${args} { id } }`, variables);
    await using(open(api), async (witness) => {
      await witness.subscribe('all', 'subscription { onMessage { id } }');
      await publish(api, { id, ...message }, selection ?? ALL_FIELDS);
      await idsUntil(witness, 'onMessage', id);
    });
    // What was published first arrives first, so an answer to a later message ends the wait.
    wire.send({ type: 'stop', id: 'end' });
    for (let frame = await wire.next(); frame.type !== 'complete'; frame = await wire.next()) {
      const { data } = frame.payload as { data: { onMessage: { id: string } } };
      if (data.onMessage.id === id) {
        return true;
      }
    }
    return false;
  });
}

type Row = [id: string, promise: string, evidence: Check['evidence'], match: Case, mismatch?: Case];

/** The first case reaches the subscriber and the second one does not. */
const matching: Check[] = (
  [
    [
      'RTM-160',
      'matches a String argument with the field of its name, case-sensitively',
      'documented',
      { args: '(room: "a")', message: { room: 'a' } },
      { args: '(room: "a")', message: { room: 'A' } },
    ],
    [
      'RTM-161',
      'matches an Int argument by value, 0 included',
      'documented',
      { args: '(likes: 0)', message: { likes: 0 } },
      { args: '(likes: 0)', message: { likes: 1 } },
    ],
    [
      'RTM-162',
      'matches a Float argument by value',
      'documented',
      { args: '(score: 2)', message: { score: 2.0 } },
      { args: '(score: 2)', message: { score: 2.5 } },
    ],
    [
      'RTM-163',
      'matches a Boolean argument, false included',
      'documented',
      { args: '(urgent: false)', message: { urgent: false } },
      { args: '(urgent: false)', message: { urgent: true } },
    ],
    [
      'RTM-164',
      'matches an enum argument by its name',
      'documented',
      { args: '(kind: NOTE)', message: { kind: 'NOTE' } },
      { args: '(kind: NOTE)', message: { kind: 'ALARM' } },
    ],
    [
      'RTM-165',
      'requires that all arguments match',
      'documented',
      { args: '(room: "a", likes: 1)', message: { room: 'a', likes: 1 } },
      { args: '(room: "a", likes: 1)', message: { room: 'a', likes: 2 } },
    ],
    [
      'RTM-166',
      'matches an argument given as null with a field that is null, and with nothing else',
      'documented',
      { args: '(room: null)', message: { room: null } },
      { args: '(room: null)', message: { room: 'a' } },
    ],
    [
      'RTM-167',
      'treats a variable that is null as an argument given as null',
      'documented',
      { args: '(room: $room)', declared: '($room: String)', variables: { room: null }, message: {} },
      {
        args: '(room: $room)',
        declared: '($room: String)',
        variables: { room: null },
        message: { room: 'a' },
      },
    ],
    [
      'RTM-168',
      'matches an argument from a variable like one in the document',
      'documented',
      {
        args: '(room: $room)',
        declared: '($room: String)',
        variables: { room: 'a' },
        message: { room: 'a' },
      },
      {
        args: '(room: $room)',
        declared: '($room: String)',
        variables: { room: 'a' },
        message: { room: 'b' },
      },
    ],
    [
      'RTM-169',
      'matches an argument with the fields that the mutation selected: others are null',
      'documented',
      { args: '(room: "a")', message: { room: 'a' }, selection: 'id room' },
      { args: '(room: "a")', message: { room: 'a' }, selection: 'id text' },
    ],
    [
      'RTM-170',
      'matches an argument given as null with a field that the mutation did not select',
      'documented',
      { args: '(room: null)', message: { room: 'a' }, selection: 'id' },
      { args: '(room: null)', message: { room: 'a' }, selection: 'id room' },
    ],
    [
      'RTM-171',
      'treats a field that the mutation selected under an alias as null',
      'inferred',
      { args: '(room: null)', message: { room: 'a' }, selection: 'id r: room' },
      { args: '(room: "a")', message: { room: 'a' }, selection: 'id r: room' },
    ],
    [
      'RTM-172',
      'sets no condition for an argument that is omitted',
      'documented',
      { args: '', message: { room: 'a' } },
    ],
    [
      'RTM-173',
      'sets no condition for an argument whose variable is omitted',
      'documented',
      { args: '(room: $room)', declared: '($room: String)', variables: {}, message: { room: 'a' } },
    ],
    [
      'RTM-174',
      'sets no condition for an input object',
      'inferred',
      { args: '(where: { room: "b" })', message: { room: 'a' } },
    ],
    [
      'RTM-175',
      'matches only null if the result has no field of the argument’s name',
      'inferred',
      { args: '(defaulted: null)', message: {} },
      { args: '(defaulted: "x")', message: {} },
    ],
  ] as Row[]
).map(([id, promise, evidence, match, mismatch]) => ({
  id,
  promise,
  source: evidence === 'documented' ? DATA_GUIDE : `${DATA_GUIDE}, aws-amplify/amplify-cli#4601`,
  evidence,
  async run(api) {
    assert.equal(await reaches(api, match), true, 'what matches does not arrive');
    if (mismatch) {
      assert.equal(await reaches(api, mismatch), false, 'what does not match arrives');
    }
  },
}));

export const argumentChecks: Check[] = matching;

import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import type { Change } from '../../../../functions/publish-item-change/change.ts';
import { type Report, reportOf } from '../../../../functions/publish-item-change/report.ts';
import { toItem } from '../../../../model/item.ts';

export type Image = Record<string, AttributeValue>;

export const CREATED_AT = '2026-03-01T00:00:00.000Z';
/** When the records were made, in epoch seconds and as text. */
export const SECONDS = Date.parse('2026-03-01T12:00:00Z') / 1000;
export const AT = '2026-03-01T12:00:00.000Z';

/** An item as an image of the stream has it. */
export const image = (more: Image = {}): Image => ({
  id: { S: 'a' },
  payload: { M: { n: { N: '1' } } },
  version: { N: '1' },
  createdAt: { S: CREATED_AT },
  updatedAt: { S: CREATED_AT },
  ...more,
});

/** The same as a change has it. */
export const item = (more: object = {}) => ({
  ...toItem({ id: 'a', payload: null, version: 1, createdAt: CREATED_AT, updatedAt: CREATED_AT }),
  payload: { M: { n: { N: '1' } } },
  ...more,
});

/** A record of the stream: what was there and what is there now. */
export const record = (
  OldImage: Image | null,
  NewImage: Image | null,
  { number = '100000000000000000001', ...more }: { number?: string } & Partial<DynamoDBRecord> = {},
): DynamoDBRecord => ({
  eventName: OldImage === null ? 'INSERT' : NewImage === null ? 'REMOVE' : 'MODIFY',
  dynamodb: {
    ApproximateCreationDateTime: SECONDS,
    SequenceNumber: number,
    ...(OldImage && { OldImage }),
    ...(NewImage && { NewImage }),
  },
  ...more,
});

export const order = (number: number | string, rank = ''): string => String(number).padStart(40, '0') + rank;

/** The report of a change of an item. */
export const report = (more: Partial<Change> = {}): Report =>
  reportOf(
    {
      ...{ type: 'CREATED', id: 'a', kind: null, version: 1, at: AT, owner: '', order: order(1) },
      ...{ item: item(), previous: null, gap: null },
      ...more,
    },
    SECONDS * 1000,
  );

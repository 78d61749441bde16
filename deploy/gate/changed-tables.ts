import type { Loss } from './loss.ts';
import { type Index, type Table, tablesOf } from './table.ts';
import type { Template } from './template.ts';

/**
 * What a table would lose that stays itself: an index, its stream, its point-in-time recovery; and changes of indexes that
 * DynamoDB does not make in one step.
 */
export function changedTables(before: Template, after: Template): Loss[] {
  const tables = tablesOf(after);
  return [...tablesOf(before)].flatMap(([id, old]) => {
    const now = tables.get(id);
    return now ? RULES.flatMap((rule) => rule(id, old, now)) : [];
  });
}

const RULES = [changedKey, lostIndexes, severalIndexes, lostStream, changedExpiry, lostRecovery, lostRegions];

/** A change of KeySchema replaces the table, which lost-resources.ts tells; of an attribute's type, the resource schema is silent. */
function changedKey(id: string, old: Table, now: Table): Loss[] {
  const attributes = (key: string): string => key.replaceAll(/:\w+/g, '');
  if (old.key === now.key || attributes(old.key) !== attributes(now.key)) {
    return [];
  }
  return [
    {
      name: `key:${id}`,
      what: `The key of the table ${id} changes from ${old.key} to ${now.key}: an existing table keeps the types of its key, so CloudFormation would replace it or fail.`,
      instead:
        'Undo it, or add another table with this key beside it, and copy the items (docs/transfer.md).',
    },
  ];
}

function lostIndexes(id: string, { indexes }: Table, now: Table): Loss[] {
  return [...indexes.values()].flatMap((old) => {
    const index = now.indexes.get(old.name);
    if (!index) {
      return [lostIndex(id, old)];
    }
    return index.key === old.key && index.projection === old.projection ? [] : [changedIndex(id, old, index)];
  });
}

const lostIndex = (id: string, { name }: Index): Loss => ({
  name: `index:${id}.${name}`,
  what: `The table ${id} would lose its index ${name}: queries that read it fail from the moment it is deleted, and building it again reads the whole table.`,
  instead: 'Deploy first the code that no longer reads it, then allow this.',
});

/** UpdateTable changes neither of them (API reference, UpdateGlobalSecondaryIndexAction). */
const changedIndex = (id: string, { name, key }: Index, now: Index): Loss => ({
  name: `index:${id}.${name}`,
  what:
    now.key === key
      ? `The index ${name} of the table ${id} would have another projection, which no index can change.`
      : `The index ${name} of the table ${id} would have the key ${now.key} and not ${key}, which no index can change.`,
  instead: `Add an index with another name, deploy, let the code read that one, deploy, and then remove ${name}.`,
});

/** "You can only create or delete one GSI in a single stack operation" (Template Reference, AWS::DynamoDB::GlobalTable). */
function severalIndexes(id: string, { indexes }: Table, now: Table): Loss[] {
  const removed = [...indexes.keys()].filter((name) => !now.indexes.has(name));
  const added = [...now.indexes.keys()].filter((name) => !indexes.has(name));
  const changes = [...removed.map((name) => `-${name}`), ...added.map((name) => `+${name}`)];
  if (changes.length < 2) {
    return [];
  }
  return [
    {
      name: `indexes:${id}`,
      what: `${changes.length} indexes of the table ${id} change at once (${changes.join(', ')}): DynamoDB creates or deletes one at a time, so the deployment would fail and be rolled back.`,
      instead: `Deploy them one by one, ${changes.length} times.`,
    },
  ];
}

function lostStream(id: string, { stream }: Table, now: Table): Loss[] {
  if (stream === undefined || stream === now.stream) {
    return [];
  }
  return [
    {
      name: `stream:${id}`,
      what: now.stream
        ? `The stream of the table ${id} would show ${now.stream} and not ${stream}: that is another stream, and changes not yet read from the old one would be lost.`
        : `The table ${id} would lose its stream: changes not yet read would be lost, and subscribers would receive no more changes.`,
      instead: `Keep ${stream}. To stop following changes, remove the event source mapping, deploy, and then allow this.`,
    },
  ];
}

/**
 * DynamoDB enables expiry by another attribute only after it was disabled, and takes one such change an hour; a template without it
 * makes CloudFormation fail (aws/aws-cdk#13106, #25655).
 */
function changedExpiry(id: string, { expiry }: Table, now: Table): Loss[] {
  if (now.expiry === expiry) {
    return [];
  }
  if (now.expiry === undefined) {
    return [
      {
        name: `expiry:${id}`,
        what: `Items of the table ${id} would no longer expire: they would stay, be returned by reads, and be billed.`,
        instead: `Keep TimeToLiveSpecification with ${expiry}, and set Enabled: false there; without it the deployment may fail.`,
      },
    ];
  }
  const count = `Look first how many there are (aws dynamodb scan --select COUNT --filter-expression '${now.expiry} < :now'), then allow this.`;
  return [
    {
      name: `expiry:${id}`,
      what: `Items of the table ${id} would expire by ${now.expiry}${expiry ? ` and not by ${expiry}` : ''}: DynamoDB deletes every stored item in which that is a time of the past, within days and without asking.`,
      instead: expiry
        ? `${count} This takes two deployments, an hour apart: one with Enabled: false, one with the new attribute.`
        : count,
    },
  ];
}

/** Turned off and on again, recovery begins anew (Developer Guide, "Point-in-time recovery"). */
function lostRecovery(id: string, { recoveryDays }: Table, now: Table): Loss[] {
  if (now.recoveryDays >= recoveryDays) {
    return [];
  }
  return [
    {
      name: `recovery:${id}`,
      what:
        now.recoveryDays === 0
          ? `The table ${id} would lose point-in-time recovery, and with it its history of ${recoveryDays} days: turning it on again starts a new history.`
          : `The table ${id} could be restored to the last ${now.recoveryDays} days instead of ${recoveryDays}: older history is lost at once.`,
      instead: 'Keep it, or make a backup that stays: aws dynamodb create-backup.',
    },
  ];
}

function lostRegions(id: string, { regions }: Table, now: Table): Loss[] {
  const lost = regions.filter((region) => !now.regions.includes(region));
  return lost.map((region) => ({
    name: `replica:${id}.${region}`,
    what: `The copy of the table ${id} in ${region} would be deleted: it could not be read there, and its backups in that region would end.`,
    instead: `Move what reads it in ${region} first, then allow this.`,
  }));
}

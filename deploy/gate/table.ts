import { resourcesOf, type Resource, type Template } from './template.ts';

interface KeyPart {
  AttributeName: string;
  KeyType: string;
}

/** An index, with the attribute types of its keys. */
export interface Index {
  name: string;
  /** `owner:S HASH, updatedAt:S RANGE`. */
  key: string;
  projection: string;
}

/** What the gate compares of a table. */
export interface Table {
  /** `id:S HASH`. */
  key: string;
  indexes: ReadonlyMap<string, Index>;
  /** The view type of its stream. */
  stream?: string;
  /** The attribute by which items expire. */
  expiry?: string;
  /** How many days point-in-time recovery goes back; 0 where it is off. */
  recoveryDays: number;
  /** Regions besides the stack's, of which each has a copy. */
  regions: readonly string[];
}

/** CloudFormation's properties of both types of tables, as far as they are read here. */
interface Properties {
  KeySchema?: KeyPart[];
  AttributeDefinitions?: { AttributeName: string; AttributeType: string }[];
  GlobalSecondaryIndexes?: { IndexName: string; KeySchema: KeyPart[]; Projection?: unknown }[];
  StreamSpecification?: { StreamViewType: string };
  TimeToLiveSpecification?: { AttributeName?: string; Enabled?: unknown };
  PointInTimeRecoverySpecification?: Recovery;
  /** Of a global table, one per region; the stack's own may be a reference. */
  Replicas?: { Region?: unknown; PointInTimeRecoverySpecification?: Recovery }[];
}

interface Recovery {
  PointInTimeRecoveryEnabled?: unknown;
  RecoveryPeriodInDays?: unknown;
}

/** Where no period is set (API reference, PointInTimeRecoverySpecification). */
const LONGEST_RECOVERY = 35;

/** The tables of a template by logical id. */
export const tablesOf = (template: Template): Map<string, Table> =>
  new Map(
    resourcesOf(template, 'AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table').map(([id, resource]) => [
      id,
      tableOf(resource),
    ]),
  );

function tableOf({ Properties = {} }: Resource): Table {
  const properties = Properties as Properties;
  const { TimeToLiveSpecification: expiry, Replicas = [properties] } = properties;
  const types = new Map(
    properties.AttributeDefinitions?.map(({ AttributeName, AttributeType }) => [
      AttributeName,
      AttributeType,
    ]),
  );
  const keyOf = (parts: KeyPart[] = []): string =>
    parts
      .map(({ AttributeName, KeyType }) => `${AttributeName}:${types.get(AttributeName)} ${KeyType}`)
      .join();
  return {
    key: keyOf(properties.KeySchema),
    indexes: new Map(
      properties.GlobalSecondaryIndexes?.map(({ IndexName: name, KeySchema, Projection }) => [
        name,
        { name, key: keyOf(KeySchema), projection: JSON.stringify(Projection) },
      ]),
    ),
    ...(properties.StreamSpecification && { stream: properties.StreamSpecification.StreamViewType }),
    ...(isOn(expiry?.Enabled) && expiry?.AttributeName && { expiry: expiry.AttributeName }),
    recoveryDays: Math.min(
      ...Replicas.map(({ PointInTimeRecoverySpecification }) => daysOf(PointInTimeRecoverySpecification)),
    ),
    regions: (properties.Replicas ?? []).flatMap(({ Region }) => (typeof Region === 'string' ? Region : [])),
  };
}

function daysOf({ PointInTimeRecoveryEnabled, RecoveryPeriodInDays = LONGEST_RECOVERY }: Recovery = {}) {
  return isOn(PointInTimeRecoveryEnabled) ? Number(RecoveryPeriodInDays) : 0;
}

/** CloudFormation takes a boolean as text too. */
export const isOn = (value: unknown): boolean => value === true || value === 'true';

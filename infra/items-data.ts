import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { Limits } from './stage.ts';

export interface ItemsDataProps {
  /** Data stays after the stack is deleted, and cannot be deleted by accident. */
  production: boolean;
  limits: Limits;
}

/** The tables: items by id, the rows with unique values, and the log of changes (docs/data-model.md). */
export class ItemsData extends Construct {
  readonly items: TableV2;
  readonly constraints: TableV2;
  readonly changes: TableV2; // part: change-feed

  /** By the names that the environments of functions have them under: `ITEMS_TABLE`. */
  get tables() {
    return {
      items: this.items,
      constraints: this.constraints,
      changes: this.changes, // part: change-feed
    };
  }

  constructor(scope: Construct, id: string, { production, limits }: ItemsDataProps) {
    super(scope, id);
    const most = atMost(limits.tableUnits);
    const common = {
      billing: Billing.onDemand(most),
      timeToLiveAttribute: 'expiresAt',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: production,
      removalPolicy: production ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    };
    this.items = new TableV2(this, 'Items', {
      ...common,
      partitionKey: { name: 'id', type: AttributeType.STRING },
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES, // part: change-feed
      globalSecondaryIndexes: [
        {
          indexName: 'byOwner',
          partitionKey: { name: 'owner', type: AttributeType.STRING },
          sortKey: { name: 'updatedAt', type: AttributeType.STRING },
          ...most,
        },
        // part: validated-items
        {
          indexName: 'byKind',
          partitionKey: { name: 'kind', type: AttributeType.STRING },
          sortKey: { name: 'updatedAt', type: AttributeType.STRING },
          ...most,
        },
        // end: validated-items
      ],
    });
    this.constraints = new TableV2(this, 'Constraints', {
      ...common,
      partitionKey: { name: 'pk', type: AttributeType.STRING },
    });
    // part: change-feed
    this.changes = new TableV2(this, 'Changes', {
      ...common,
      partitionKey: { name: 'log', type: AttributeType.STRING },
      sortKey: { name: 'position', type: AttributeType.STRING },
    });
    // end: change-feed
  }
}

/** DynamoDB throttles what is beyond it (Developer Guide, "Maximum throughput for on-demand tables"). */
const atMost = (units: number | undefined) =>
  units === undefined ? {} : { maxReadRequestUnits: units, maxWriteRequestUnits: units };

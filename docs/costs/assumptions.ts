import { ALARM_RULES, type AlarmRule, type SubjectKind } from '../../infra/monitoring/alarm-rules.ts';
import { KEPT_DAYS, LOG_NUMBERS } from '../../model/change-log.ts';
import { DEFAULT_LIMIT } from '../../model/input.ts';

/*
 * What the tables assume. Numbers of AWS are in docs/prices.json, numbers of this backend in its code and docs/data-model.md;
 * these are neither: measure yours and write them here.
 */

export const KB = 1024;
export const GB = 1024 ** 3;
export const SECONDS_A_MONTH = 730 * 3600;
export const MINUTES_A_MONTH = 730 * 60;

/** Bytes of an item with its attribute names. */
export const ITEM_BYTES = 1 * KB;
export const ITEM_SIZES = [1 * KB, 4 * KB, 64 * KB];

/** Bytes of an answer around its items. */
export const ANSWER_BYTES = 300;

/** Log text that AppSync writes for a request whose fields do not fail: its summaries and the tracing of a field. */
export const APPSYNC_LOG_BYTES = 1500;

/** Log text of an invocation of a Lambda function: its own line and the platform's start, end and report. */
export const LAMBDA_LOG_BYTES = 1200;

/** How much smaller logs are stored than they were taken in: AWS's own example (Amazon CloudWatch pricing, example of logs). */
export const LOGS_COMPRESSED = 0.2;
/** Months that logs are kept (30 days). */
export const LOG_MONTHS = (30 * 24 * 3600) / SECONDS_A_MONTH;

/** Share of requests that X-Ray's default rule records beyond the first of each second. */
export const TRACED_BEYOND_FIRST = 0.05;

/** The Lambda functions' memory, in GB (infra/items-stack.ts). */
export const LAMBDA_GB = 0.5;

/** A warm putValidatedItem: a read, a check and a transaction, in seconds. */
export const PUT_VALIDATED_SECONDS = 0.02;

/** Items of a page. */
export const PAGE_ITEMS = DEFAULT_LIMIT;
/** One item in so many meets the filter of a filtered page. */
export const FILTER_SELECTIVITY = 100;

/** Items of one putItems. */
export const BATCH_ITEMS = 20;

/** What the alarms of a stage watch, as it comes: tests/infra/monitoring.test.ts counts the alarms. */
const WATCHED: Record<SubjectKind, number> = { api: 1, table: 5, function: 2, publisher: 1, deadLetters: 1 };
/** Alarms of a stage, and rules of its web ACL. */
export const ALARMS = Object.values<AlarmRule>(ALARM_RULES)
  .map(({ of }) => WATCHED[of])
  .reduce((sum, count) => sum + count, 0);
export const WAF_RULES = 1;
/** Months that the monthly backups of the table are kept. */
export const BACKUP_MONTHS = 12;
/** AppSync, "Enhanced metrics": requests, latency and errors of each resolver; those of a cache have no data without one. */
export const METRICS_OF_RESOLVER = 3;

// The worked example --------------------------------------------------------------------------------------------------

/** An app in which people keep their own items, on their phones. */
export const APP = {
  users: 10_000,
  /** Of them, on an average day. */
  usersOfDay: 2_000,
  days: 30,
  /** A day, of one of those. */
  minutesConnected: 20,
  pages: 10,
  reads: 15,
  writes: 4,
  validatedWrites: 1,
  /** Devices of the owner that are connected when an item changes. */
  listeners: 1.2,
  items: 500_000,
};

// The change feed ---------------------------------------------------------------------------------------------------

/** Images in the log and message of a change: an update has the item and the one before, a creation or deletion one. */
export const IMAGES = 2;
/** Bytes of a message around the images. */
export const CHANGE_BYTES = 400;
/** Bytes of a change in the log around the images. */
export const LOGGED_BYTES = 300;
/** Bytes of a row of the log around its changes. */
export const ROW_BYTES = 100;
/** Stream records of an average batch; under load it is the mapping's batch size, 100. */
export const BATCH_RECORDS = 10;
/** Logs over which changes of unowned items are spread; those of owned items have as many more. */
export const LOGS = LOG_NUMBERS.length;
/** Owners in a batch of owned items: the worst case, each item another owner's. */
export const OWNERS_IN_BATCH = BATCH_RECORDS;
/** Seconds a batch takes to be appended. */
export const APPEND_SECONDS = 0.03;
/** Seconds of one publish. */
export const PUBLISH_SECONDS = 0.02;
/** Days a row of the log is kept, and the hour that it outlives them. */
export const LOG_DAYS = KEPT_DAYS + 1 / 24;

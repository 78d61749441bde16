/** Of the embedded engine and of DynamoDB Local, with SQLite's companions (`-wal`, `-shm`). */
const TABLE_FILES = /^(dynamodb|shared-local-instance)\.db(-.*)?$/;

/** Whether a file of the tables' folder belongs to the tables; the folder may contain other files. */
export const isTableFile = (name: string): boolean => TABLE_FILES.test(name);

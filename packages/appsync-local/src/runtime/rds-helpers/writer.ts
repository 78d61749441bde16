import { HelperFailure } from '../interruption.ts';
import type { Dialect } from './identifiers.ts';
import { quoted } from './identifiers.ts';
import { isStatement } from './statements.ts';
import type { Statement } from './statements.ts';
import { isTypeHint } from './type-hints.ts';

/** The request that a resolver with an RDS data source returns. */
export interface RdsRequest {
  statements: string[];
  variableMap: Record<string, unknown>;
  variableTypeHintMap: Record<string, string>;
}

/** Writes a statement inside another one, with the writer of that one. */
type WriteStatement = (statement: Statement, writer: Writer) => string;

/** The state that all statements of one request share: the dialect, and the numbers of their variables. */
export class Writer {
  readonly variableMap: Record<string, unknown> = {};
  readonly variableTypeHintMap: Record<string, string> = {};
  readonly #write: WriteStatement;
  readonly dialect: Dialect;
  #count = 0;

  constructor(dialect: Dialect, write: WriteStatement) {
    this.dialect = dialect;
    this.#write = write;
  }

  /** A table or column by name. */
  identifier(name: string): string {
    return quoted(name, this.dialect);
  }

  /**
   * Returns the placeholder of a value; null and undefined become NULL in the text.
   *
   * @throws HelperFailure for a statement: what AppSync does with one in place of a value is unknown
   */
  bind(value: unknown): string {
    if (value === null || value === undefined) {
      return 'NULL';
    }
    if (isStatement(value)) {
      throw new HelperFailure(
        `a ${value.type} statement stands where a value goes; write the whole statement with sql`,
      );
    }
    const placeholder = `:P${this.#count}`;
    this.#count += 1;
    if (isTypeHint(value)) {
      this.variableTypeHintMap[placeholder] = value.type;
    }
    this.variableMap[placeholder] = isTypeHint(value) ? value.value : value;
    return placeholder;
  }

  statement(statement: Statement): string {
    return this.#write(statement, this);
  }

  /** @throws HelperFailure in MySQL, which lacks `feature` */
  onlyInPostgres(feature: string): void {
    if (this.dialect.name === 'MySQL') {
      throw new HelperFailure(`${feature} is not supported in MySQL.`);
    }
  }
}

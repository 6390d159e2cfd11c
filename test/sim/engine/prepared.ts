import { Database, type Statement } from 'node-sqlite3-wasm';

type Values = Parameters<Statement['run']>[0];

/** Compiles each statement once: the stores of a simulation run the same few statements millions of times. */
export function prepareOnce(): void {
  const prepared = new WeakMap<Database, Map<string, Statement>>();
  const statementOf = (database: Database, sql: string): Statement => {
    const known = prepared.get(database) ?? new Map<string, Statement>();
    prepared.set(database, known);
    const statement = known.get(sql) ?? database.prepare(sql);
    known.set(sql, statement);
    return statement;
  };
  Object.assign(Database.prototype, {
    run(this: Database, sql: string, values?: Values) {
      return statementOf(this, sql).run(values);
    },
    get(this: Database, sql: string, values?: Values) {
      return statementOf(this, sql).get(values);
    },
    all(this: Database, sql: string, values?: Values) {
      return statementOf(this, sql).all(values);
    },
  });
}

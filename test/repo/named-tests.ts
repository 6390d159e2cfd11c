import { type Node, parsed, textOf, visit } from '@/scripts/syntax';

const RUNS_TESTS = new Set(['test', 'it', 'describe']);

/** The names of a call from the left, such as `test`, `skip` and `each` of `test.skip.each`. */
function pathOf(node: unknown): string[] {
  const { type, object, property, value } = (node ?? {}) as Node;
  if (type === 'Identifier') return [`${value}`];
  return type === 'MemberExpression' ? [...pathOf(object), ...pathOf(property)] : [];
}

const argumentsOf = ({ arguments: all }: Node): unknown[] =>
  (all as readonly { readonly expression: unknown }[]).map(({ expression }) => expression);

/** An expression without the assertions of its type. */
function untyped(node: unknown): Node {
  const { type, expression } = (node ?? {}) as Node;
  return /^Ts.*(As|Const|Satisfies)/.test(`${type}`) ? untyped(expression) : ((node ?? {}) as Node);
}

/** The texts that a table of tests has in its first column. The table is an array, the name of one in the same file, or what maps one. */
function rowsOf(table: unknown, constants: ReadonlyMap<string, unknown>): string[] {
  const { type, value, elements, callee } = untyped(table);
  if (type === 'Identifier') return constants.has(`${value}`) ? rowsOf(constants.get(`${value}`), constants) : [];
  if (type === 'CallExpression') {
    const { object, property } = callee as Node;
    return pathOf(property).join() === 'map' ? rowsOf(object, constants) : [];
  }
  if (type !== 'ArrayExpression') return [];
  return (elements as readonly { readonly expression: unknown }[]).flatMap(({ expression }) => {
    const row = untyped(expression);
    const [first] = row.type === 'ArrayExpression' ? (row.elements as readonly { expression: unknown }[]) : [];
    return textOf(first?.expression ?? row) ?? [];
  });
}

/** The names of a file's tests, of its groups of tests and of the rows of its tables of tests; none if it skips any test. */
export function namesIn(code: string): ReadonlySet<string> {
  const [calls, constants] = [[] as Node[], new Map<string, unknown>()];
  visit(parsed(code), (node) => {
    if (node.type === 'CallExpression') calls.push(node);
    if (node.type === 'VariableDeclarator') constants.set(pathOf(node.id).join('.'), node.init);
  });
  const names = new Set<string>();
  for (const call of calls) {
    const { type, callee } = call.callee as Node;
    const isTable = type === 'CallExpression';
    const [runs = '', ...ways] = pathOf(isTable ? callee : call.callee);
    if (!RUNS_TESTS.has(runs)) continue;
    if (ways.some((way) => way === 'skip' || way === 'todo')) return new Set();
    if (!isTable && ways.at(-1) === 'each') continue;
    const [name, table] = [textOf(argumentsOf(call)[0]), isTable ? argumentsOf(call.callee as Node)[0] : undefined];
    for (const text of [name ?? [], rowsOf(table, constants)].flat()) names.add(text);
  }
  return names;
}

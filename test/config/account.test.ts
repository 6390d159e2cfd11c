import { readConfig } from '@/lib/config/load';
import { edited, linesOf } from './support';

const NAME = 'name: exemple\n';
const withLine = (line: string) => edited(NAME, `${NAME}${line}\n`);
const deploymentOf = (line: string) => readConfig(withLine(line), 'residency.yaml').deployment;

test('an account is accepted by its digits', () => {
  expect(deploymentOf("account: '012345678901'")?.account).toBe('012345678901');
});

test('tags are accepted', () => {
  const tags = { 'cost-centre': '4711', Équipe: 'IT / Chat' };
  expect(deploymentOf(`tags: ${JSON.stringify(tags)}`)?.tags).toEqual(tags);
});

const KEY =
  "allowed: a key of letters, digits, spaces and _ . : / = + @ -, at most 128 characters, that doesn't begin with 'aws:' or 'residency:'";
const VALUE = 'allowed: text of letters, digits, spaces and _ . : / = + @ -, at most 256 characters';

// biome-ignore format: one row a line
test.each<[string, string, string]>([
  ['an account without quotes', 'account: 111122223333', `3:10: account: found the number 111122223333; allowed: the twelve digits of an account, in quotes; it is text, write it in quotes: "111122223333"`],
  ['an account by its alias', 'account: campus', "3:10: account: found 'campus'; allowed: the twelve digits of an account, in quotes"],
  ['a tag without quotes', 'tags: { cost-centre: 4711 }', `3:22: tags.cost-centre: found the number 4711; ${VALUE}; it is text, write it in quotes: "4711"`],
  ['a tag that AWS would refuse', 'tags: { team: "a,b" }', `3:15: tags.team: found 'a,b'; ${VALUE}`],
  ['a list of tags', 'tags: [a, b]', "3:7: tags: found a list; allowed: a mapping of tags, such as { cost-centre: \"4711\" }"],
])('%s is refused', (_, line, message) => {
  expect(linesOf(withLine(line))).toEqual([`residency.yaml:${message}`]);
});

test.each(['aws:team', 'AWS:team', 'residency:tenant', 'a,b', "''", 'k'.repeat(129)])('a tag %s is refused', (key) => {
  expect(linesOf(withLine(`tags: { ${key === "''" ? key : JSON.stringify(key)}: x }`)).join()).toContain(KEY);
});

test('more tags than AWS allows are refused', () => {
  const tags = (count: number) =>
    JSON.stringify(Object.fromEntries([...Array(count).keys()].map((n) => [`k${n}`, ''])));
  expect(linesOf(withLine(`tags: ${tags(40)}`))).toEqual([]);
  expect(linesOf(withLine(`tags: ${tags(41)}`)).join()).toMatch(/^residency\.yaml:3:7: tags: .*at most 40 tags$/);
});

test('an ARN in the own account routes like its id', () => {
  const id = 'eu.anthropic.claude-sonnet-4-6';
  const arn = `arn:aws:bedrock:eu-central-1:111122223333:inference-profile/${id}`;
  const named = edited(`bedrock: ${id}`, `bedrock: ${arn}`, withLine("account: '111122223333'"));
  expect(linesOf(named)).toEqual([]);
  expect(linesOf(named.replace("account: '111122223333'", "account: '444455556666'")).join()).toContain(
    'belongs to account 111122223333, but is called by 444455556666',
  );
});

